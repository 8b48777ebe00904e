"""Arguments, progress, printing, exit codes, the clock. The only room that prints."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from faq_builder import __version__
from faq_builder.base.diagnostics import Severity, UsageError, printed_lines
from faq_builder.cli import staff_arguments
from faq_builder.cli.annotations import annotate
from faq_builder.cli.build import build as run_build
from faq_builder.cli.check import check as run_check
from faq_builder.cli.explain import explain as run_explain
from faq_builder.cli.gate import gate
from faq_builder.cli.importing import import_ as run_import
from faq_builder.cli.init import init as run_init
from faq_builder.cli.lock import lock as run_lock
from faq_builder.cli.serve import serve as run_serve
from faq_builder.cli.threads import threads as run_threads
from faq_builder.cli.topics import topics as run_topics

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

OK, MISUSED = 0, 2  # exit codes; commands return 1 if there were findings of the level of `--fail-on`


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, 1 if there were findings of the level of `--fail-on`, 2 for wrong use."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return MISUSED
    try:
        code: int = options.run(options)
    except UsageError as error:
        print("\n".join(printed_lines(error.diagnostics)), file=sys.stderr)
        if options.run in (run_build, run_check):
            annotate(options, error.diagnostics)
        return MISUSED
    except BrokenPipeError:  # `faq topics | head`
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130  # as shells report SIGINT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="faq", description="Turn answered public conversations into a searchable FAQ that leads back to them."
    )
    parser.add_argument("--version", action="version", version=f"faq_builder {__version__}")
    parser.set_defaults(run=None)
    subs = parser.add_subparsers(metavar="COMMAND")
    init = _command(subs, "init", run_init, "start a site: configuration, a sample thread, CI files")
    init.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="DIR", help="default: this folder")
    _add_site_commands(subs)
    staff_arguments.add_commands(subs, _command, _add_config_file)
    _add_export_commands(subs)
    explain = _command(subs, "explain", run_explain, "explain a code such as FAQ304")
    explain.add_argument("code", help="for example FAQ304")
    return parser


def _add_site_commands(subs: Subparsers) -> None:
    """Add the commands that run the whole pipeline."""
    build = _command(subs, "build", run_build, "build the site, in place")
    build.add_argument("--locked", action="store_true", help="fail if a topic is not in the ledger")
    build.add_argument(
        "--site-dir", type=Path, metavar="DIR", help="folder for the site (default: site_dir of mkdocs.yml)"
    )
    build.add_argument(
        "--jobs", type=_jobs, metavar="N", help="number of parallel processes (default: chosen automatically)"
    )
    check = _command(subs, "check", run_check, "find mistakes without writing anything")
    check.add_argument("--locked", action="store_true", help="fail if a topic is not in the ledger")
    lock = _command(subs, "lock", run_lock, "give new topics their permanent URL, in content/ledger.jsonl")
    lock.add_argument(
        "--quiet",
        action="store_true",
        help="date new topics by their answers, so that a first import does not flood the feeds",
    )
    lock.add_argument(
        "--refit", action="store_true", help="train the search by meaning from scratch, in content/search.fit"
    )
    lock.add_argument(
        "--replace",
        action="store_true",
        help="place threads from scratch that only the ledger keeps in a topic (FAQ645)",
    )
    topics = _command(subs, "topics", run_topics, "list the topics of the site")
    topics.add_argument("--json", action="store_true", help="one JSON object a line")
    for sub in (build, check):
        sub.add_argument("--annotate", choices=("github",), help="also print findings as GitHub annotations")
        sub.add_argument(
            "--code-quality", type=Path, metavar="FILE.json", help="also write findings as a GitLab Code Quality report"
        )
    for sub in (build, check, lock, topics, _add_gate(subs)):
        _add_config_file(sub)
        sub.add_argument(
            "--fail-on",
            type=Severity,
            default=Severity.ERROR,
            metavar="LEVEL",
            help="exit with 1 on findings of this level: error (default) or warning",
        )
        sub.add_argument(
            "--accept-loss",
            action="append",
            default=[],
            metavar="SOURCE",
            help="accept that this source lost published threads; `faq lock` records it",
        )
    serve = _command(subs, "serve", run_serve, "build and serve the site, and rebuild it when a file changes")
    serve.add_argument("--dev-addr", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    _add_config_file(serve)


def _add_gate(subs: Subparsers) -> argparse.ArgumentParser:
    sub = _command(subs, "gate", gate, "compare the built site with the published one, so that no answer is lost")
    sub.add_argument("--published", type=Path, metavar="PATH", help="the published faq-manifest.json, or its folder")
    sub.add_argument("--first", action="store_true", help="no site has been published yet")
    sub.add_argument("--report", type=Path, metavar="FILE.md", help="write a report of the changes as Markdown")
    sub.add_argument(
        "--site-dir", type=Path, metavar="DIR", help="folder of the built site (default: site_dir of mkdocs.yml)"
    )
    return sub


def _add_export_commands(subs: Subparsers) -> None:
    """Add the commands that read one export."""
    what = "import the public threads of an export, redacted, into content/threads"
    imported = _command(subs, "import", run_import, what)
    imported.add_argument("--source", required=True, metavar="KEY", help="key of a source in mkdocs.yml")
    imported.add_argument(
        "--as",
        dest="shape",
        choices=("markdown", "extract"),
        help="one Markdown file per thread, or one JSONL file (default: JSONL from 200 threads)",
    )
    imported.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")
    threads = _command(subs, "threads", run_threads, "list the public threads of an export, as they would be published")
    threads.add_argument("--source", metavar="KEY", help="read it as this source of mkdocs.yml")
    threads.add_argument("--base-url", metavar="URL", help="URL of the site that was exported")
    threads.add_argument(
        "--public-channel", action="append", default=[], metavar="CHANNEL", help="a channel that is public"
    )
    threads.add_argument("--json", action="store_true", help="one JSON object a line, the balance last")
    for sub in (imported, threads):
        sub.add_argument("export", type=Path, help="a file, a folder or a zip")
        _add_config_file(sub)


def _command(
    subs: Subparsers, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    sub = subs.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    sub.set_defaults(run=run)
    return sub


def _jobs(text: str) -> int:
    """Parse a number of processes; argparse turns the ValueError into its usual message."""
    number = int(text)
    if number < 0:
        raise ValueError("negative")
    return number


def _add_config_file(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="default: mkdocs.yml"
    )
