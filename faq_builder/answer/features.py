"""What the answer model looks at: a number for each property of a possible answer, and of a choice as a whole."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from faq_builder.answer import phrases
from faq_builder.answer.conversation import Conversation, Tone, is_by_asker
from faq_builder.model import PublicThread, ThreadKey

# What the numbers say. The model gives each a weight (`weights.py`), and names those that decided.
REPLY_FEATURES = {
    "worked": "1 if the asker's last reaction to the reply says that it worked",
    "worked_once": "1 if any reaction of the asker to the reply says that it worked",
    "asked_more": "1 if the asker's last reaction to the reply is a question",
    "no_good_word": "1 if a reaction of the asker to the reply is no success, thanks, doubt or question",
    "before_good_word": "1 for the last reply by others before the asker first says that it worked, or else thanks",
    "after_good_bye": "1 if the asker's last message is a good word, and the reply comes later",
    "asker_replied": "1 if a message of the asker replies to it directly",
    "asker_found": "1 if the asker wrote it, reports what solved the problem, and thanks nobody first",
    "asker_found_with_thanks": "1 if the asker wrote it, reports what solved the problem, and thanks somebody first",
    "asker_names_fix": "1 if the asker wrote it and it begins with a word like found, fixed or solution",
    "asker_ends": "1 if it is the asker's last message",
    "asker_thanks": "1 if the asker wrote it and it says thanks",
    "asker_failed": "1 if the asker wrote it and it says that something still fails",
    "asker_reacts": "1 if the asker wrote it and it is a good word about another reply",
    "says_done": "1 if it says that something is fixed or available now",
    "first_reply": "1 for the first possible answer that is not the asker's",
    "last_reply": "1 for the last possible answer that is not the asker's",
    "place": "logarithm of its number among the possible answers",
    "names_asker": "1 if it names the asker",
    "length": "logarithm of its length in characters",
    "length_without_votes": "the same, less that of the longest possible answer; 0 if the thread has votes",
    "votes": "logarithm of its votes",
    "votes_lead": "by how much that exceeds the best other possible answer, -2 to 2",
    "busy_author": "logarithm of the threads that its author helped in, less that of the busiest author here",
    "code_block": "1 if it has a block of code",
    "remark": "1 if the source keeps it below another reply, as a remark on it",
    "nested": "1 if it replies to a message other than the question, in a source without such remarks",
}

_MAX_DEEP = 0.01  # share of remarks on remarks that a source with remarks may show; some exports have slips


@dataclass(frozen=True, slots=True)
class SourceHabits:
    """What the threads of a source show together; no answer mark is looked at."""

    helped_in: Mapping[str, int] = field(default_factory=dict)  # author key -> threads of others that they replied in
    keeps_remarks: bool = False  # the source knows replies, and remarks on replies, but no remarks on remarks


def source_habits(threads: Iterable[PublicThread]) -> Mapping[str, SourceHabits]:
    """Return the habits of each source, by its key."""
    helped: dict[str, dict[str, set[ThreadKey]]] = defaultdict(lambda: defaultdict(set))
    nested: Counter[str] = Counter()  # messages that reply to another one than the question
    deep: Counter[str] = Counter()  # of these, messages that reply to a nested one
    for thread in threads:
        source, tops = thread.key.source, (None, thread.question.id)
        top_ids = {m.id for m in thread.messages if m.reply_to in tops}
        for message in thread.messages[1:]:
            if message.author and not is_by_asker(message, thread):
                helped[source][message.author.key].add(thread.key)
            if message.reply_to not in tops:
                nested[source] += 1
                deep[source] += message.reply_to not in top_ids
    return {
        source: SourceHabits(
            helped_in={author: len(keys) for author, keys in helped[source].items()},
            keeps_remarks=nested[source] > 0 and deep[source] <= _MAX_DEEP * nested[source],
        )
        for source in sorted(helped.keys() | nested.keys())
    }


def reply_features(talk: Conversation, habits: SourceHabits) -> list[dict[str, float]]:
    """Return the numbers of each possible answer, by the names of REPLY_FEATURES; zeros may be missing."""
    scene = _Scene(talk, habits)
    makers = (_asker_says, _by_asker, _position, _text, _votes, _standing)
    return [{name: float(value) for make in makers for name, value in make(scene, i)} for i in talk.candidates]


class _Scene:
    """What the possible answers of one thread are compared with."""

    def __init__(self, talk: Conversation, habits: SourceHabits) -> None:
        messages, candidates = talk.thread.messages, talk.candidates
        self.talk, self.messages, self.habits = talk, messages, habits
        self.others = [i for i in candidates if not talk.by_asker[i]]
        self.lengths = {i: math.log(20 + len(talk.words[i]) + 0.3 * len(messages[i].body.value)) for i in candidates}
        self.votes = {i: math.log1p(max(0, messages[i].votes or 0)) for i in candidates}
        self.best_votes = sorted(self.votes.values(), reverse=True)[:2]
        self.longest = max(self.lengths.values(), default=0.0)
        self.helped = {i: self._threads_helped(i) for i in candidates}
        self.busiest = max(self.helped.values(), default=0.0)
        self.place = {i: number for number, i in enumerate(candidates, 1)}
        self.tones: dict[int, list[Tone]] = defaultdict(list)  # of the asker's reactions to each message
        for reaction in talk.reactions:
            self.tones[reaction.to].append(reaction.tone)
        self.good = {r.at for r in talk.reactions if r.tone.is_good}
        worked = [r.at for r in talk.reactions if r.tone is Tone.WORKED]
        first_good = min(worked or self.good, default=0)
        self.last_word = talk.last_word
        self.before_good_word = max((i for i in self.others if i < first_good), default=0)
        self.asker_replied_to = {m.reply_to for m, asker in zip(messages, talk.by_asker, strict=True) if asker}
        comments = [bool(m.url and "#comment" in m.url.value) for m in messages[1:]]
        self.has_comments = any(comments) and not all(comments)
        asker = talk.thread.question.author
        self.asker_name = asker.name.value.lower() if asker and asker.name and len(asker.name.value) > 2 else None

    def _threads_helped(self, i: int) -> float:
        author = self.messages[i].author
        count = self.habits.helped_in.get(author.key, 1) if author and not self.talk.by_asker[i] else 1
        return math.log(max(1, count))


Numbers = Iterable[tuple[str, float]]


def _asker_says(scene: _Scene, i: int) -> Numbers:
    if tones := scene.tones.get(i):
        yield "worked", tones[-1] is Tone.WORKED
        yield "asked_more", tones[-1] is Tone.ASKS
        yield "worked_once", Tone.WORKED in tones
        yield "no_good_word", Tone.OTHER in tones
    yield "before_good_word", i == scene.before_good_word
    yield "after_good_bye", i > scene.last_word and scene.last_word in scene.good
    yield "asker_replied", scene.messages[i].id in scene.asker_replied_to


def _by_asker(scene: _Scene, i: int) -> Numbers:
    if scene.talk.by_asker[i]:
        words = scene.talk.words[i]
        found, thanks_first = phrases.SAYS_FOUND.search(words), phrases.SAYS_THANKS.search(words[:200])
        yield "asker_found", bool(found) and not thanks_first
        yield "asker_found_with_thanks", bool(found and thanks_first)
        yield "asker_names_fix", bool(phrases.NAMES_FIX.search(words[:300]))
        yield "asker_ends", i == scene.last_word
        yield "asker_thanks", bool(phrases.SAYS_THANKS.search(words))
        yield "asker_failed", bool(phrases.SAYS_FAILED.search(words))
        yield "asker_reacts", i in scene.good


def _position(scene: _Scene, i: int) -> Numbers:
    if scene.others:
        yield "first_reply", i == scene.others[0]
        yield "last_reply", i == scene.others[-1]
    yield "place", math.log(scene.place[i])


def _text(scene: _Scene, i: int) -> Numbers:
    body = scene.messages[i].body.value
    yield "says_done", bool(phrases.SAYS_DONE.search(scene.talk.words[i]))
    yield "length", scene.lengths[i]
    if not any(scene.best_votes):
        yield "length_without_votes", scene.lengths[i] - scene.longest
    yield "code_block", "```" in body
    name = scene.asker_name
    yield "names_asker", name is not None and not scene.talk.by_asker[i] and name in body.lower()


def _votes(scene: _Scene, i: int) -> Numbers:
    if any(scene.best_votes):
        yield "votes", scene.votes[i]
        best, second = (*scene.best_votes, 0.0)[:2]
        rival = second if scene.votes[i] == best else best
        yield "votes_lead", max(-2, min(2, scene.votes[i] - rival))


def _standing(scene: _Scene, i: int) -> Numbers:
    message = scene.messages[i]
    is_nested = message.reply_to not in (None, scene.talk.thread.question.id)
    is_comment = scene.has_comments and message.url is not None and "#comment" in message.url.value
    yield "remark", is_comment or (is_nested and scene.habits.keeps_remarks)
    yield "nested", is_nested and not is_comment and not scene.habits.keeps_remarks
    yield "busy_author", scene.helped[i] - scene.busiest
