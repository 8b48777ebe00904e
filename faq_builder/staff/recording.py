"""Write new decisions into the file of the person who made them, and take them back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError
from faq_builder.base.files import delete_file, write_text_file
from faq_builder.decisions.appending import append_decisions, decisions_file, find_objections, remove_decision
from faq_builder.decisions.reading import parse_decisions
from faq_builder.model import Decision
from faq_builder.pipeline import Prepared


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The decisions that were written, and into which file; or why nothing was written."""

    path: str  # within the folder of the site
    decisions: tuple[Decision, ...] = ()  # without those that somebody had made before
    objections: tuple[Diagnostic, ...] = ()


@dataclass
class Recorder:
    """Writes decisions at once and checks them against all that were made before.

    The file is read again for each decision, so that an edit by hand or by another window is not lost.
    """

    prepared: Prepared
    reviewer: str
    known: list[Decision] = field(init=False)  # of everybody, those of this session included

    def __post_init__(self) -> None:
        self.known = list(self.prepared.decisions)

    def record(self, decisions: Sequence[Decision], reviewer: str | None = None) -> Recorded:
        """Append decisions to the file of a reviewer (by default this one); write nothing if there are objections.

        Raises UsageError if the file cannot be extended.
        """
        path = decisions_file(reviewer or self.reviewer)
        contents = {content_of(decision) for decision in self.known}
        new = tuple(decision for decision in decisions if content_of(decision) not in contents)
        objections = self._objections(new)
        if new and not objections:
            self._append(path, new)
            self.known += [replace(decision, where=Location(path=path)) for decision in new]
        return Recorded(path=path, decisions=() if objections else new, objections=objections)

    def take_back(self, recorded: Recorded) -> bool:
        """Delete decisions from their file again; False if somebody changed them since, and they stay."""
        text = self._text(recorded.path)
        for decision in reversed(recorded.decisions):
            cut = remove_decision(text, decision)
            if cut is None:
                return False
            text = cut
        self._save(recorded.path, text)
        gone = [content_of(decision) for decision in recorded.decisions]
        self.known = [decision for decision in self.known if content_of(decision) not in gone]
        return True

    def propose(self, decisions: Sequence[Decision], path: str) -> Recorded:
        """Append what a program proposes to the file at `path`, which no build obeys, unless it is there already.

        A proposal that contradicts what a person decided is refused.
        """
        text = self._text(path)
        before = parse_decisions(text, path)[0] if text else ()
        known = {content_of(decision) for decision in (*before, *self.known)}
        new = tuple(decision for decision in decisions if content_of(decision) not in known)
        objections = self._objections(new)
        if new and not objections:
            self._append(path, new)
        return Recorded(path=path, decisions=() if objections else new, objections=objections)

    def drop_proposal(self, path: str, decisions: Sequence[Decision]) -> None:
        """Delete what a program proposed from its file, because a person decided."""
        text = self._text(path)
        for decision in decisions:
            text = remove_decision(text, decision) or text
        self._save(path, text)

    def _append(self, path: str, new: Sequence[Decision]) -> None:
        text = append_decisions(self._text(path), new)
        if text is None:
            raise _fixed_file(path)
        self._save(path, text)

    def _save(self, path: str, text: str) -> None:
        """Write a file of decisions; one without any is deleted."""
        try:
            if text.split() in ([], ["version:", "1", "decisions:"]):
                delete_file(self._file(path))
            else:
                write_text_file(self._file(path), text)
        except OSError:
            advice = "make the file and its folder writable; everything before this decision is written"
            raise _unusable(path, "decisions cannot be written into this file", advice) from None

    def _objections(self, new: Sequence[Decision]) -> tuple[Diagnostic, ...]:
        prepared = self.prepared
        return find_objections(new, self.known, prepared.threads, prepared.targets, prepared.config.redact)

    def _file(self, path: str) -> Path:
        return self.prepared.config.root / path

    def _text(self, path: str) -> str:
        file = self._file(path)
        try:
            return file.read_text(encoding="utf-8") if file.exists() else ""
        except (OSError, UnicodeDecodeError):
            raise _unusable(path, "the file cannot be read", "save it as UTF-8, in a file that you may read") from None


def content_of(decision: Decision) -> Decision:
    """Return the decision without its location and reason, its URLs sorted, to compare what it decides."""
    return replace(decision, references=tuple(sorted(decision.references)), where=Location(path=""), reason="")


def _fixed_file(path: str) -> UsageError:
    message = "decisions cannot be added to this file without changing what is there"
    return _unusable(path, message, "write `decisions:` as a list with one `- ` a decision, at the end of the file")


def _unusable(path: str, message: str, advice: str) -> UsageError:
    return UsageError(Diagnostic(code="FAQ108", where=Location(path=path), message=message, help=advice))
