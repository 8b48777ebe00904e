"""What programs propose: put to the question that it answers, or asked about by itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from faq_builder.decisions import Targets
from faq_builder.model import Decision, DecisionKind, PublicThread, ThreadKey
from faq_builder.staff.recording import content_of
from faq_builder.staff.review.passages import Passages
from faq_builder.staff.review.questions import (
    APPROVE,
    NONE,
    Choice,
    Passage,
    Proposal,
    QuestionKind,
    ReviewQuestion,
    Ruling,
)

Contents = set[tuple[DecisionKind, frozenset[str]]]


def with_proposals(
    questions: Sequence[ReviewQuestion],
    proposals: Sequence[Decision],
    made: Sequence[Decision],
    threads: Sequence[PublicThread],
    passages: Passages,
) -> Iterator[ReviewQuestion]:
    """Yield the questions with what programs propose, then a question for each proposal that answers none of them.

    A proposal that a person has made a decision since is not asked about.
    """
    decided = {content_of(decision) for decision in made}
    left = [decision for decision in proposals if content_of(decision) not in decided]
    files = dict.fromkeys(decision.where.path for decision in left)
    for question in questions:
        found: list[Proposal] = []
        for path in files:
            own = [decision for decision in left if decision.where.path == path]
            proposal = _answering(question, own, path)
            if proposal:
                found.append(proposal)
                left = [decision for decision in left if decision not in proposal.decisions]
        yield replace(question, proposals=tuple(found)) if found else question
    by_key = {thread.key: thread for thread in threads}
    yield from (_question(decision, by_key.get, passages) for decision in left)


def _answering(question: ReviewQuestion, own: Sequence[Decision], path: str) -> Proposal | None:
    """Return the verdict on a question that proposals of one program make together, None if they make none."""
    contents: Contents = {(d.kind, frozenset(d.references)) for d in own}
    numbered = {passage.reference: str(passage.number) for passage in question.numbers}
    keys = [choice.key for choice in question.choices]
    keys += [
        "".join(sorted(numbered[reference] for reference in d.references))
        for d in own
        if d.kind in (DecisionKind.SAME, DecisionKind.ANSWER) and numbered.keys() >= set(d.references)
    ]
    for key in keys:
        choice = question.choose(key)
        wanted: Contents = {(r.kind, frozenset(r.references)) for r in choice.rulings} if choice else set()
        if choice and wanted and wanted <= contents:
            decisions = tuple(d for d in own if (d.kind, frozenset(d.references)) in wanted)
            return Proposal(by=_program(path), why=decisions[0].reason, choice=choice, path=path, decisions=decisions)
    return None


def _question(
    decision: Decision, thread_of: Callable[[ThreadKey], PublicThread | None], passages: Passages
) -> ReviewQuestion:
    """Return the question whether a decision that a program proposes is right."""
    kind, path = decision.kind, decision.where.path
    texts = [text for text in (decision.text, decision.version, decision.instead) if text]
    shown = [Passage(head=f"proposed {kind.value}", title="; ".join(texts), text="", reference=path)] if texts else []
    for reference in decision.references:
        shown.append(_passage(reference, thread_of, passages))
    choice = Choice(
        key=APPROVE, words=kind.value, rulings=(Ruling(kind=kind, references=decision.references),), because=""
    )
    proposal = Proposal(by=_program(path), why=decision.reason, choice=choice, path=path, decisions=(decision,))
    return ReviewQuestion(
        kind=QuestionKind.PROPOSAL,
        question=f"Is this `{kind.value}` right?",
        value=0,
        score=0,
        passages=tuple(shown),
        choices=(Choice(key=NONE, words="no"),),
        origin=f"It is in {path}, which no build obeys.",
        proposals=(proposal,),
    )


def _passage(reference: str, thread_of: Callable[[ThreadKey], PublicThread | None], passages: Passages) -> Passage:
    """Return the passage of what a decision names; without a text if it is not here."""
    targets: Targets = passages.targets
    target = targets.find(reference)
    thread = thread_of(target.threads[0]) if target else None
    if target is None or thread is None:
        return Passage(head="not here", title=reference, text="", reference=reference)
    message = thread.message(target.message) if target.message else None
    return passages.reply(
        "message" if message else "discussion", thread, message or thread.question, thread.title.value
    )


def _program(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yml").removesuffix(".yaml")
