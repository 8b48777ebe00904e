"""A group of threads -> what its topic says: question, wordings, main answer, tags, and why each thread is in it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.decisions import Rulings
from faq_builder.group.wording import clearest, distinct, wording
from faq_builder.model import (
    Answer,
    JoinedBy,
    LedgerRow,
    Member,
    Message,
    Note,
    PublicText,
    PublicThread,
    ThreadKey,
    answer_order,
    asked_order,
    topic_id,
)


@dataclass(frozen=True, kw_only=True)
class Closeness:
    """How close each thread is to the others of its topic, by wording."""

    best: Mapping[ThreadKey, float]  # to the closest of them
    total: Mapping[ThreadKey, float]  # to all of them, summed up


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A topic before it has an address; the published topics that it carries on, the oldest first."""

    members: tuple[Member, ...]
    question: PublicText
    main: ThreadKey | None
    written: Message[PublicText] | None = None  # what staff wrote for the topic
    rows: tuple[LedgerRow, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the topic has an answer and thus a page."""
        return self.main is not None or self.written is not None


def make_members(
    threads: Sequence[PublicThread],
    answers: Mapping[ThreadKey, Answer | None],
    joined: "Joined",
    closeness: Closeness,
) -> tuple[Member, ...]:
    """The threads of a topic, the first asked first, each with the reason why it is there."""
    keys = {thread.key for thread in threads}
    founder, *others = sorted(threads, key=asked_order)
    members = [Member(thread=founder, answer=answers[founder.key], joined_by=JoinedBy.FOUNDER)]
    for thread in others:
        why = joined.why(thread.key, keys)
        score = round(closeness.best[thread.key], 4) if thread.key in closeness.best else None
        members.append(
            Member(
                thread=thread,
                answer=answers[thread.key],
                joined_by=why,
                score=score if why is JoinedBy.MEANING else None,
            )
        )
    return tuple(members)


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Who was put together with whom, by decisions, by sources and by replies that lead there."""

    decided: Mapping[ThreadKey, Collection[ThreadKey]]
    declared: Mapping[ThreadKey, Collection[ThreadKey]]
    led: Mapping[ThreadKey, Collection[ThreadKey]]

    @classmethod
    def of(
        cls,
        rulings: Rulings,
        duplicates: Iterable[tuple[ThreadKey, ThreadKey]],
        links: Iterable[tuple[ThreadKey, ThreadKey]],
    ) -> "Joined":
        """From decisions, declared duplicates and guideposts, in both directions."""
        decided = (pair for keys in rulings.same for pair in combinations(keys, 2))
        return cls(decided=_both_ways(decided), declared=_both_ways(duplicates), led=_both_ways(links))

    def why(self, key: ThreadKey, topic: Collection[ThreadKey]) -> JoinedBy:
        """Why a thread is in a topic that it did not found."""
        if any(other in topic for other in self.decided.get(key, ())):
            return JoinedBy.DECISION
        if any(other in topic for other in self.declared.get(key, ())):
            return JoinedBy.SOURCE
        if any(other in topic for other in self.led.get(key, ())):
            return JoinedBy.LINK
        return JoinedBy.MEANING


def _both_ways(pairs: Iterable[tuple[ThreadKey, ThreadKey]]) -> Mapping[ThreadKey, Collection[ThreadKey]]:
    found: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def choose_question(
    members: Sequence[Member], rulings: Rulings, closeness: Closeness
) -> tuple[PublicText, Diagnostic | None]:
    """What the topic asks: as people decided, else in its clearest wording. Two different decisions are a finding."""
    decided = {rulings.titles[m.thread.key]: m.thread.key for m in reversed(members) if m.thread.key in rulings.titles}
    if len(decided) == 1:
        return next(iter(decided)), None
    question = clearest([m.thread for m in members], closeness.total)
    if not decided:
        return question, None
    places = sorted((rulings.titled_at[key] for key in decided.values() if key in rulings.titled_at), key=str)
    finding = Diagnostic(
        code="FAQ603",
        where=places[-1],
        message=f"this `title` contradicts the `title` at {places[0]}: their threads are one topic",
        help="delete one of them; until then none of them is obeyed",
    )
    return question, finding


def wordings(question: PublicText, members: Sequence[Member]) -> tuple[PublicText, ...]:
    """Every different wording, the question first, then as they were asked."""
    said = dict.fromkeys((question, *(wording(member.thread) for member in members)))
    return (len(said) > 1 and distinct(said)) or (question,)


def main_answer(members: Sequence[Member]) -> ThreadKey | None:
    """The member whose answer leads."""
    answered = [m for m in members if m.answer and m.thread.message(m.answer.messages[0])]
    if len(answered) > 1:
        answered.sort(key=lambda m: answer_order(m.thread, m.answer))
    return answered[0].thread.key if answered else None


def written_answer(
    members: Sequence[Member], rows: Sequence[LedgerRow], rulings: Rulings
) -> Message[PublicText] | None:
    """What staff wrote for a topic: for the address that it has or, where it has none yet, for its founder's."""
    if not rulings.written:
        return None
    ids = [row.id for row in rows] or [topic_id(members[0].thread.key)]
    return next((rulings.written[i] for i in ids if i in rulings.written), None)


def tags(members: Sequence[Member]) -> tuple[PublicText, ...]:
    """The tags of all threads, the most frequent first; spellings that differ in case are one."""
    spellings: defaultdict[str, Counter[PublicText]] = defaultdict(Counter)
    for member in members:
        for folded, tag in {tag.value.casefold(): tag for tag in sorted(member.thread.tags)}.items():
            spellings[folded][tag] += 1
    ordered = sorted(spellings.items(), key=lambda item: (-item[1].total(), item[0]))
    return tuple(min(found, key=lambda tag: (-found[tag], tag)) for folded, found in ordered if folded)


def notes(members: Sequence[Member], rulings: Rulings) -> tuple[Note, ...]:
    """The banners that people put on any of the threads, each once."""
    return tuple(dict.fromkeys(note for m in members for note in rulings.notes.get(m.thread.key, ())))
