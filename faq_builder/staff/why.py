"""Explain a topic: which threads are in it and why, which reply answers and why, what people decided."""

import html
from collections.abc import Iterator, Sequence

from faq_builder.config import PublishLevel
from faq_builder.decisions import Target, Targets
from faq_builder.model import Answer, Decision, Grouping, JoinedBy, Ledger, Member, Reason, ThreadKey, Topic
from faq_builder.render.labels import labels_for

_JOINED = {
    JoinedBy.FOUNDER: "asked first",
    JoinedBy.MEANING: "its wording is similar to the others",
    JoinedBy.SOURCE: "its source marks it as a duplicate",
    JoinedBy.LINK: "a reply links one to the other",
    JoinedBy.DECISION: "people decided it",
}
_REASONS = {
    Reason.DECISION: "people decided it",
    Reason.WRITTEN: "it is marked in a thread file that your team wrote",
    Reason.MARKED: "it is marked in the source",
    Reason.CONFIRMED: "staff confirmed it",
    Reason.THANKED: "the asker said thanks for it",
    Reason.STAFF: "staff wrote it",
    Reason.VOTES: "it has the most votes",
    Reason.REACTIONS: "it has the most reactions",
    Reason.MODEL: "several things speak for it",
    Reason.LAST_REPLY: "it is the last reply of substance",
}


def topics_of(place: Target, grouping: Grouping) -> tuple[Topic, ...]:
    """Return the topics that hold the threads of a target, by id."""
    keys = set(place.threads)
    return tuple(topic for topic in grouping.topics if any(m.thread.key in keys for m in topic.members))


def explain_topic(
    topic: Topic, grouping: Grouping, ledger: Ledger, decisions: Sequence[Decision], targets: Targets
) -> Iterator[str]:
    """Yield the lines of an explanation for people."""
    yield str(topic.question)
    yield f"  id {topic.id}, {_address(topic)}"
    row = ledger.by_id().get(topic.id)
    placed = set(row.members) if row else set()
    times = f"asked by {topic.asked} people" if topic.asked > 1 else "asked once"
    yield f"  {times}, in {', '.join(topic.places)}"
    yield ""
    yield "  threads"
    for member in topic.members:
        yield from _member(member, is_placed=member.thread.key in placed)
    yield ""
    yield "  answer"
    yield from _answer(topic)
    yield from _decisions(topic, decisions, targets)
    yield from _doubts(topic, grouping)


def explain_hidden(key: ThreadKey, decisions: Sequence[Decision], targets: Targets) -> Iterator[str]:
    """Yield lines about a hidden thread, which is in no topic."""
    yield f"{key} is hidden"
    yield from (f"  {_said(d)}" for d in decisions if key in _named(d, targets) and d.kind.value == "hide")


def _address(topic: Topic) -> str:
    if not topic.answered:
        return "no page yet: there is no answer"
    if topic.published is None:
        return f"/q/{topic.slug}/ (a preview: `faq lock` makes the URL permanent)"
    former = f", also from {', '.join(f'/q/{slug}/' for slug in topic.former_slugs)}" if topic.former_slugs else ""
    return f"/q/{topic.slug}/ since {topic.published}{former}"


def _member(member: Member, *, is_placed: bool) -> Iterator[str]:
    thread = member.thread
    yield f"    {thread.title}"
    yield f"      {thread.url or thread.key}" + (f"  ({thread.key})" if thread.url else "")
    likeness = f" ({member.score:.2f})" if member.score is not None else ""
    kept = "; the ledger keeps it here" if is_placed and member.joined_by is JoinedBy.MEANING else ""
    yield f"      here because {_JOINED[member.joined_by]}{likeness}{kept}"


def _answer(topic: Topic) -> Iterator[str]:
    if not topic.answers:
        levels = ", ".join(level.value for level in PublishLevel)
        yield f"    none that is sure enough (`publish:` may be {levels}); `faq review` shows replies that may answer"
    for number, (member, message) in enumerate(topic.answers):
        leading = "main: " if number == 0 else "also: "
        if message is topic.written:
            yield f"    {leading}content/topics/{topic.id}.md, which staff wrote for this page"
        elif member.answer is not None:
            sure = "" if member.answer.confidence == 1 else f", about {100 * member.answer.confidence:.0f} % sure"
            yield f"    {leading}{message.url or f'{member.thread.key}#{message.id}'}"
            yield f"      because {_because(member.answer)}{sure}"


def _because(answer: Answer) -> str:
    """Return why an answer was chosen; of a choice of the model, what spoke most for it, the strongest first."""
    if not answer.because:
        return _REASONS[answer.reason]
    return html.unescape(labels_for("en").because(answer.because).value)


def _decisions(topic: Topic, decisions: Sequence[Decision], targets: Targets) -> Iterator[str]:
    keys = {member.thread.key for member in topic.members}
    found = [decision for decision in decisions if keys & _named(decision, targets)]
    if found:
        yield ""
        yield "  decisions"
        yield from (f"    {_said(decision)}" for decision in found)


def _doubts(topic: Topic, grouping: Grouping) -> Iterator[str]:
    """Yield what a person should decide about the topic."""
    questions = {other.id: other for other in grouping.topics}
    close = [(s.score, i) for s in grouping.suggestions if topic.id in s.topics for i in s.topics if i != topic.id]
    corrections = [c for c in grouping.corrections if c.topic == topic.id]
    if close or corrections:
        yield ""
        yield "  open questions (`faq review`)"
    for correction in corrections:
        yield f"    {correction.thread}#{correction.message} is newer and says that the answer is no longer right"
    for score, other in close:
        yield f"    may be the same as {other} ({score:.2f}): {questions[other].question}"


def _named(decision: Decision, targets: Targets) -> set[ThreadKey]:
    """Return the keys of the threads that a decision names."""
    places = (targets.find(address) for address in decision.references)
    return {key for place in places if place is not None for key in place.threads}


def _said(decision: Decision) -> str:
    text = f" ({decision.text})" if decision.text else ""
    return f"{decision.where}: {decision.kind.value}{text}, because: {decision.reason}"
