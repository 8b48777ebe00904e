"""`faq curate URL`: copy one thread of an extract or export into a Markdown file that people may edit."""

from argparse import Namespace

from faq_builder.base.diagnostics import Severity
from faq_builder.base.files import write_text_file
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.cli.why import ADVICE
from faq_builder.config import Source
from faq_builder.read.imports import plan_import
from faq_builder.read.sources import display_path
from faq_builder.staff.importing import thread_files
from faq_builder.staff.lookup import find_target


def curate(arguments: Namespace) -> int:
    """Write the thread as Markdown below content/threads, and take it out of the extract that holds it."""
    prepared = prepared_site(arguments, Severity.ERROR)
    place = find_target(prepared, arguments.address)
    if place is None:
        raise wrong_use("faq curate", "no thread of this FAQ has this URL", ADVICE)
    threads = [thread for thread in prepared.threads if thread.key in place.threads]
    if len(threads) > 1:
        names = ", ".join(str(thread.url or thread.key) for thread in threads)
        raise wrong_use("faq curate", f"{len(threads)} threads are on this page", f"name one of them: {names}")
    if not threads:
        raise wrong_use("faq curate", "no source contains this thread any more", "look in earlier commits")
    (thread,) = threads
    config, folder = prepared.config, prepared.config.content / "threads"
    if thread.key in prepared.files:
        print(f"it is already a Markdown file: content/{prepared.files[thread.key]}")
        return 0
    source = config.source(thread.key.source) or Source(key=thread.key.source, place=thread.key.source)
    current = thread_files(folder)
    plan = plan_import(threads, current, source=source, sources=config.sources, as_markdown=True)
    for name, text in plan.files.items():
        write_text_file(folder / name, text)
        path = display_path(folder / name, config.root)
        print(
            f"took it out of {path}"
            if name in current
            else f"wrote {path}; edit it, it takes precedence over the export"
        )
    report(plan.diagnostics)
    return exit_code(plan.diagnostics, Severity.ERROR)
