"""Answers that staff wrote for topics -> messages that may be published, by the id of the topic that they lead."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.decisions.written_files import WrittenAnswer
from faq_builder.model import WRITTEN_MESSAGE_ID, Author, Ledger, Message, PublicText, Role
from faq_builder.redact import redact_body, redact_text


def resolve_written(
    written: Sequence[WrittenAnswer], ledger: Ledger, rules: RedactRules
) -> tuple[Mapping[str, Message[PublicText]], tuple[Diagnostic, ...]]:
    """One answer for each topic. The id of a topic that was merged into another stands for its heir; the heir's own
    file comes first, and a second one is a finding."""
    heirs = ledger.surviving_rows()
    found: dict[str, Message[PublicText]] = {}
    findings: list[Diagnostic] = []
    for answer in sorted(written, key=lambda a: (a.topic in heirs and heirs[a.topic].id != a.topic, a.topic)):
        topic = heirs[answer.topic].id if answer.topic in heirs else answer.topic
        if topic in found:
            advice = f"unite it with the answer of topic {topic}, or delete one of them"
            findings.append(unplaced(answer.path, "the topic was merged into one that another file answers", advice))
            continue
        found[topic] = _message(answer, rules)
        if found[topic].body.value != answer.text:
            where = Location(path=f"content/{answer.path}")
            findings.append(Diagnostic(code="FAQ501", where=where, message="personal data was taken out"))
    return found, tuple(findings)


def unplaced(path: str, message: str, advice: str) -> Diagnostic:
    """The finding for a file that answers nothing; `path` within the content folder."""
    return Diagnostic(code="FAQ625", where=Location(path=f"content/{path}"), message=message, help=advice)


def _message(answer: WrittenAnswer, rules: RedactRules) -> Message[PublicText]:
    name = redact_text(answer.by, rules) if answer.by else None
    return Message(
        id=WRITTEN_MESSAGE_ID,
        body=redact_body(answer.text, rules),
        role=Role.STAFF,
        author=Author(key="staff", name=name) if name else None,
        written_at=datetime(answer.on.year, answer.on.month, answer.on.day, tzinfo=UTC) if answer.on else None,
    )
