"""`faq check`: find mistakes without writing anything."""

from argparse import Namespace

from faq_builder.cli.annotations import annotate
from faq_builder.cli.findings import exit_code
from faq_builder.cli.loading import prepared_site
from faq_builder.staff.summary import summary

# errors for `faq check` only: a build redacts what they find, but a commit would keep it, and the hook runs `faq check`
_COMMITTED = {"FAQ504", "FAQ505"}


def check(arguments: Namespace) -> int:
    """Run the pipeline up to grouping and print what is wrong; write nothing."""
    prepared = prepared_site(arguments, errors=_COMMITTED)
    annotate(arguments, prepared.diagnostics)
    print(summary(prepared))
    return exit_code(prepared.diagnostics, arguments.fail_on)
