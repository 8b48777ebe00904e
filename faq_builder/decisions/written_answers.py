"""Answers that staff wrote for a topic, in content/topics/<id>.md; on the topic's page they come first.

---
by: Mona                    # both keys are optional
date: 2026-03-01
---

Take the **blue** one, it likes rain.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.model import WRITTEN_MESSAGE_ID, Author, Grouping, Ledger, Message, PublicText, Role
from faq_builder.redact import redact_body, redact_text

_KEYS = ("by", "date")


@dataclass(frozen=True, kw_only=True)
class WrittenAnswer:
    """One file as staff wrote it, before redaction."""

    topic: str  # topic id, which is the file's name
    text: str
    path: str  # below the content folder, "topics/4h2kq0x1zb.md"
    by: str | None = None
    on: date | None = None


def read_written_answers(folder: Path) -> tuple[tuple[WrittenAnswer, ...], tuple[Diagnostic, ...]]:
    """Return the answers of the `*.md` files in the folder, by file name, without README.md, `_*.md` and `.*.md`."""
    answers: list[WrittenAnswer] = []
    findings: list[Diagnostic] = []
    for file in sorted(folder.glob("*.md")):
        if file.stem.lower() != "readme" and not file.name.startswith(("_", ".")):
            reader = _AnswerFileReader(f"{folder.parent.name}/{folder.name}/{file.name}")
            answers += reader.read(file, f"{folder.name}/{file.name}")
            findings += reader.findings
    return tuple(answers), tuple(findings)


def resolve_written_answers(
    written: Sequence[WrittenAnswer], ledger: Ledger, rules: RedactRules
) -> tuple[Mapping[str, Message[PublicText]], tuple[Diagnostic, ...]]:
    """Return one redacted answer for each topic, by topic id.

    An answer for a topic that was merged into another one counts for that other topic. If several files answer one
    topic, the file of its own id wins, and the other files are findings.
    """
    heirs = ledger.surviving_rows()
    resolved: dict[str, Message[PublicText]] = {}
    findings: list[Diagnostic] = []
    for answer in sorted(written, key=lambda a: (a.topic in heirs and heirs[a.topic].id != a.topic, a.topic)):
        topic = heirs[answer.topic].id if answer.topic in heirs else answer.topic
        if topic in resolved:
            advice = f"move its text into the answer of topic {topic}, or delete one of the two files"
            message = "the topic was merged into another one, which has an answer in another file"
            findings.append(_unused_answer_finding(answer.path, message, advice))
            continue
        resolved[topic] = _redacted_message(answer, rules)
        if resolved[topic].body.value != answer.text:
            where = Location(path=f"content/{answer.path}")
            findings.append(Diagnostic(code="FAQ501", where=where, message="personal data was taken out"))
    return resolved, tuple(findings)


def unused_answers(texts: Sequence[WrittenAnswer], grouping: Grouping, ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield a finding for each answer whose topic has no page."""
    shown = {topic.id for topic in grouping.topics} | {former for former, _ in grouping.former_ids}
    for text in texts:
        if text.topic not in shown:
            is_known = text.topic in ledger.by_id()
            message = "the topic of this answer is hidden or has no threads" if is_known else "no topic has this id"
            advice = "`faq why URL` prints the id of a topic; name the file after it"
            yield _unused_answer_finding(text.path, message, advice)


def _unused_answer_finding(path: str, message: str, advice: str) -> Diagnostic:
    """Return the finding for a file whose answer is on no page; `path` is below the content folder."""
    return Diagnostic(code="FAQ625", where=Location(path=f"content/{path}"), message=message, help=advice)


@dataclass
class _AnswerFileReader:
    """Reads one file and collects a finding for each mistake in it."""

    path: str  # as findings give it, "content/topics/4h2kq0x1zb.md"
    findings: list[Diagnostic] = field(default_factory=list)

    def read(self, file: Path, name: str) -> Iterator[WrittenAnswer]:
        """Yield the answer of a file; nothing if there is a mistake in it."""
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self._find(1, "the file cannot be read", "save it as UTF-8")
            return
        front, body = _split_front_matter(text)
        by, on = self._front_matter(front)
        if not body.strip():
            self._find(1, "the file has no answer", "write it below the front matter, or delete the file")
        if not self.findings:
            yield WrittenAnswer(topic=file.stem, text=body.strip(), path=name, by=by, on=on)

    def _front_matter(self, front: str) -> tuple[str | None, date | None]:
        """Return the values of `by` and `date`."""
        root, findings = yaml.load_content(front, self.path, "FAQ626", first_line=2)
        self.findings += findings
        texts: dict[str, str] = {}
        for key, value in root if isinstance(root, yaml.Mapping) else ():
            if key.text not in _KEYS or not isinstance(value, yaml.Scalar):
                self._find(key.line, f"there is no key `{key.text[:40]}`", f"the keys are: {', '.join(_KEYS)}")
            else:
                texts[key.text] = value.text.strip()
        if root is not None and not isinstance(root, yaml.Mapping):
            self._find(root.line, "the front matter has no `key: value` lines", "write `by: ...`")
        try:
            return texts.get("by") or None, date.fromisoformat(texts["date"]) if "date" in texts else None
        except ValueError:
            self._find(1, "`date` is not a date", "write a date such as 2026-03-01")
            return None, None

    def _find(self, line: int, message: str, advice: str) -> None:
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code="FAQ626", where=where, message=message, help=advice))


def _split_front_matter(text: str) -> tuple[str, str]:
    """Return the front matter (empty if there is none) and the text below it."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() == "---" and "---" in [line.rstrip() for line in lines[1:]]:
        end = [line.rstrip() for line in lines[1:]].index("---") + 1
        return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    return "", text


def _redacted_message(answer: WrittenAnswer, rules: RedactRules) -> Message[PublicText]:
    """Return a written answer as a message of staff."""
    name = redact_text(answer.by, rules) if answer.by else None
    return Message(
        id=WRITTEN_MESSAGE_ID,
        body=redact_body(answer.text, rules),
        role=Role.STAFF,
        author=Author(key="staff", name=name) if name else None,
        written_at=datetime(answer.on.year, answer.on.month, answer.on.day, tzinfo=UTC) if answer.on else None,
    )
