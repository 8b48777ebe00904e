"""Which reply answers: a question for each topic that nobody answered for sure, with all replies that may be it."""

from collections.abc import Iterator, Mapping, Sequence

from faq_builder.answer.choose import choose_answers
from faq_builder.config import PublishLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import (
    Answer,
    DecisionKind,
    Grouping,
    Member,
    Message,
    PublicText,
    PublicThread,
    Role,
    ThreadKey,
    Topic,
    own_words,
)
from faq_builder.staff.review.passages import Passages
from faq_builder.staff.review.questions import (
    MOST_NUMBERS,
    NONE,
    Choice,
    Passage,
    QuestionKind,
    ReviewQuestion,
    Ruling,
)

_SHORTEST = 25  # characters of a reply without code or link; shorter ones ("me too", "any news") answer nothing

Reply = tuple[PublicThread, Message[PublicText]]


def reply_questions(
    grouping: Grouping, threads: Sequence[PublicThread], resolved: ResolvedDecisions, passages: Passages
) -> Iterator[ReviewQuestion]:
    """Yield a question for each topic whose answer a program guessed or cannot guess, if a reply may answer it."""
    likely, _ = choose_answers(threads, PublishLevel.ALL, resolved)
    guesses = {one.thread.key: one.answer for one in likely if one.answer}
    for topic in grouping.topics:
        if topic.written is None and not _is_sure(topic):
            question = _question(topic, guesses, resolved, passages)
            if question is not None:
                yield question


def _is_sure(topic: Topic) -> bool:
    main = next((m for m in topic.members if m.thread.key == topic.main), None)
    return bool(main and main.answer and main.answer.reason.is_sure)


def _question(
    topic: Topic, guesses: Mapping[ThreadKey, Answer], resolved: ResolvedDecisions, passages: Passages
) -> ReviewQuestion | None:
    """Return the question about one topic, None if it has no reply that a person could choose."""
    found = [(m, answer) for m in topic.members if (answer := m.answer or guesses.get(m.thread.key))]
    best = _best(topic, found)
    proposed = _reply(best) if best else None
    replies = list(_candidates(topic, resolved, proposed))
    if not replies:
        return None
    confidence = best[1].confidence if best else 0.0
    shown = topic.main_member or (best[0] if best else topic.members[0])
    numbered = [
        passages.reply(f"reply {number}", thread, message, number=number)
        for number, (thread, message) in enumerate(replies, 1)
    ]
    state = "Reply 1 is published, though nobody marked it." if topic.answered else "Nothing is published so far."
    return ReviewQuestion(
        kind=QuestionKind.ANSWER,
        question=f"Which reply answers the question? {state}",
        # a guess that is wrong would leave the page, one that is right would make a page
        value=topic.asked * ((1 - confidence) if topic.answered else confidence),
        score=confidence,
        passages=(passages.asked("question", topic, shown.thread), *numbered),
        choices=tuple(_choices(topic, replies, numbered, passages)),
        topics=(topic,),
        origin=_origin(best[1] if best else None),
    )


def _best(topic: Topic, found: Sequence[tuple[Member, Answer]]) -> tuple[Member, Answer] | None:
    """Return the answer that is published, else the most confident one."""
    main = next((row for row in found if row[0].thread.key == topic.main), None)
    return main or max(found, key=lambda row: row[1].confidence, default=None)


def _reply(best: tuple[Member, Answer]) -> Reply | None:
    member, answer = best
    message = member.thread.message(answer.messages[0])
    return (member.thread, message) if message else None


def _candidates(topic: Topic, resolved: ResolvedDecisions, proposed: Reply | None) -> Iterator[Reply]:
    """Yield the reply that the program would choose, then the others as they were written, nine in all.

    If there are more, those with votes and the latest ones stay.
    """
    others: list[Reply] = []
    for thread in (member.thread for member in topic.members):
        last = resolved.unanswered.get(thread.key)
        start = next((n for n, m in enumerate(thread.messages) if m.id == last), 0)
        others += [(thread, m) for m in thread.messages[start + 1 :] if _may_answer(m)]
    if proposed:
        others = [reply for reply in others if reply[1] is not proposed[1]]
        yield proposed
    room = MOST_NUMBERS - (proposed is not None)
    weights = [(reply[1].votes or 0, number) for number, reply in enumerate(others)]
    kept = {number for _, number in sorted(weights, reverse=True)[:room]}
    yield from (reply for number, reply in enumerate(others) if number in kept)


def _may_answer(message: Message[PublicText]) -> bool:
    """Whether a person may want to choose this reply: no bot's, no question in return, no "me too"."""
    words, body = own_words(message.body.value), message.body.value
    has_more = "`" in body or "](" in body or "://" in body
    is_question = words.rstrip(" )\"'*_").endswith("?")
    return message.role is not Role.BOT and not is_question and (len(words) >= _SHORTEST or has_more)


def _choices(
    topic: Topic, replies: Sequence[Reply], numbered: Sequence[Passage], passages: Passages
) -> Iterator[Choice]:
    """Yield a choice for each reply, "none of these" and "hide"."""
    for passage in numbered:
        answer = Ruling(kind=DecisionKind.ANSWER, references=(passage.reference,))
        words = f"reply {passage.number}" if len(numbered) > 1 else "it is the answer"
        yield Choice(key=str(passage.number), words=words, rulings=(answer,), because="it answers the question")
    threads = list({thread.key: thread for thread, _ in replies}.values())
    seen = tuple(passages.targets.name(thread, thread.messages[-1]) for thread in threads)
    yield Choice(
        key=NONE,
        words="none of these" if len(numbered) > 1 else "it is not",
        rulings=(Ruling(kind=DecisionKind.UNANSWERED, references=seen),),
        because="no reply so far answers the question",
    )
    keys = tuple(str(member.thread.key) for member in topic.members)
    yield Choice(
        key="h",
        words="hide the discussion",
        rulings=(Ruling(kind=DecisionKind.HIDE, references=keys),),
        because="not for the FAQ",
    )


def _origin(answer: Answer | None) -> str:
    if answer is None:
        return "The topic has replies, and nobody marked one of them as the answer."
    sure = f"about {round(100 * answer.confidence)} % of such choices are right"
    return f"Reply 1 comes first because of the rule `{answer.reason.value}`; {sure}. The others follow by date."
