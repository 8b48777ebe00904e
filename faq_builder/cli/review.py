"""`faq review`: decide open questions one at a time with one key each, or as a file with boxes to tick."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from faq_builder.base.diagnostics import Location, Severity, counted
from faq_builder.base.files import write_text_file
from faq_builder.cli.decide import REVIEWED, write_decisions
from faq_builder.cli.keys import END, INTERRUPT, ReadKey, key_reader
from faq_builder.cli.loading import prepared_site
from faq_builder.model import Decision, DecisionKind
from faq_builder.pipeline import Prepared
from faq_builder.staff.review import PLAIN_MARKS, Choice, Doubt, Marks, find_doubts, review_page, side_by_side
from faq_builder.staff.review.review_file import benefit_phrase

SKIPPED = ".cache/review-skipped.txt"  # one id a line; may be deleted: everything is asked again
TAGS_HELP = "If so, write into mkdocs.yml, under `faq:` and `tags:`:"
_BOLD = Marks(start="\x1b[1;33m", end="\x1b[0m")
_SKIP, _BACK, _QUIT = "n", "b", "q"


def review(arguments: Namespace) -> int:
    """Ask the person at the terminal; without a terminal print the questions, with `--write` write them."""
    prepared = prepared_site(arguments, Severity.ERROR)
    products = prepared.config.group.products
    found = find_doubts(prepared.grouping, prepared.threads, prepared.resolved, prepared.targets, products)
    found = tuple(d for d in found if d.concerns(arguments.tag, arguments.source))
    found = tuple(d for d in found if arguments.kind in (None, d.kind.value))
    if arguments.write:
        listed = found[: arguments.limit]
        write_text_file(arguments.write, review_page(listed, arguments.write.name, TAGS_HELP))
        print(f"wrote {counted(len(listed), 'question')} into {arguments.write}")
        return 0
    skipped = _Skipped(prepared.config.root / SKIPPED)
    left = [d for d in found if arguments.all or d.id not in skipped.ids][: arguments.limit]
    read_key = key_reader()
    if read_key is None:
        print_list(left)
        return 0
    return Session(prepared=prepared, doubts=left, read_key=read_key, skipped=skipped).run()


@dataclass
class _Skipped:
    """The questions that were skipped in earlier sessions."""

    path: Path

    @property
    def ids(self) -> set[str]:
        return set(self.path.read_text(encoding="utf-8").split()) if self.path.exists() else set()

    def add(self, doubt: Doubt) -> None:
        write_text_file(self.path, "".join(f"{known}\n" for known in sorted({*self.ids, doubt.id})))


@dataclass
class Session:
    """One person at one terminal. Each decision is written at once, so that stopping loses nothing."""

    prepared: Prepared
    doubts: Sequence[Doubt]
    read_key: ReadKey
    skipped: _Skipped
    decided: int = 0
    aliases: list[Choice] = field(default_factory=list)

    def run(self) -> int:
        """Ask until every question was asked or the person stops; return the exit code."""
        at = 0
        while at < len(self.doubts):
            step = self._ask(at)
            if step is None:
                break
            at = max(0, at + step)
        self._print_summary(at)
        return 0

    def _ask(self, at: int) -> int | None:
        """Ask one question; return how many questions to move on, None to stop."""
        doubt = self.doubts[at]
        marks = _BOLD if sys.stdout.isatty() else PLAIN_MARKS
        print_doubt(doubt, at + 1, len(self.doubts), shutil.get_terminal_size().columns, marks)
        print(_keys(doubt), flush=True)
        choices = {choice.key: choice for choice in doubt.choices}
        while True:
            key = self.read_key().lower()
            if key in (_QUIT, INTERRUPT, END):
                return None
            if key == _BACK and at:
                return -1
            if key in (_SKIP, " "):
                self.skipped.add(doubt)
                return 1
            if key in choices and self._carry_out(choices[key]):
                return 1

    def _carry_out(self, choice: Choice) -> bool:
        """Append the decision of a choice (for tags, print the setting to add); False if it was refused."""
        if choice.kind is None:
            self.aliases.append(choice)
            print(f"{TAGS_HELP} {_alias(choice)}")
            return True
        decision = decision_of(choice)
        if write_decisions(self.prepared, [decision]):
            return False
        self.decided += 1
        self.prepared = replace(self.prepared, decisions=(*self.prepared.decisions, decision))
        return True

    def _print_summary(self, at: int) -> None:
        left = len(self.doubts) - at
        print(f"\ndecided {self.decided}; {left} left" if left else f"\ndecided {self.decided}; nothing left")
        if self.aliases:
            print(TAGS_HELP)
            print("\n".join(f"  {_alias(choice)}" for choice in self.aliases))


def print_doubt(doubt: Doubt, number: int, count: int, width: int, marks: Marks) -> None:
    """Print one question with both sides."""
    print(f"\n{'─' * min(width, 120)}\n{number} of {count} · {doubt.kind.value} · {benefit_phrase(doubt)}\n")
    for line in side_by_side(doubt, width, marks):
        print(line)
    print(f"\n{doubt.question}")


def print_list(doubts: Iterable[Doubt]) -> None:
    """Print all questions, for output that is not a terminal."""
    listed = list(doubts)
    for number, doubt in enumerate(listed, 1):
        print_doubt(doubt, number, len(listed), 100, PLAIN_MARKS)
    hint = "answer them in a terminal, or with `faq review --write review.md` and `faq decide --from review.md`"
    print(f"\n{counted(len(listed), 'question')}; {hint}" if listed else "there are no open questions")


def decision_of(choice: Choice) -> Decision:
    """Return the decision that a choice makes, dated today (UTC)."""
    assert choice.kind is not None
    today = datetime.now(UTC).date() if choice.kind is DecisionKind.CONFIRM else None
    where = Location(path="faq review")
    return Decision(kind=choice.kind, references=choice.references, reason=REVIEWED, where=where, on=today)


def _keys(doubt: Doubt) -> str:
    own = [f"[{choice.key}] {choice.words}" for choice in doubt.choices]
    return "  ".join([*own, f"[{_SKIP}] skip", f"[{_BACK}] back", f"[{_QUIT}] stop"])


def _alias(choice: Choice) -> str:
    return f"{choice.references[0]}: [{', '.join(choice.references[1:])}]"
