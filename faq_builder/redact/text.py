"""One text: what is found in it, and the text with words in the place of what was found."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from faq_builder.config import RedactRules
from faq_builder.redact.bank_accounts import find_accounts
from faq_builder.redact.emails import find_emails
from faq_builder.redact.finding import Finding, Kind
from faq_builder.redact.invisible import in_order
from faq_builder.redact.ip_addresses import find_addresses
from faq_builder.redact.markdown_places import Edit, Places
from faq_builder.redact.normalised import Folded, fold
from faq_builder.redact.ours import is_ours
from faq_builder.redact.phones import find_linked_phones, find_phones, has_numbers
from faq_builder.redact.secrets import find_secrets

_ROUNDS = 8  # a removal can bring two halves together that are again something; three rounds were the most ever seen
EVERY_KIND = frozenset(Kind)


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """A text without private data, and how many of each kind were taken out. Cleaning it again changes nothing."""

    text: str
    found: Counter[Kind] = field(default_factory=Counter)


def clean(text: str, rules: RedactRules, kinds: frozenset[Kind] = EVERY_KIND) -> Cleaned:
    """The text with plain words in the place of private data and secrets; Markdown that was valid stays valid."""
    found: Counter[Kind] = Counter()
    for _ in range(_ROUNDS):
        text = in_order(text)
        findings = find(text, rules, kinds)
        if not findings:
            break
        found.update(f.kind for f in findings)
        text = _replaced(text, findings)
    return Cleaned(text=text, found=found)


def find(text: str, rules: RedactRules, kinds: frozenset[Kind] = EVERY_KIND) -> tuple[Finding, ...]:
    """What must go from a text, in order and without overlaps; the company's own and the declared harmless left out."""
    folded = fold(text)
    harmless = _occurrences(folded.text, rules.public)
    found = [
        f
        for f in _find_all(folded.text)
        if f.kind in kinds
        and not is_ours(f, rules.ours)
        and not any(start <= f.start and f.end <= end for start, end in harmless)
    ]
    return tuple(_merged(_in_original(found, folded))) if found else ()


def _find_all(text: str) -> Iterator[Finding]:
    yield from find_secrets(text)
    yield from find_emails(text)
    yield from find_addresses(text)
    if not has_numbers(text):
        return
    yield from find_linked_phones(text)
    numbers = [*find_phones(text), *find_accounts(text)]
    if numbers:  # long numbers inside web addresses are ids
        places = Places(text)
        yield from (f for f in numbers if not places.in_address(f.start))


def _in_original(found: Sequence[Finding], folded: Folded) -> Iterator[Finding]:
    for finding in found:
        start, end = folded.span(finding.start, finding.end)
        yield replace(finding, start=start, end=end)


def _merged(found: Iterator[Finding]) -> Iterator[Finding]:
    """The findings in order; overlapping ones become one, of the kind that comes first in `Kind`."""
    rank = {kind: i for i, kind in enumerate(Kind)}
    current: Finding | None = None
    for finding in sorted(found, key=lambda f: (f.start, f.end)):
        if current is None or finding.start >= current.end:
            if current is not None:
                yield current
            current = finding
        elif current.kind is not Kind.SECRET or finding.kind is not Kind.EMAIL:  # the host behind a password stays
            kind = min(current.kind, finding.kind, key=rank.__getitem__)
            current = replace(current, end=max(current.end, finding.end), kind=kind)
    if current is not None:
        yield current


def _occurrences(text: str, strings: frozenset[str]) -> list[tuple[int, int]]:
    """Where strings that were declared harmless stand."""
    return [
        match.span()
        for string in sorted(strings)
        if string
        for match in re.finditer(re.escape(fold(string).text), text)
    ]


def _replaced(text: str, findings: Sequence[Finding]) -> str:
    places = Places(text)
    edits: list[Edit] = []
    for finding in findings:
        edits += places.edits(finding)
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            continue  # within a stretch that has gone already
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))
