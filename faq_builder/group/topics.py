"""A group of threads -> the parts of its topic: question, wordings, main answer, tags, and why each thread is in it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group.wording import clearest_wording, distinct_wordings, thread_wording
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
    """The similarity of each thread's wording to the other threads of its topic; unlike threads are left out."""

    best: Mapping[ThreadKey, float]  # to the most similar of them, 0 to 1
    total: Mapping[ThreadKey, float]  # sum over all of them


@dataclass(frozen=True, kw_only=True)
class TopicDraft:
    """A topic before it has an id and a slug."""

    members: tuple[Member, ...]
    question: PublicText
    main: ThreadKey | None  # the thread whose answer comes first
    written: Message[PublicText] | None = None  # the answer that staff wrote for the topic
    rows: tuple[LedgerRow, ...] = ()  # the published topics that it continues, the oldest first

    @property
    def answered(self) -> bool:
        """Whether the topic has an answer and thus a page."""
        return self.main is not None or self.written is not None


def make_members(
    threads: Sequence[PublicThread],
    answers: Mapping[ThreadKey, Answer | None],
    reasons: "JoinReasons",
    closeness: Closeness,
) -> tuple[Member, ...]:
    """Return the threads of a topic in the order in which they were asked, each with the reason why it is there."""
    keys = {thread.key for thread in threads}
    founder, *others = sorted(threads, key=asked_order)
    members = [Member(thread=founder, answer=answers[founder.key], joined_by=JoinedBy.FOUNDER)]
    for thread in others:
        why = reasons.reason_for(thread.key, keys)
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
class JoinReasons:
    """The threads that each thread was joined with, by decisions, by duplicate marks and by guideposts."""

    decided: Mapping[ThreadKey, Collection[ThreadKey]]  # by `same` decisions
    declared: Mapping[ThreadKey, Collection[ThreadKey]]  # by duplicate marks of sources
    linked: Mapping[ThreadKey, Collection[ThreadKey]]  # by guideposts

    @classmethod
    def collect(
        cls,
        resolved: ResolvedDecisions,
        duplicates: Iterable[tuple[ThreadKey, ThreadKey]],
        links: Iterable[tuple[ThreadKey, ThreadKey]],
    ) -> "JoinReasons":
        """Return the reasons that decisions, duplicate marks and guideposts give, in both directions of each pair."""
        decided = (pair for keys in resolved.same for pair in combinations(keys, 2))
        return cls(decided=_neighbours(decided), declared=_neighbours(duplicates), linked=_neighbours(links))

    def reason_for(self, key: ThreadKey, topic: Collection[ThreadKey]) -> JoinedBy:
        """Return why a thread is in a topic that it did not found: the strongest reason that applies."""
        if any(other in topic for other in self.decided.get(key, ())):
            return JoinedBy.DECISION
        if any(other in topic for other in self.declared.get(key, ())):
            return JoinedBy.SOURCE
        if any(other in topic for other in self.linked.get(key, ())):
            return JoinedBy.LINK
        return JoinedBy.MEANING


def _neighbours(pairs: Iterable[tuple[ThreadKey, ThreadKey]]) -> Mapping[ThreadKey, Collection[ThreadKey]]:
    """Return, by thread, the threads it is paired with."""
    found: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def choose_question(
    members: Sequence[Member], lead: ThreadKey | None, resolved: ResolvedDecisions, closeness: Closeness
) -> tuple[PublicText, Diagnostic | None]:
    """Return the question of a topic: the decided title, else the wording that the leading answer replies to.

    `lead` is the thread of that answer. Without it (nobody answered, or staff wrote an answer for the topic), the
    clearest wording is the question. Two titles are a finding.
    """
    titles = resolved.titles
    decided = {titles[m.thread.key]: m.thread.key for m in reversed(members) if m.thread.key in titles}
    if len(decided) == 1:
        return next(iter(decided)), None
    leading = [m.thread for m in members if m.thread.key == lead]
    question = clearest_wording(leading or [m.thread for m in members], closeness.total)
    return question, _contradicting_titles(decided.values(), resolved) if decided else None


def _contradicting_titles(threads: Collection[ThreadKey], resolved: ResolvedDecisions) -> Diagnostic:
    titled_at = resolved.titled_at
    locations = sorted((titled_at[key] for key in threads if key in titled_at), key=str)
    return Diagnostic(
        code="FAQ603",
        where=locations[-1],
        message=f"this `title` contradicts the `title` at {locations[0]}: their threads are in one topic",
        help="delete one of these decisions; none of them takes effect until then",
    )


def topic_wordings(question: PublicText, members: Sequence[Member]) -> tuple[PublicText, ...]:
    """Return every different wording: the question first, then the others in the order in which they were asked."""
    wordings = dict.fromkeys((question, *(thread_wording(member.thread) for member in members)))
    return (len(wordings) > 1 and distinct_wordings(wordings)) or (question,)


def main_thread(members: Sequence[Member]) -> ThreadKey | None:
    """Return the thread with the strongest answer, which comes first on the topic's page.

    None if no thread has an answer.
    """
    answered = [m for m in members if m.answer and m.thread.message(m.answer.messages[0])]
    if len(answered) > 1:
        answered.sort(key=lambda m: answer_order(m.thread, m.answer))
    return answered[0].thread.key if answered else None


def written_answer(
    members: Sequence[Member], rows: Sequence[LedgerRow], resolved: ResolvedDecisions
) -> Message[PublicText] | None:
    """Return the answer that staff wrote for the topic's id; for a new topic, the id that its founder will give it."""
    if not resolved.written:
        return None
    ids = [row.id for row in rows] or [topic_id(members[0].thread.key)]
    return next((resolved.written[i] for i in ids if i in resolved.written), None)


def topic_tags(members: Sequence[Member]) -> tuple[PublicText, ...]:
    """Return the tags of all threads, the most frequent first; spellings that differ only in case are one tag."""
    spellings: defaultdict[str, Counter[PublicText]] = defaultdict(Counter)
    for member in members:
        for folded, tag in {tag.value.casefold(): tag for tag in sorted(member.thread.tags)}.items():
            spellings[folded][tag] += 1
    ordered = sorted(spellings.items(), key=lambda item: (-item[1].total(), item[0]))
    return tuple(min(found, key=lambda tag: (-found[tag], tag)) for folded, found in ordered if folded)


def topic_notes(members: Sequence[Member], resolved: ResolvedDecisions) -> tuple[Note, ...]:
    """Return the banners that people put on any of the threads, each once."""
    return tuple(dict.fromkeys(note for m in members for note in resolved.notes.get(m.thread.key, ())))
