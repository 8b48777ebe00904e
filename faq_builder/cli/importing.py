"""`faq import EXPORT --source KEY`: write the public threads of an export into content/threads."""

from argparse import Namespace

from faq_builder.base.diagnostics import Severity, counted
from faq_builder.cli.exports import balance_lines, read_or_explain
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.loading import load
from faq_builder.read.sources import display_path
from faq_builder.staff.importing import import_export, thread_files, write_plan


def import_(arguments: Namespace) -> int:
    """Write an export's public threads into content/threads, as Markdown files or as one extract."""
    config = load(arguments.config_file)
    source = config.source(arguments.source)
    if source is None:
        names = ", ".join(s.key for s in config.sources) or "none yet"
        raise wrong_use(
            arguments.config_file.name, f"there is no source {arguments.source}", f"the sources are: {names}"
        )
    reading = read_or_explain(arguments.export, source)
    if reading is None:
        return 1
    folder, is_dry = config.content / "threads", arguments.dry_run
    imported = import_export(reading, source, config, thread_files(folder), arguments.shape)
    if not is_dry:
        write_plan(imported.plan, folder)
    for name in imported.plan.files:
        print(f"{'would write' if is_dry else 'wrote'} {display_path(folder / name, config.root)}")
    for name in imported.plan.deleted:
        print(f"{'would delete' if is_dry else 'deleted'} {display_path(folder / name, config.root)}")
    files, found = counted(len(imported.plan.files), "file"), counted(len(imported.public.answered), "thread")
    print(f"{files} {'would be written' if is_dry else 'written'} for {found}")
    print(balance_lines(imported.public.balance))
    report(imported.diagnostics)
    return exit_code(imported.diagnostics, Severity.ERROR)
