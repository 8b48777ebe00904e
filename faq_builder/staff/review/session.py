"""One person's review: the questions that are left, what was decided, and the steps that can be taken back."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.staff.recording import Recorded, Recorder
from faq_builder.staff.review.questions import APPROVE, Choice, ReviewQuestion, Settled, approved, decisions_of
from faq_builder.staff.review.skips import Skips

_USUAL_PACE = 20.0  # seconds for one question, before this person's own pace is known
_LONGEST_PAUSE = 180.0  # seconds; after a longer one, the person was elsewhere
_PACE_OF_LAST = 20  # questions whose time counts


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a person did with one question."""

    question: ReviewQuestion
    choice: Choice | None  # None: skipped
    recorded: Recorded | None = None


def write_verdict(
    recorder: Recorder, question: ReviewQuestion, choice: Choice, reason: str, today: date, reviewer: str | None = None
) -> Recorded:
    """Write the decisions of a verdict into a person's file; what programs proposed about the question is done with."""
    person = reviewer or recorder.reviewer
    if choice.key == APPROVE and question.proposals:
        made = approved(question.proposals[0], reason, person)
    else:
        made = decisions_of(choice, reason, person, today)
    recorded = recorder.record(made, person)
    if not recorded.objections:
        for proposal in question.proposals:
            recorder.drop_proposal(proposal.path, proposal.decisions)
    return recorded


@dataclass
class ReviewSession:
    """Asks questions in their order. Each verdict is written at once, so that stopping loses nothing."""

    questions: Sequence[ReviewQuestion]
    recorder: Recorder
    skips: Skips
    today: date  # of `confirm` decisions, UTC
    at: int = 0  # number of the question that is shown
    steps: list[Step] = field(default_factory=list)  # the last one is taken back first
    seconds: list[float] = field(default_factory=list)  # how long each verdict took

    def __post_init__(self) -> None:
        self._number = {question.id: number for number, question in enumerate(self.questions)}
        self.at = self._next(0)

    @property
    def current(self) -> ReviewQuestion | None:
        """The question to show, None if none is left."""
        return self.questions[self.at] if self.at < len(self.questions) else None

    @property
    def left(self) -> int:
        """How many questions have no verdict so far."""
        return sum(self._open())

    @property
    def decided(self) -> int:
        """How many questions this session decided."""
        return sum(step.choice is not None for step in self.steps)

    @property
    def minutes_left(self) -> int:
        """How long the questions that are left will take, by the pace of the last ones."""
        own = [s for s in self.seconds if s <= _LONGEST_PAUSE][-_PACE_OF_LAST:]
        pace = statistics.fmean(own) if own else _USUAL_PACE
        return max(1, round(self.left * pace / 60)) if self.left else 0

    def step_of(self, question: ReviewQuestion) -> Step | None:
        """Return what this session did with a question, None if it was not answered so far."""
        return next((step for step in self.steps if step.question.id == question.id), None)

    def question(self, id_: str) -> ReviewQuestion | None:
        """Return the question with an id."""
        return self.questions[self._number[id_]] if id_ in self._number else None

    def decide(
        self, question: ReviewQuestion, choice: Choice, reason: str = "", seconds: float | None = None
    ) -> tuple[Diagnostic, ...]:
        """Write the verdict on a question; return what forbids it, and then nothing was written.

        A verdict that this session gave before is replaced.
        """
        earlier = self.step_of(question)
        if earlier:
            self._take_back(earlier)
        recorded = write_verdict(self.recorder, question, choice, reason, self.today)
        if recorded.objections:
            if earlier:
                self._restore(earlier)
            return recorded.objections
        self.steps.append(Step(question=question, choice=choice, recorded=recorded))
        self._measure(seconds)
        self._move_on(question)
        return ()

    def skip(self, question: ReviewQuestion, seconds: float | None = None) -> None:
        """Leave a question open; it does not come again for this person, and colleagues see that it was skipped."""
        self.skips.add(question.id)
        self.steps.append(Step(question=question, choice=None))
        self._measure(seconds)
        self._move_on(question)

    def back(self) -> None:
        """Show the question before this one, even if it was answered; a new verdict replaces the old one."""
        is_open = self._open()
        shown = [n for n in range(self.at) if is_open[n] or self.step_of(self.questions[n])]
        self.at = shown[-1] if shown else self.at

    def undo(self) -> Step | None:
        """Take back the last step: what it wrote is deleted, and its question is shown again.

        None if there is no step, or if somebody changed its decision in the file since.
        """
        if not self.steps:
            return None
        step = self.steps[-1]
        if not self._take_back(step):
            return None
        self.at = self._number[step.question.id]
        return step

    def _take_back(self, step: Step) -> bool:
        if step.choice is None:
            self.skips.remove(step.question.id)
        elif step.recorded:
            if not self.recorder.take_back(step.recorded):
                return False
            for proposal in step.question.proposals:
                self.recorder.propose(proposal.decisions, proposal.path)
        self.steps.remove(step)
        return True

    def _restore(self, step: Step) -> None:
        """Write again what `_take_back` deleted."""
        if step.choice is None:
            self.skips.add(step.question.id)
        elif step.recorded:
            self.recorder.record(step.recorded.decisions)
            for proposal in step.question.proposals:
                self.recorder.drop_proposal(proposal.path, proposal.decisions)
        self.steps.append(step)

    def _measure(self, seconds: float | None) -> None:
        if seconds is not None:
            self.seconds.append(seconds)

    def _move_on(self, question: ReviewQuestion) -> None:
        number = self._number.get(question.id, self.at)
        self.at = self._next(number + 1 if number >= self.at else self.at)

    def _next(self, start: int) -> int:
        """Return the number of the first open question from `start` on, else the count of all questions."""
        is_open = self._open()
        return next((n for n in range(start, len(is_open)) if is_open[n]), len(is_open))

    def _open(self) -> list[bool]:
        """Return whether each question has no verdict so far, neither its own nor by verdicts on others."""
        answered = {step.question.id for step in self.steps}
        settled = Settled([d for step in self.steps if step.recorded for d in step.recorded.decisions])
        return [question.id not in answered and not settled.settles(question) for question in self.questions]
