"""`faq build`: build the site in place."""

import logging
from argparse import Namespace

from faq_builder.cli.annotations import annotate
from faq_builder.cli.findings import exit_code, report
from faq_builder.cli.loading import run_options
from faq_builder.cli.mkdocs_log import mkdocs_log
from faq_builder.cli.progress import ProgressBar
from faq_builder.plugin import Run, build_site
from faq_builder.staff.summary import summary


def build(arguments: Namespace) -> int:
    """Build the site in place."""
    bar = ProgressBar()
    run = Run(options=run_options(arguments), progress=bar)
    with mkdocs_log(logging.WARNING):
        built = build_site(arguments.config_file, run, arguments.site_dir)
    bar.close()
    report(built.diagnostics)
    annotate(arguments, built.diagnostics)
    written = built.written
    print(summary(built.prepared))
    print(
        f"wrote {written.files} files: {written.added} new, {written.changed} changed, "
        f"{written.unchanged} as before, {written.deleted} deleted"
    )
    if built.prepared.grouping.unlocked:
        print("this is a preview: `faq lock` gives the new topics their permanent URL")
    return exit_code(built.diagnostics, arguments.fail_on)
