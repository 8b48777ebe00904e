"""Read one export for a command, and print its balance."""

import sys
from collections.abc import Iterable
from pathlib import Path

from faq_builder.base.diagnostics import counted
from faq_builder.config import Source
from faq_builder.model import Balance
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import Reading, read_export


def read_or_explain(path: Path, source: Source) -> Reading | None:
    """Return what one export holds; None, after printing why, if it cannot be read."""
    try:
        return read_export(open_export(path, str(path)), source)
    except ExportError as error:
        print(error.diagnostic, file=sys.stderr)
        return None


def balance_lines(balance: Balance) -> str:
    """Return what was read, what is public, and what was left out for which reason, of threads and messages."""

    def part(what: str, read: int, public: int, left_out: Iterable[tuple[str, int]]) -> str:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out))
        return f"{counted(read, what)}: {public} public, {read - public} left out" + (
            f" ({reasons})" if reasons else ""
        )

    return "\n".join(
        (
            part("thread", balance.threads_read, balance.threads_public, balance.threads_left_out.items()),
            part("message", balance.messages_read, balance.messages_public, balance.messages_left_out.items()),
        )
    )
