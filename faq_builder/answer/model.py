"""The answer model: which reply answers a thread if nobody said so, how likely that is right, and what speaks for it.

Two weighted sums. The first compares the possible answers of a thread with each other, as a conditional logit does:
the best sum is the choice. The second says how often such a choice is right, when the asker may have got no help at
all. The weights lie in `weights.py`, the meaning of each number in `features.py` and below.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.answer.conversation import Conversation
from faq_builder.answer.features import SourceHabits, reply_features
from faq_builder.answer.weights import CHOICE_WEIGHTS, REPLY_WEIGHTS
from faq_builder.model import Reason

# The least confidence that `publish: likely` accepts. Measured by cross-validation (`python -m benchmarks.answers`):
# the lowest at which at most 10 % of the judged threads in which no reply helped are published (9.0 %; 10.4 % at .84),
# while 54 % of the marked threads are, and 96 % of these are right.
LIKELY = 0.85

CHOICE_FEATURES = {
    "always": "1",
    "lead": "log odds that the reply is the best of the possible answers, -4 to 5",
    "sum": "the weighted sum of its numbers",
    "worked": "as for the reply",
    "before_good_word": "as for the reply",
    "by_asker": "1 if the asker wrote it",
    "asker_found": "1 if the asker wrote it and reports what solved the problem",
    "votes": "as for the reply",
    "has_question_mark": "1 if the title or the question has a question mark",
    "asker_is_silent": "1 if the asker wrote nothing but the question",
    "asker_waits": "1 if the asker's last message reacts to a reply without a good word",
    "messages": "logarithm of the number of messages in the thread",
    "candidates": "logarithm of the number of possible answers",
    "length": "as for the reply",
}

# Which numbers a reader would call a reason, and the reason under which they count; each has a sentence in the labels.
_SPEAKS = {
    "worked": "thanked",
    "worked_once": "thanked",
    "before_good_word": "thanked",
    "asker_replied": "asker-replied",
    "asker_found": "asker-found",
    "asker_found_with_thanks": "asker-found",
    "asker_names_fix": "asker-found",
    "says_done": "says-done",
    "first_reply": "first-reply",
    "last_reply": "last-reply",
    "votes": "votes",
    "votes_lead": "votes",
    "busy_author": "busy-author",
    "code_block": "code",
    "length": "detailed",
}
_MOST_REASONS = 3
_LEAST_SHARE = 0.2  # of the strongest reason; what speaks less is not named


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelChoice:
    """The reply that the model chose."""

    reply: int  # its number in the thread
    confidence: float  # 0 to 1, two decimals
    reason: Reason
    because: tuple[str, ...]  # what speaks for it, the strongest first: keys of the labels `because.*`


def choose_reply(talk: Conversation, habits: SourceHabits) -> ModelChoice | None:
    """Return the reply that most likely answers a thread; None if no message may be an answer."""
    if not talk.candidates:
        return None
    replies = reply_features(talk, habits)
    # Rounded, because the last digits of logarithms differ between machines, and the answer must not.
    sums = [round(_weighted(numbers, REPLY_WEIGHTS), 6) for numbers in replies]
    best = sums.index(max(sums))
    because = _because(replies, best)
    return ModelChoice(
        reply=talk.candidates[best],
        confidence=_confidence(choice_features(talk, replies, sums, best)),
        reason=_reason(because),
        because=because,
    )


def choice_features(
    talk: Conversation, replies: Sequence[Mapping[str, float]], sums: Sequence[float], best: int
) -> dict[str, float]:
    """Return the numbers of a choice, by the names of CHOICE_FEATURES; zeros may be missing."""
    chosen, thread = replies[best], talk.thread
    odds = -math.log(max(sum(math.exp(s - sums[best]) for i, s in enumerate(sums) if i != best), 1e-9))
    last_word = talk.last_word
    last = [r.tone for r in talk.reactions if r.at == last_word]
    numbers = {
        "always": 1.0,
        "lead": max(-4.0, min(5.0, odds)),
        "sum": sums[best],
        "by_asker": talk.by_asker[talk.candidates[best]],
        "asker_found": chosen.get("asker_found", 0) + chosen.get("asker_found_with_thanks", 0),
        "has_question_mark": "?" in thread.title.value or "?" in talk.words[0],
        "asker_is_silent": last_word == 0,
        "asker_waits": bool(last) and not last[-1].is_good,
        "messages": math.log(len(thread.messages)),
        "candidates": math.log(len(talk.candidates)),
    }
    same = {name: chosen.get(name, 0.0) for name in ("worked", "before_good_word", "votes", "length")}
    return {**{name: float(value) for name, value in numbers.items()}, **same}


def _weighted(numbers: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weight * numbers.get(name, 0.0) for name, weight in weights.items())


def _confidence(numbers: Mapping[str, float]) -> float:
    """Return how often such choices are right, by the logistic function; two decimals, as it was not measured finer."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, _weighted(numbers, CHOICE_WEIGHTS))))), 2)


def _because(replies: Sequence[Mapping[str, float]], best: int) -> tuple[str, ...]:
    """Return what speaks for a reply more than for the others of its thread, on average."""
    force: dict[str, float] = {}
    for name, reason in _SPEAKS.items():
        number = replies[best].get(name, 0.0)
        others = [numbers.get(name, 0.0) for i, numbers in enumerate(replies) if i != best]
        usual = sum(others) / len(others) if others else 0.0
        if number and _may_be_said(name, replies, best):
            force[reason] = force.get(reason, 0.0) + REPLY_WEIGHTS[name] * (number - usual)
    if "thanked" in force:
        force["thanked"] += force.pop("asker-replied", 0.0)  # the reply of the asker is the thanks
    ordered = sorted((reason for reason, f in force.items() if f > 0), key=lambda r: (-round(force[r], 6), r))
    named = [r for r in ordered[:_MOST_REASONS] if force[r] >= _LEAST_SHARE * force[ordered[0]]]
    return tuple("worked" if r == "thanked" and replies[best].get("worked") else r for r in named)


def _may_be_said(name: str, replies: Sequence[Mapping[str, float]], best: int) -> bool:
    """Whether the sentence about a number is true: only the longest reply is "the most detailed"."""
    return dict(_comparisons(replies, best)).get(name, True)


def _comparisons(replies: Sequence[Mapping[str, float]], best: int) -> Iterator[tuple[str, bool]]:
    rivals = [numbers for i, numbers in enumerate(replies) if i != best]
    yield "length", bool(rivals) and all(replies[best]["length"] > r["length"] for r in rivals)
    has_most = replies[best].get("votes", 0) > 0 and replies[best].get("votes_lead", 0) > 0
    yield "votes", has_most
    yield "votes_lead", has_most
    yield "busy_author", bool(rivals) and replies[best].get("busy_author", 0) == 0


def _reason(because: Sequence[str]) -> Reason:
    """Return the reason with a name of its own that speaks most for the reply, else MODEL."""
    strongest = because[0] if because else ""
    return {"worked": Reason.THANKED, "thanked": Reason.THANKED, "votes": Reason.VOTES}.get(strongest, Reason.MODEL)
