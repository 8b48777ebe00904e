"""`faq explain CODE`: print what a code means."""

from argparse import Namespace

from faq_builder.base.diagnostics import CODES
from faq_builder.cli.findings import wrong_use


def explain(arguments: Namespace) -> int:
    """Print what a diagnostic code means."""
    name = arguments.code.upper()
    name = f"FAQ{name}" if name.isdecimal() else name
    code = CODES.get(name)
    if code is None:
        raise wrong_use("faq explain", f"there is no code {name}", "give a code as a finding shows it, such as FAQ101")
    print(f"{name} ({code.severity}): {code.title}\n\n{code.explanation}")
    return 0
