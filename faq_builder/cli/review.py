"""`faq review`: decide review questions one at a time with one key each, or write them for somebody else to judge."""

import contextlib
import json
import os
import shutil
import sys
import time
import webbrowser
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from faq_builder.base.diagnostics import Severity, counted
from faq_builder.base.files import write_text_file
from faq_builder.cli.findings import report
from faq_builder.cli.keys import END, INTERRUPT, Keyboard, keyboard
from faq_builder.cli.loading import prepared_site
from faq_builder.cli.reviewer import reviewer_name
from faq_builder.staff.recording import Recorder
from faq_builder.staff.review import (
    PLAIN_MARKS,
    Choice,
    Marks,
    QuestionKind,
    ReviewQuestion,
    ReviewSession,
    Skips,
    benefit_phrase,
    question_record,
    questions_of,
    review_page,
    side_by_side,
)
from faq_builder.staff.review.review_file import tag_setting
from faq_builder.staff.review.web import ReviewServer

TAGS_HELP = "If so, write into mkdocs.yml, under `faq:` and `tags:`:"
_BOLD = Marks(start="\x1b[1;33m", end="\x1b[0m")
_SKIP, _BACK, _QUIT, _OPEN, _UNDO, _WHY, _REASON = "n", "b", "q", "o", "u", "?", "r"
_MOST_OPENED = 2  # originals that `o` opens at once; of more, it asks which


def review(arguments: Namespace) -> int:
    """Ask the person at the terminal; without a terminal print the questions, with `--write` write them."""
    prepared = prepared_site(arguments, Severity.ERROR)
    root = prepared.config.root
    found = [q for q in questions_of(prepared) if q.concerns(arguments.tag, arguments.source)]
    found = [q for q in found if arguments.kind in (None, q.kind.value)]
    if arguments.write:
        listed = found[: arguments.limit]
        write_text_file(arguments.write, review_page(listed, arguments.write.name, TAGS_HELP))
        print(f"wrote {counted(len(listed), 'question')} into {arguments.write}")
        return 0
    reviewer = reviewer_name(arguments, root)
    skips = Skips(root=root, reviewer=reviewer)
    own = frozenset() if arguments.all else skips.own
    left = [q for q in found if q.id not in own][: arguments.limit]
    if arguments.json:
        others = skips.of_others
        for question in left:
            print(json.dumps(question_record(question, others.get(question.id, ())), ensure_ascii=False))
        return 0
    recorder = Recorder(prepared=prepared, reviewer=reviewer)
    session = ReviewSession(questions=left, recorder=recorder, skips=skips, today=datetime.now(UTC).date())
    if arguments.web:
        return serve_review(session)
    person = keyboard()
    if person is None:
        print_list(left)
        return 0
    return Terminal(session=session, keyboard=person).run()


