"""What the review page may do: show the session, give a verdict, skip, go back, take back. One request at a time."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from faq_builder.base.diagnostics import UsageError
from faq_builder.staff.review.questions import QuestionKind, ReviewQuestion
from faq_builder.staff.review.review_file import benefit_phrase, tag_setting
from faq_builder.staff.review.session import ReviewSession
from faq_builder.staff.review.side_by_side import Words, titles_of
from faq_builder.staff.review.verdicts import QuestionRecord, question_record

OTHER_WINDOW = "this question was answered in another window"


class ShownQuestion(QuestionRecord):
    """A question as the page shows it, on top of what `faq review --json` prints."""

    titles: list[Words]  # of each text: its words, and whether only this text has the word
    benefit: str
    compares: bool  # the numbers say which topics ask the same
    decided: str | None  # the verdict that this session gave before
    setting: str | None  # the line for mkdocs.yml, for tags


class State(TypedDict):
    """All that the page shows."""

    reviewer: str
    left: int
    minutes: int
    decided: int
    steps: int  # that can be taken back
    question: ShownQuestion | None
    problems: NotRequired[list[str]]  # why the last request was refused


class RefusedError(Exception):
    """A request that a page of ours does not make."""


@dataclass
class Desk:
    """A session that several windows share. What they ask for is done one after the other."""

    session: ReviewSession
    clock: Callable[[], float]  # seconds, from any start
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _since: float = field(init=False)  # when the question on the page was shown first
    _shown: str | None = None  # its id

    def __post_init__(self) -> None:
        self._since = self.clock()

    def state(self) -> State:
        """Return what the page shows now."""
        with self._lock:
            return self._state([])

    def act(self, action: str, body: Mapping[str, object]) -> State:
        """Carry out what the page asks for; raises RefusedError if it is nothing that a page asks for."""
        with self._lock:
            try:
                problems = self._act(action, body)
            except UsageError as error:
                problems = [finding.message for finding in error.diagnostics]
            return self._state(problems)

    def _act(self, action: str, body: Mapping[str, object]) -> list[str]:
        match action:
            case "verdict":
                return self._decide(body)
            case "skip":
                question = self._question(body)
                if self.session.step_of(question):
                    return [OTHER_WINDOW]
                self.session.skip(question, self._seconds(question))
            case "back":
                self.session.back()
            case "undo":
                had_steps = bool(self.session.steps)
                if self.session.undo() is None and had_steps:
                    return ["the decision was changed in its file since, and stays"]
            case _:
                raise RefusedError(action)
        return []

    def _decide(self, body: Mapping[str, object]) -> list[str]:
        """Give a verdict. `instead`: the page showed that the question has one, and this one replaces it."""
        question, keys, why = self._question(body), body.get("choice"), body.get("why", "")
        if not isinstance(keys, str) or not isinstance(why, str) or (choice := question.choose(keys)) is None:
            raise RefusedError(keys)
        if self.session.step_of(question) and body.get("instead") is not True:
            return [OTHER_WINDOW]
        objections = self.session.decide(question, choice, why, self._seconds(question))
        return [f"{objection.message}; {objection.help}" for objection in objections]

    def _question(self, body: Mapping[str, object]) -> ReviewQuestion:
        id_ = body.get("id")
        question = self.session.question(id_) if isinstance(id_, str) else None
        if question is None:
            raise RefusedError(id_)
        return question

    def _seconds(self, question: ReviewQuestion) -> float | None:
        return self.clock() - self._since if question.id == self._shown else None

    def _state(self, problems: list[str]) -> State:
        session, question = self.session, self.session.current
        if question is None or question.id != self._shown:
            self._shown, self._since = question.id if question else None, self.clock()
        state = State(
            reviewer=session.recorder.reviewer,
            left=session.left,
            minutes=session.minutes_left,
            decided=session.decided,
            steps=len(session.steps),
            question=self._shown_question(question) if question else None,
        )
        if problems:
            state["problems"] = problems
        return state

    def _shown_question(self, question: ReviewQuestion) -> ShownQuestion:
        step = self.session.step_of(question)
        decided = (step.choice.words if step.choice else "skipped") if step else None
        return ShownQuestion(
            **question_record(question, self.session.skips.of_others.get(question.id, ())),
            titles=list(titles_of(question)),
            benefit=benefit_phrase(question),
            compares=question.takes_several,
            decided=decided,
            setting=tag_setting(question) if question.kind is QuestionKind.TAG else None,
        )
