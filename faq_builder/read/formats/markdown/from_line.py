"""The `From:` line below the heading of a section: who wrote the message, when, its votes and its id.

    From: [Wilma](https://blog.widgets.example/u/wilma) (staff) · 2024-05-02 09:30 UTC · 3 votes · id 13

All parts but `From:` may be left out. A text with special characters is written in code and quotes:
`"Fred (the other one)"`.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from faq_builder.model import Author, RawMessage, Role, Url
from faq_builder.read.formats.markdown.quoting import inline_text, markdown_link, parse_inline_text, parse_link

_FROM = re.compile(r"\s*[*_]*(?:from|by)[*_]*\s*(?::|\s(?=.* · ))[*_]*(?P<rest>.*)", re.IGNORECASE)
_ROLE = re.compile(r"(?:^|\s)\((?P<role>[^()]*)\)$")
_DATE = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?))?"
    r"\s?(?P<zone>UTC|Z|[+-][0-9]{2}:[0-9]{2})?"
)
_VOTES = re.compile(r"(?P<votes>-?[0-9]{1,4000}) votes?")
_TEXTS = {"id": "id", "account": "account", "reply to": "reply_to", "licence": "licence", "license": "licence"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, kw_only=True, slots=True)
class FromLine:
    """The parts of a `From:` line, None for a part that it lacks."""

    name: str | None = None
    account: str | None = None
    profile: Url | None = None
    role: Role | None = None
    written_at: datetime | None = None
    votes: int | None = None
    licence: str | None = None
    reply_to: str | None = None
    accepted: bool = False
    id: str | None = None
    url: Url | None = None

    @property
    def author(self) -> Author[str] | None:
        """The author of the message; without an account, the name identifies the author."""
        key = self.account if self.account is not None else self.name
        if key is None:
            return Author(key=self.profile.value, profile=self.profile) if self.profile else None
        return Author(key=key, name=self.name, profile=self.profile)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a `From:` line: a finding without its location."""

    code: str
    message: str
    advice: str


def is_from_line(line: str) -> bool:
    """Whether a line is a `From:` line, or was meant as one: `from: Fred`, `**By** Fred · 2024-05-01`."""
    return _FROM.fullmatch(line) is not None


def read_from_line(line: str) -> tuple[FromLine, tuple[Mistake, ...]]:
    """Read a `From:` line, with all mistakes in it; the parts without a mistake count."""
    match = _FROM.fullmatch(line)
    assert match is not None
    from_line, mistakes = FromLine(), []
    if not line.startswith("From:"):
        mistakes.append(Mistake("FAQ409", "the line with the author does not begin with `From:`", "write `From: `"))
    first, *parts = match["rest"].strip().split(" · ")
    if _DATE.fullmatch(first.strip()):
        parts.insert(0, first)
    else:
        from_line, found = _read_author(first.strip())
        mistakes += found
    for number, part in enumerate(parts, 2):
        read = _read_part(from_line, part.strip())
        if isinstance(read, Mistake):
            mistakes.append(replace(read, message=f"{read.message} (part {number} of the line)"))
        else:
            from_line = read
    return from_line, tuple(mistakes)


def write_from_line(message: RawMessage, *, accepted: bool) -> str:
    """Write the `From:` line of a message; with `accepted` it marks the answer, which `## Answer` does otherwise."""
    author, parts = message.author, []
    if author is not None and author.name is not None:
        name = inline_text(author.name)
        parts.append(f"{markdown_link(name, author.profile) if author.profile else name} ({message.role.value})")
    else:
        parts.append(f"({message.role.value})")
    if message.written_at is not None:
        parts.append(_date(message.written_at))
    if accepted:
        parts.append("accepted")
    if message.votes is not None:
        parts.append("1 vote" if message.votes == 1 else f"{message.votes} votes")
    if message.licence is not None:
        parts.append(f"licence {inline_text(message.licence)}")
    if message.reply_to is not None:
        parts.append(f"reply to {inline_text(message.reply_to)}")
    parts.append(f"id {message.id}")
    if author is not None and author.key != author.name:
        parts.append(f"account {inline_text(author.key)}")
    if author is not None and author.profile and author.name is None:
        parts.append(markdown_link("profile", author.profile))
    if message.url is not None:
        parts.append(markdown_link("original", message.url))
    return f"From: {' · '.join(parts)}"


def _date(at: datetime) -> str:
    """Write a time in UTC, without seconds if they are zero: `2024-05-02 09:30 UTC`."""
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    return f"{text.removesuffix(':00') if len(text) == 19 else text} UTC"


def _read_author(text: str) -> tuple[FromLine, list[Mistake]]:
    """Read the first part of the line: `[Wilma](https://...) (staff)`."""
    mistakes: list[Mistake] = []
    role: Role | None = None
    if match := _ROLE.search(text):
        text = text[: match.start()].strip()
        try:
            role = Role(match["role"].strip())
        except ValueError:
            roles = ", ".join(r.value for r in Role)
            advice = f'write one of {roles}; write a name with brackets in code and quotes: `"..."`'
            mistakes.append(Mistake("FAQ410", "the role in brackets is not known", advice))
    linked = parse_link(text)
    written, profile = linked or (text, None)
    name = parse_inline_text(written) if written else None
    if (written and name is None) or (linked is None and "](" in text and "`" not in text):
        mistakes.append(Mistake("FAQ409", "the author is not understood", "write a name, or [name](https://profile)"))
        name = None
    return FromLine(name=name, profile=profile, role=role), mistakes


def _read_part(from_line: FromLine, part: str) -> FromLine | Mistake:
    """Add one more part of the line, between ` · `, to what was read; return the mistake if it is not understood."""
    if part == "accepted":
        return replace(from_line, accepted=True)
    if match := _VOTES.fullmatch(part):
        return replace(from_line, votes=int(match["votes"]))
    if linked := parse_link(part):
        if linked[0] == "original":
            return replace(from_line, url=linked[1])
        if linked[0] == "profile":
            return replace(from_line, profile=linked[1])
    if part[:4].isdigit():
        at = _read_date(part)
        advice = "write 2024-05-01, or 2024-05-01 09:12 UTC"
        return replace(from_line, written_at=at) if at else Mistake("FAQ411", "the date is not understood", advice)
    for words, field in _TEXTS.items():
        if part.startswith(f"{words} "):
            value = parse_inline_text(part[len(words) + 1 :])
            if field == "id" and not _ID.fullmatch(value or ""):
                advice = "use letters, digits, dots, hyphens and underscores"
                return Mistake("FAQ412", "the id of a message holds a character that is not allowed", advice)
            if value is None:
                return Mistake("FAQ409", "a text in code is not between double quotes", 'write `"..."`')
            return _with_text(from_line, field, value)
    known = (
        "a date such as 2024-05-01, `3 votes`, `accepted`, `reply to ID`, `id ID`, `account ID`, `licence NAME`, "
        "[original](https://...)"
    )
    return Mistake("FAQ409", "the `From:` line is not understood", f"between ` · ` you can write {known}")


def _with_text(from_line: FromLine, field: str, value: str) -> FromLine:
    """Set one of the fields in `_TEXTS`."""
    if field == "id":
        return replace(from_line, id=value)
    if field == "account":
        return replace(from_line, account=value)
    return replace(from_line, reply_to=value) if field == "reply_to" else replace(from_line, licence=value)


def _read_date(text: str) -> datetime | None:
    """Return a time in UTC; a time without a zone counts as UTC, a day as its first moment; None if it is neither."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    zone = match["zone"] if match["zone"] not in (None, "UTC", "Z") else "+00:00"
    try:
        return datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
