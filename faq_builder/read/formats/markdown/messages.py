"""The sections of a file -> messages, and what is wrong in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import RawMessage, Role
from faq_builder.read.formats.markdown.blocks import Section, body_of
from faq_builder.read.formats.markdown.header import Header, is_header, read_header

NEARLY = "a line is nearly the heading of a message"
HEADINGS = "write `## Question`, `## Answer` or `## Reply`; as part of a text write `## Answer #`"

_ROLES = {"Question": Role.ASKER, "Answer": Role.STAFF, "Reply": Role.HELPER}


@dataclass
class Page:
    """One file while it is read; collects what is wrong in it."""

    path: str
    findings: list[Diagnostic] = field(default_factory=list)

    def find(self, code: str, line: int, message: str, advice: str = "") -> None:
        where = Location(path=self.path, line=max(line, 1))
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))


def read_messages(page: Page, top: Section, sections: Sequence[Section]) -> tuple[RawMessage, ...]:
    """The messages, the question first; none where the sections cannot be a thread.

    `top` is what stands above all sections but title and address: the question, where no section is one.
    """
    questions = [s for s in sections if s.kind == "Question"]
    asked = any(line.strip() for line in top.lines)
    if not asked and not sections:
        advice = "write the question, and the reply under `## Answer`"
        page.find("FAQ407", top.line + bool(top.lines), "the thread holds neither a question nor an answer", advice)
        return ()
    if asked and questions:
        line = next(number for number, line in enumerate(top.lines, top.line + 1) if line.strip())
        page.find("FAQ415", line, "text above `## Question` belongs to no message", "move it below the heading")
    for section in questions[sections[:1] == questions[:1] :]:
        page.find("FAQ415", section.line, "a question stands behind another message", "write `## Reply`")
    _find_nearly(page, top)
    placed: list[tuple[int, RawMessage]] = []
    if not questions:
        question = _read_message(page, replace(top, nearly=()), "Question", 1)
        placed += [(top.line + 1, question)] if question else []
    counts: Counter[str] = Counter()
    for section in sorted(sections, key=lambda s: s not in questions[:1]):
        assert section.kind is not None
        counts[section.kind] += 1
        message = _read_message(page, section, section.kind, counts[section.kind])
        if message is not None:
            placed.append((section.line, message))
    return tuple(message for _, message in placed) if _is_whole(page, placed) else ()


def _read_message(page: Page, section: Section, kind: str, count: int) -> RawMessage | None:
    """The message of a section, None where there is nothing in it."""
    first = next((n for n, line in enumerate(section.lines) if line.strip()), None)
    header, rest = Header(), section.lines
    stated = first is not None and is_header(section.lines[first])
    if first is not None and stated:
        header, mistakes = read_header(section.lines[first])
        for mistake in mistakes:
            page.find(mistake.code, section.line + 1 + first, mistake.message, mistake.advice)
        rest = rest[first + 1 :]
    else:
        _find_nearly(page, section)
    body = body_of(rest)
    if body is None:
        advice = "restore the list, or write the text as plain Markdown without the fence"
        page.find("FAQ416", section.line, "the list of lines of a message is broken", advice)
        if kind != "Question":  # without a question, the answer would stand in its place
            return None
        body = ""
    if not body and not stated and kind != "Question":
        page.find("FAQ414", section.line, f"there is no text under `## {kind}`", "write it, or remove the heading")
        return None
    default = kind.lower() if count == 1 else f"{kind.lower()}-{count}"
    return RawMessage(
        id=header.id or default,
        body=body,
        role=header.role or _ROLES[kind],
        author=header.author,
        url=header.url,
        written_at=header.written_at,
        reply_to=header.reply_to,
        accepted=header.accepted or kind == "Answer",
        votes=header.votes,
        licence=header.licence,
    )


def _is_whole(page: Page, placed: Sequence[tuple[int, RawMessage]]) -> bool:
    """Whether the messages can be one thread; replies to unknown messages are only reported."""
    lines: dict[str, int] = {}
    whole = True
    for line, message in placed:
        if message.id in lines:
            advice = f"give one of them another id; the other stands on line {lines[message.id]}"
            page.find("FAQ412", line, "two messages have the same id", advice)
            whole = False
        lines.setdefault(message.id, line)
    for line, message in placed:
        if message.reply_to is not None and message.reply_to not in lines:
            page.find("FAQ418", line, "a message replies to one that the file does not hold")
    return whole


def _find_nearly(page: Page, section: Section) -> None:
    """Report headings that may be meant as a message's, in text that a person wrote by hand."""
    for line in section.nearly:
        page.find("FAQ408", line, NEARLY, HEADINGS)
