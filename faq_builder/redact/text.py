"""Finds and replaces private data in one text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from faq_builder.config import RedactRules
from faq_builder.redact.bank_accounts import find_bank_accounts
from faq_builder.redact.emails import find_emails
from faq_builder.redact.finding import Finding, PrivateKind
from faq_builder.redact.invisible import without_direction_overrides
from faq_builder.redact.ip_addresses import find_ip_addresses
from faq_builder.redact.markdown_spans import Edit, MarkdownSpans
from faq_builder.redact.normalised import NormalisedText, normalise
from faq_builder.redact.ours import is_ours
from faq_builder.redact.phones import find_linked_phones, find_phones, has_numbers
from faq_builder.redact.secrets import find_secrets

_MAX_ROUNDS = 8  # a removal can join two halves into new private data; three rounds were the most ever needed
ALL_KINDS = frozenset(PrivateKind)


@dataclass(frozen=True, kw_only=True)
class CleanedText:
    """A text without private data, and the count of replaced findings by kind. Cleaning it again changes nothing."""

    text: str
    found: Counter[PrivateKind] = field(default_factory=Counter)


def clean_text(text: str, rules: RedactRules, kinds: frozenset[PrivateKind] = ALL_KINDS) -> CleanedText:
    """Replace private data in a text: "I am fred@rain.com" -> "I am [e-mail removed]". Markdown stays valid."""
    found: Counter[PrivateKind] = Counter()
    for _ in range(_MAX_ROUNDS):
        text = without_direction_overrides(text)
        findings = find_private_data(text, rules, kinds)
        if not findings:
            break
        found.update(f.kind for f in findings)
        text = _with_replacements(text, findings)
    return CleanedText(text=text, found=found)


def find_private_data(text: str, rules: RedactRules, kinds: frozenset[PrivateKind] = ALL_KINDS) -> tuple[Finding, ...]:
    """Return the private data in a text, in order and without overlaps, except the company's own and `public` texts."""
    normalised = normalise(text)
    public = _spans_of(normalised.text, rules.public)
    found = [
        f
        for f in _find_all_kinds(normalised.text)
        if f.kind in kinds
        and not is_ours(f, rules.ours)
        and not any(start <= f.start and f.end <= end for start, end in public)
    ]
    return tuple(_without_overlaps(_original_positions(found, normalised))) if found else ()


def _find_all_kinds(text: str) -> Iterator[Finding]:
    """Yield the findings of all kinds in a normalised text, in any order; they may overlap."""
    yield from find_secrets(text)
    yield from find_emails(text)
    yield from find_ip_addresses(text)
    if not has_numbers(text):
        return
    yield from find_linked_phones(text)
    numbers = [*find_phones(text), *find_bank_accounts(text)]
    if numbers:  # long numbers inside URLs are ids
        spans = MarkdownSpans(text)
        yield from (f for f in numbers if not spans.is_in_url(f.start))


def _original_positions(found: Sequence[Finding], normalised: NormalisedText) -> Iterator[Finding]:
    """Yield findings with their positions in the original text."""
    for finding in found:
        start, end = normalised.original_span(finding.start, finding.end)
        yield replace(finding, start=start, end=end)


def _without_overlaps(found: Iterator[Finding]) -> Iterator[Finding]:
    """Yield findings in order, overlapping ones as one finding of the kind that comes first in `PrivateKind`."""
    rank = {kind: i for i, kind in enumerate(PrivateKind)}
    current: Finding | None = None
    for finding in sorted(found, key=lambda f: (f.start, f.end)):
        if current is None or finding.start >= current.end:
            if current is not None:
                yield current
            current = finding
        # in https://fred:password@host/ only the login is removed, and the host stays
        elif current.kind is not PrivateKind.SECRET or finding.kind is not PrivateKind.EMAIL:
            kind = min(current.kind, finding.kind, key=rank.__getitem__)
            current = replace(current, end=max(current.end, finding.end), kind=kind)
    if current is not None:
        yield current


def _spans_of(text: str, strings: frozenset[str]) -> list[tuple[int, int]]:
    """Return the spans of some strings in a normalised text."""
    return [
        match.span()
        for string in sorted(strings)
        if string
        for match in re.finditer(re.escape(normalise(string).text), text)
    ]


def _with_replacements(text: str, findings: Sequence[Finding]) -> str:
    """Return a text with its findings replaced."""
    spans = MarkdownSpans(text)
    edits: list[Edit] = []
    for finding in findings:
        edits += spans.edits_for(finding)
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            continue  # inside a span that was already replaced
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))