def serve_review(session: ReviewSession) -> int:
    """Serve the review on a local page until Ctrl-C; print its URL once."""
    with ReviewServer(session, time.monotonic) as server:
        print(f"review {counted(session.left, 'question')} at {server.url}\nCtrl-C stops", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    print(f"\ndecided {session.decided}; {session.left or 'nothing'} left")
    return 0


@dataclass
class Terminal:
    """Shows the questions of a session in a terminal and hands its keys to the session."""

    session: ReviewSession
    keyboard: Keyboard
    settings: list[str] = field(default_factory=list)  # tags to join, which people write into mkdocs.yml
    selected: str = ""  # numbers of the topics that ask the same, if a question takes several
    reason: str = ""
    since: float = 0.0

    def run(self) -> int:
        """Ask until every question was asked or the person stops; return the exit code."""
        while (question := self.session.current) is not None:
            if not self._ask(question):
                break
        self._print_summary()
        return 0

    def _ask(self, question: ReviewQuestion) -> bool:
        """Show one question and wait until it is answered or left; return whether to go on."""
        self.selected = "".join(str(p.number) for p in question.numbers) if question.takes_several else ""
        self.reason, self.since = "", time.monotonic()
        self._show(question)
        while True:
            key = self.keyboard.key()
            key = key if key == _WHY else key.lower()
            if key in (_QUIT, INTERRUPT, END):
                return False
            if key == _BACK:
                self.session.back()
                return True
            if key in (_SKIP, " "):
                self.session.skip(question, self._seconds())
                return True
            if key == _UNDO:
                if self._undo():
                    return True
            elif self._help(key, question) or (choice := self._chosen(key, question)) is None:
                continue
            elif self._decide(question, choice):
                return True

    def _show(self, question: ReviewQuestion) -> None:
        session = self.session
        marks = _BOLD if sys.stdout.isatty() else PLAIN_MARKS
        width = shutil.get_terminal_size().columns
        print_question(question, f"{session.left} left, about {session.minutes_left} min", width, marks)
        if (step := session.step_of(question)) is not None:
            print(f"You decided: {step.choice.words if step.choice else 'skipped'}. A new verdict replaces that.")
        if names := session.skips.of_others.get(question.id):
            print(f"Skipped by {', '.join(names)}.")
        for proposal in question.proposals:
            print(f"A program ({proposal.by}) proposes: {proposal.choice.words}, because: {proposal.why}")
        print(_keys(question), flush=True)

    def _help(self, key: str, question: ReviewQuestion) -> bool:
        """Carry out a key that decides nothing; return whether it was one."""
        if key == _WHY:
            print(f"{question.origin}\n{_keys_in_words(question)}", flush=True)
        elif key == _OPEN:
            self._open(question)
        elif key == _REASON:
            print("why? ", end="", flush=True)
            self.reason = self.keyboard.line()
        elif question.takes_several and key.isdecimal() and key != "0":
            numbers = {str(p.number) for p in question.numbers}
            self.selected = "".join(sorted((set(self.selected) ^ {key}) & numbers))
            print(f"the same: {', '.join(self.selected) or 'none'} ([s] to decide)", flush=True)
        else:
            return False
        return True

    def _chosen(self, key: str, question: ReviewQuestion) -> Choice | None:
        """Return the choice of a key; `s` takes only the topics that are still selected."""
        if question.takes_several and key == "s" and len(self.selected) < len(question.numbers):
            return question.choose(self.selected)
        return question.choose(key)

    def _decide(self, question: ReviewQuestion, choice: Choice) -> bool:
        """Write a verdict (for tags, print the setting to add); return False if it was refused."""
        if question.kind is QuestionKind.TAG:
            self.settings.append(tag_setting(question))
            print(f"{TAGS_HELP} {self.settings[-1]}")
        objections = self.session.decide(question, choice, self.reason, self._seconds())
        report(objections)
        return not objections

    def _undo(self) -> bool:
        had_steps = bool(self.session.steps)
        step = self.session.undo()
        if step is None:
            print("it was changed in its file since, and stays" if had_steps else "there is nothing to take back")
            return False
        self.settings = [line for line in self.settings if line != tag_setting(step.question)]
        print("taken back")
        return True

    def _open(self, question: ReviewQuestion) -> None:
        """Open the originals of a question in the browser, or print their URLs if there is none."""
        shown = question.passages[:1] if question.kind is QuestionKind.ANSWER else question.passages
        if len(shown) > _MOST_OPENED:
            print("which one? press its number", flush=True)
            number = self.keyboard.key()
            shown = tuple(p for p in shown if str(p.number) == number)
        for url in dict.fromkeys(passage.url for passage in shown if passage.url):
            opened = _has_screen() and webbrowser.open(url)
            print(f"opened {url}" if opened else url, flush=True)

    def _seconds(self) -> float:
        return time.monotonic() - self.since

    def _print_summary(self) -> None:
        session = self.session
        print(f"\ndecided {session.decided}; {f'{session.left} left' if session.left else 'nothing left'}")
        for path in sorted({step.recorded.path for step in session.steps if step.recorded and step.recorded.decisions}):
            print(f"wrote {path}")
        if self.settings:
            print(TAGS_HELP)
            print("\n".join(f"  {line}" for line in self.settings))


def _has_screen() -> bool:
    """Whether a browser would open in a window; without a screen, a text browser would take the terminal."""
    return sys.platform in ("darwin", "win32") or not os.environ.keys().isdisjoint(("DISPLAY", "WAYLAND_DISPLAY"))


def print_question(question: ReviewQuestion, where: str, width: int, marks: Marks) -> None:
    """Print one question with all its passages."""
    print(f"\n{'─' * min(width, 120)}\n{where} · {question.kind.value} · {benefit_phrase(question)}\n")
    for line in side_by_side(question, width, marks):
        print(line)
    print(f"\n{question.question}")


def print_list(questions: Iterable[ReviewQuestion]) -> None:
    """Print all questions, for output that is not a terminal."""
    listed = list(questions)
    for number, question in enumerate(listed, 1):
        print_question(question, f"{number} of {len(listed)}", 100, PLAIN_MARKS)
    hint = "answer them in a terminal, or with `faq review --write review.md` and `faq decide --from review.md`"
    print(f"\n{counted(len(listed), 'question')}; {hint}" if listed else "there are no open questions")


def _keys(question: ReviewQuestion) -> str:
    """Return the keys of a question in one line."""
    own = [f"[{choice.key}] {choice.words}" for choice in _shown_choices(question)]
    if question.takes_several:
        own.insert(0, f"[1-{len(question.numbers)}] take one out or in")
    proposal = [f"[y] approve: {question.proposals[0].choice.words}"] if question.proposals else []
    rest = [f"[{_OPEN}] open", f"[{_WHY}] explain", f"[{_SKIP}] skip", f"[{_UNDO}] undo", f"[{_QUIT}] stop"]
    return "  ".join([*proposal, *own, *rest])


def _shown_choices(question: ReviewQuestion) -> Sequence[Choice]:
    """Return the choices to name: numbers of replies are named once, as a range."""
    numbers = [choice for choice in question.choices if choice.key.isdecimal() and choice.key != "0"]
    if question.kind is not QuestionKind.ANSWER or len(numbers) < 2:
        return question.choices
    together = Choice(key=f"1-{len(numbers)}", words="this reply")
    return [together, *(choice for choice in question.choices if choice not in numbers)]


def _keys_in_words(question: ReviewQuestion) -> str:
    """Return what each key does, one a line."""
    kinds = {choice.key: ", ".join(dict.fromkeys(r.kind.value for r in choice.rulings)) for choice in question.choices}
    lines = [f"  {c.key}  {c.words}{f' (writes `{kinds[c.key]}`)' if kinds[c.key] else ''}" for c in question.choices]
    if question.takes_several:
        lines.insert(0, "  1-9  take a topic out of those that ask the same, or in again; then press s")
    lines += [
        f"  {_OPEN}  open the original discussion",
        f"  {_REASON}  give a reason in your own words before you decide",
        f"  {_SKIP}  skip: it is not asked again, unless with --all; your colleagues see that you skipped it",
        f"  {_BACK}  back to the question before",
        f"  {_UNDO}  take back the last step and delete what it wrote",
        f"  {_QUIT}  stop; everything decided so far is written",
    ]
    return "\n".join(lines)
