"""The sections of a thread file -> messages, and findings for what is wrong in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import RawMessage, Role
from faq_builder.read.formats.markdown.blocks import Section, read_body
from faq_builder.read.formats.markdown.from_line import FromLine, is_from_line, read_from_line

LOOKALIKE = "a line looks like the heading of a message but is not one"
HEADINGS = "write exactly `## Question`, `## Answer` or `## Reply`; as part of a text write `## Answer #`"

_ROLES = {"Question": Role.ASKER, "Answer": Role.STAFF, "Reply": Role.HELPER}


@dataclass
class FileFindings:
    """The findings of one thread file, collected while it is read."""

    path: str
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, line: int, message: str, advice: str = "") -> None:
        """Add a finding; `line` is a line of the file, from 1."""
        where = Location(path=self.path, line=max(line, 1))
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))


def read_messages(file: FileFindings, top: Section, sections: Sequence[Section]) -> tuple[RawMessage, ...]:
    """Read the messages, the question first; none if the sections cannot be a thread.

    `top` has the lines above all sections, without title and URL. They are the question if there is no
    `## Question`.
    """
    questions = [s for s in sections if s.kind == "Question"]
    has_text = any(line.strip() for line in top.lines)
    if not has_text and not sections:
        advice = "write the question, and the reply under `## Answer`"
        file.report("FAQ407", top.line + bool(top.lines), "the thread holds neither a question nor an answer", advice)
        return ()
    if has_text and questions:
        line = next(number for number, line in enumerate(top.lines, top.line + 1) if line.strip())
        file.report("FAQ415", line, "text above `## Question` belongs to no message", "move it below the heading")
    for section in questions[sections[:1] == questions[:1] :]:
        file.report(
            "FAQ415",
            section.line,
            "a thread can have only one `## Question`, at the top",
            "mark a follow-up as `## Reply`",
        )
    _report_lookalikes(file, top)
    located = locate_messages(file, top, sections)
    return tuple(message for _, message in located) if _is_whole(file, located) else ()


def locate_messages(file: FileFindings, top: Section, sections: Sequence[Section]) -> list[tuple[int, RawMessage]]:
    """Return the messages, the question first, each with the line where its section begins."""
    questions = [s for s in sections if s.kind == "Question"]
    placed: list[tuple[int, RawMessage]] = []
    if not questions:
        question = _read_message(file, replace(top, lookalikes=()), "Question", 1)
        placed += [(top.line + 1, question)] if question else []
    counts: Counter[str] = Counter()
    for section in sorted(sections, key=lambda s: s not in questions[:1]):
        assert section.kind is not None
        counts[section.kind] += 1
        message = _read_message(file, section, section.kind, counts[section.kind])
        if message is not None:
            placed.append((section.line, message))
    return placed


def _read_message(file: FileFindings, section: Section, kind: str, count: int) -> RawMessage | None:
    """Read the message of a section, None if it is empty or broken; `count` numbers the sections of one kind."""
    first = next((n for n, line in enumerate(section.lines) if line.strip()), None)
    from_line, rest = FromLine(), section.lines
    has_from_line = first is not None and is_from_line(section.lines[first])
    if first is not None and has_from_line:
        from_line, mistakes = read_from_line(section.lines[first])
        for mistake in mistakes:
            file.report(mistake.code, section.line + 1 + first, mistake.message, mistake.advice)
        rest = rest[first + 1 :]
    else:
        _report_lookalikes(file, section)
    body = read_body(rest)
    if body is None:
        advice = "restore the list, or write the text as plain Markdown without the fence"
        file.report("FAQ416", section.line, "the list of lines of a message is broken", advice)
        if kind != "Question":  # without its question, a thread would begin with the answer
            return None
        body = ""
    if not body and not has_from_line and kind != "Question":
        file.report("FAQ414", section.line, f"there is no text under `## {kind}`", "write it, or remove the heading")
        return None
    default = kind.lower() if count == 1 else f"{kind.lower()}-{count}"
    return RawMessage(
        id=from_line.id or default,
        body=body,
        role=from_line.role or _ROLES[kind],
        author=from_line.author,
        url=from_line.url,
        written_at=from_line.written_at,
        reply_to=from_line.reply_to,
        accepted=from_line.accepted or kind == "Answer",
        votes=from_line.votes,
        licence=from_line.licence,
    )


def _is_whole(file: FileFindings, placed: Sequence[tuple[int, RawMessage]]) -> bool:
    """Whether the messages can be one thread: no id occurs twice. Replies to unknown messages are only reported."""
    lines: dict[str, int] = {}
    whole = True
    for line, message in placed:
        if message.id in lines:
            advice = f"give one of them another id; the other is on line {lines[message.id]}"
            file.report("FAQ412", line, "two messages have the same id", advice)
            whole = False
        lines.setdefault(message.id, line)
    for line, message in placed:
        if message.reply_to is not None and message.reply_to not in lines:
            file.report("FAQ418", line, "a message replies to one that the file does not hold")
    return whole


def _report_lookalikes(file: FileFindings, section: Section) -> None:
    """Report lines that may be meant as the heading of a message, in a text that a person wrote by hand."""
    for line in section.lookalikes:
        file.report("FAQ408", line, LOOKALIKE, HEADINGS)
