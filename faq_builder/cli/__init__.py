"""Arguments, progress, printing, exit codes, the clock. The only room that prints."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from faq_builder import __version__
from faq_builder.cli import commands
from faq_builder.diagnostics import Severity, UsageError, folded

OK, FAILED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 (also with warnings), 1 when there were errors, 2 for wrong use."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except UsageError as error:
        print("\n".join(folded(error.diagnostics)), file=sys.stderr)
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
    subs = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        sub = subs.add_parser(name, help=text, description=text)
        sub.set_defaults(run=getattr(commands, name.replace("import", "import_").replace("-", "_")))
        return sub

    def site(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
        return sub

    def run(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        site(sub)
        sub.add_argument("--fail-on", type=Severity, default=Severity.ERROR, metavar="LEVEL", help="warning or error")
        sub.add_argument("--accept-loss", action="append", default=[], metavar="SOURCE", help="may have lost threads")
        return sub

    build = run(command("build", "build the site, in place"))
    build.add_argument("--locked", action="store_true", help="fail where a topic is not in the ledger")
    build.add_argument("--site-dir", type=Path, metavar="DIR")
    build.add_argument("--jobs", type=int, metavar="N", help="worker processes (default: one for each processor)")

    serve = site(command("serve", "build the site, serve it, and build again when a file changes"))
    serve.add_argument("--dev-addr", metavar="HOST:PORT")

    run(command("check", "find what is wrong, write nothing")).add_argument("--locked", action="store_true")

    imported = site(command("import", "write what may be committed of an export: threads without private data"))
    imported.add_argument("export", type=Path, help="a file, a folder or a zip")
    imported.add_argument("--source", required=True, metavar="KEY", help="a source of the configuration")
    imported.add_argument(
        "--as", dest="shape", choices=("markdown", "extract"), help="default: by the number of threads"
    )
    imported.add_argument("--dry-run", action="store_true", help="say what would be written")

    lock = run(command("lock", "give new topics their permanent address, in content/ledger.jsonl"))
    lock.add_argument("--quiet", action="store_true", help="a first import: keep the topics' own dates")

    threads = site(command("threads", "the public threads of an export, as they would be published"))
    threads.add_argument("export", type=Path, help="a file, a folder or a zip")
    threads.add_argument("--source", metavar="KEY")
    threads.add_argument("--base-url", metavar="URL")
    threads.add_argument("--public-channel", action="append", default=[], metavar="CHANNEL")
    threads.add_argument("--json", action="store_true", help="one JSON object a line, the balance last")

    run(command("topics", "the topics of the site")).add_argument("--json", action="store_true")
    command("explain", "what a diagnostic code means").add_argument("code", help="for example FAQ304")
    return parser
