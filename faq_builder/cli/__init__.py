"""Arguments, progress, printing, exit codes, the clock. The only room that prints."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from faq_builder import __version__
from faq_builder.base.diagnostics import Severity, UsageError, printed_lines
from faq_builder.cli import commands, people
from faq_builder.cli.annotations import annotate
from faq_builder.cli.gate import gate

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

OK, MISUSED = 0, 2  # 1: the commands themselves give it where there were errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 (also with warnings), 1 when there were errors, 2 for wrong use."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return MISUSED
    try:
        code: int = options.run(options)
    except UsageError as error:
        print("\n".join(printed_lines(error.diagnostics)), file=sys.stderr)
        if options.run in (commands.build, commands.check):
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
    init = _command(subs, "init", commands.init, "start a site: a sample thread, a configuration, pipeline files")
    init.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="DIR", help="default: this folder")
    _add_site_commands(subs)
    people.add_commands(subs, _command, _add_config_file)
    _add_export_commands(subs)
    explain = _command(subs, "explain", commands.explain, "what a diagnostic code means")
    explain.add_argument("code", help="for example FAQ304")
    return parser


def _add_site_commands(subs: Subparsers) -> None:
    """The commands that run the whole pipeline."""
    build = _command(subs, "build", commands.build, "build the site, in place")
    build.add_argument("--locked", action="store_true", help="fail where a topic is not in the ledger")
    build.add_argument("--site-dir", type=Path, metavar="DIR", help="where the site goes (default: as in mkdocs.yml)")
    build.add_argument("--jobs", type=_jobs, metavar="N", help="processes that render (default: as many as pay)")
    check = _command(subs, "check", commands.check, "find what is wrong, write nothing")
    check.add_argument("--locked", action="store_true", help="fail where a topic is not in the ledger")
    lock = _command(subs, "lock", commands.lock, "give new topics their permanent address, in content/ledger.jsonl")
    lock.add_argument("--quiet", action="store_true", help="a first import: keep the topics' own dates")
    lock.add_argument("--refit", action="store_true", help="fit the meaning of the search anew, in content/search.fit")
    topics = _command(subs, "topics", commands.topics, "the topics of the site")
    topics.add_argument("--json", action="store_true", help="one JSON object a line")
    for sub in (build, check):
        sub.add_argument("--annotate", choices=("github",), help="print findings as GitHub's annotations, too")
        sub.add_argument("--code-quality", type=Path, metavar="FILE.json", help="write findings as GitLab's report")
    for sub in (build, check, lock, topics, _add_gate(subs)):
        _add_config_file(sub)
        sub.add_argument(
            "--fail-on",
            type=Severity,
            default=Severity.ERROR,
            metavar="LEVEL",
            help="what ends with 1: error (the default) or warning",
        )
        sub.add_argument(
            "--accept-loss",
            action="append",
            default=[],
            metavar="SOURCE",
            help="do not fail because this source lost published threads; `lock` remembers it",
        )
    serve = _command(subs, "serve", commands.serve, "build the site, serve it, build again when a file changes")
    serve.add_argument("--dev-addr", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    _add_config_file(serve)


def _add_gate(subs: Subparsers) -> argparse.ArgumentParser:
    sub = _command(subs, "gate", gate, "compare the built site with the published one: nothing may be lost")
    sub.add_argument("--published", type=Path, metavar="PATH", help="the published faq-manifest.json, or its folder")
    sub.add_argument("--first", action="store_true", help="nothing was ever published")
    sub.add_argument("--report", type=Path, metavar="FILE.md", help="write what would change, as Markdown")
    sub.add_argument("--site-dir", type=Path, metavar="DIR", help="the built site (default: that of mkdocs.yml)")
    return sub


def _add_export_commands(subs: Subparsers) -> None:
    """The commands that look at one export."""
    what = "write what may be committed of an export: threads without private data"
    imported = _command(subs, "import", commands.import_, what)
    imported.add_argument("--source", required=True, metavar="KEY", help="a source of the configuration")
    imported.add_argument("--as", dest="shape", choices=("markdown", "extract"), help="default: by how many there are")
    imported.add_argument("--dry-run", action="store_true", help="say what would be written")
    threads = _command(subs, "threads", commands.threads, "the public threads of an export, as they would be published")
    threads.add_argument("--source", metavar="KEY", help="read it as this source of the configuration")
    threads.add_argument("--base-url", metavar="URL", help="where the export was published")
    threads.add_argument(
        "--public-channel", action="append", default=[], metavar="CHANNEL", help="a channel that everybody may read"
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
    """A number of processes; argparse turns the ValueError into its usual message."""
    number = int(text)
    if number < 0:
        raise ValueError("negative")
    return number


def _add_config_file(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="default: mkdocs.yml"
    )
