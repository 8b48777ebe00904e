"""Private data in the files of threads that people write: each place, with line and column.

Pages are redacted, but a file is committed as it is, and git never forgets. So the whole text of a file is searched,
with front matter, `From:` lines and comments, and not only what becomes a page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.model import ThreadKey
from faq_builder.read.formats.markdown import file_parts
from faq_builder.redact.finding import Kind
from faq_builder.redact.text import find

# Not in it: four numbers, which may be a version, and names, which are the opt-outs' business
COMMITTED = frozenset({Kind.SECRET, Kind.CARD, Kind.ACCOUNT, Kind.EMAIL, Kind.PHONE})

_KEYS = (
    "make a new key, and remove the old one from this file and from the original post; if it is no secret, write a "
    "`public` decision with it"
)


@dataclass(frozen=True, kw_only=True)
class InFiles:
    """Findings about the files of threads, and by thread the kinds of private data in its file, perhaps none."""

    diagnostics: tuple[Diagnostic, ...] = ()
    kinds: Mapping[ThreadKey, frozenset[Kind]] = field(default_factory=dict)


def find_in_files(files: Iterable[tuple[ThreadKey, str, str]], rules: RedactRules) -> InFiles:
    """Private data in files, each given as its thread, its path as shown, and its text."""
    diagnostics: list[Diagnostic] = []
    kinds: dict[ThreadKey, frozenset[Kind]] = {}
    for key, path, text in files:
        found = tuple(_places(text, path, rules))
        diagnostics += (committed(kind, where) for where, kind in found)
        kinds[key] = frozenset(kind for _, kind in found)
    return InFiles(diagnostics=tuple(diagnostics), kinds=kinds)


def committed(kind: Kind, where: Location) -> Diagnostic:
    """The finding for private data of one kind in a file."""
    if kind is Kind.SECRET:
        return Diagnostic(code="FAQ505", where=where, message="a key or a password stands in this file", help=_KEYS)
    owned = {Kind.EMAIL: "the domain", Kind.PHONE: "the number"}.get(kind)
    kept = (
        f"add {owned} to `ours:` in mkdocs.yml if it is the company's own"
        if owned
        else "write a `public` decision with the number if it is nobody's"
    )
    return Diagnostic(
        code="FAQ504",
        where=where,
        message=f"personal data stands in this file: {kind.words}",
        help=f"replace it with {kind.value}, or {kept}",
    )


def _places(text: str, path: str, rules: RedactRules) -> Iterator[tuple[Location, Kind]]:
    """Where private data begins in a file, and its kind. Columns count code points from 1.

    Each message is searched by itself, as redaction does: some words make a key of what follows.
    """
    for part in file_parts(text):
        for finding in find(part.text, rules):
            is_id = part.has_ids and part.text[finding.start : finding.end].isdigit()
            if finding.kind in COMMITTED and not is_id:
                line = part.line + part.text.count("\n", 0, finding.start)
                column = finding.start - part.text.rfind("\n", 0, finding.start)
                yield Location(path=path, line=line, column=column), finding.kind
