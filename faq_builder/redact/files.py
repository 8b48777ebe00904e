"""Finds private data in thread files and other texts beside them, with line and column.

Pages are redacted, but a file is committed as it is, and git keeps it for ever. So the whole file is searched, with
front matter, `From:` lines and comments, not only the text that pages show.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.model import ThreadKey
from faq_builder.read.formats.markdown import file_parts
from faq_builder.redact.finding import PrivateKind
from faq_builder.redact.text import find_private_data

# Without IP addresses, which may be versions, and names, which opt-outs remove
KINDS_IN_FILES = frozenset(
    {PrivateKind.SECRET, PrivateKind.CARD, PrivateKind.ACCOUNT, PrivateKind.EMAIL, PrivateKind.PHONE}
)

_SECRET_HELP = (
    "create a new key, and remove the old one from this file and from the original post; if it is not a secret, add "
    "a `public` decision with the text"
)


@dataclass(frozen=True, kw_only=True)
class PrivateDataInFiles:
    """Findings about files, and for each thread the kinds of private data in its file (perhaps none)."""

    diagnostics: tuple[Diagnostic, ...] = ()
    kinds: Mapping[ThreadKey, frozenset[PrivateKind]] = field(default_factory=dict)


def find_private_data_in_files(
    files: Iterable[tuple[ThreadKey | None, str, str]], rules: RedactRules
) -> PrivateDataInFiles:
    """Find private data in files, each given as (thread key, path for findings, text).

    The key is None for a file that is not a thread.
    """
    diagnostics: list[Diagnostic] = []
    kinds: dict[ThreadKey, frozenset[PrivateKind]] = {}
    for key, path, text in files:
        found = tuple(_private_data(text, path, rules))
        diagnostics += (file_finding(kind, where) for where, kind in found)
        if key is not None:
            kinds[key] = frozenset(kind for _, kind in found)
    return PrivateDataInFiles(diagnostics=tuple(diagnostics), kinds=kinds)


def file_finding(kind: PrivateKind, where: Location) -> Diagnostic:
    """Return the finding for private data of one kind in a file."""
    if kind is PrivateKind.SECRET:
        return Diagnostic(
            code="FAQ505", where=where, message="this file contains a key or a password", help=_SECRET_HELP
        )
    owned = {PrivateKind.EMAIL: "the domain", PrivateKind.PHONE: "the number"}.get(kind)
    kept = (
        f"add {owned} to `ours:` in mkdocs.yml if it is the company's own"
        if owned
        else "add a `public` decision with the number if it is nobody's"
    )
    return Diagnostic(
        code="FAQ504",
        where=where,
        message=f"this file contains personal data: {kind.label}",
        help=f"replace it with {kind.value}, or {kept}",
    )


def _private_data(text: str, path: str, rules: RedactRules) -> Iterator[tuple[Location, PrivateKind]]:
    """Yield where private data begins in a file, and its kind. Columns count code points from 1.

    Each message is searched separately, as in redaction: a word at the end of one message, such as "password", must not
    turn the beginning of the next into a key.
    """
    for part in file_parts(text):
        for finding in find_private_data(part.text, rules):
            is_id = part.has_ids and part.text[finding.start : finding.end].isdigit()
            if finding.kind in KINDS_IN_FILES and not is_id:
                line = part.line + part.text.count("\n", 0, finding.start)
                column = finding.start - part.text.rfind("\n", 0, finding.start)
                yield Location(path=path, line=line, column=column), finding.kind
