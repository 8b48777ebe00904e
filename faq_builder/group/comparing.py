"""What threads ask, in texts that an engine compares, and which pairs of them the machine may put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from faq_builder.config import GroupRules
from faq_builder.group.wording import compared_text, says_something, wording
from faq_builder.model import PublicThread, primary_language
from faq_builder.similarity import (
    Comparison,
    Constraints,
    Difference,
    Groups,
    LexicalEngine,
    LinkageThresholds,
    Pairs,
    SimilarityEngine,
    Thresholds,
    average_linkage,
    find_difference,
    language_of,
)

SUGGESTED = 5  # topics that one topic is suggested to be the same as, at most
RELATED_SHARE = 0.6  # of the similarity from which topics are suggested to be one, related ones must reach this share
_LEAST = 0.05  # below this everything is alike, whatever the settings say
_NEVER = 10.0  # times any key: nothing is so much alike
_NEAREST = 10  # less similar texts that are looked at for each
Both = tuple[int, int]
Differ = Callable[[str, str, Sequence[str]], Difference | None]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one thread asks."""

    title: str
    text: str  # the title and the beginning of the question
    language: str  # as it is given: "de-AT"

    @property
    def code(self) -> str:
        """Its language, whatever the region: "de"."""
        return primary_language(self.language)

    @classmethod
    def of(cls, thread: PublicThread, site_language: str) -> "Asked":
        """Its wording, and its language: as it says, or its source; else as its words tell, else that of the site."""
        text = compared_text(thread.title.value, thread.question.body.value)
        spoken = thread.language or language_of(text) or site_language
        return cls(title=wording(thread).value, text=text, language=spoken)


def bands_of(rules: GroupRules, engine: SimilarityEngine) -> Thresholds:
    """When texts are merged and when suggested: as the engine was measured, or with numbers of the site's own."""
    bands = engine.thresholds(rules.merge if isinstance(rules.merge, str) else "balanced")
    if not isinstance(rules.merge, str):
        part = rules.merge / bands.merge.single_pair if rules.merge < 1 else _NEVER
        keys = LinkageThresholds(
            mean=part * bands.merge.mean,
            single_pair=part * bands.merge.single_pair,
            group_pair=part * bands.merge.group_pair,
        )
        bands = replace(bands, merge=keys)
    return bands if rules.suggest is None else replace(bands, suggest=rules.suggest)


def put_together(
    asked: Sequence[Asked],
    engine: SimilarityEngine,
    rules: GroupRules,
    constraints: Constraints | None = None,
    *,
    differ: Differ = find_difference,
) -> "Together":
    """What the machine merges and what it suggests, within what people and records say."""
    bands, limits = bands_of(rules, engine), constraints or Constraints()
    related = max(RELATED_SHARE * bands.suggest, _LEAST)
    read = np.array([engine.supports(one.text, one.code) for one in asked], dtype=bool)
    compared = _compared(asked, engine, read, bands, related)
    keys = _unplaced(compared.merge_pairs, limits, len(asked))
    keys, unlike = _without_lookalikes(keys, asked, lambda one, other: differ(one, other, rules.products))
    groups = average_linkage(compared.vectors, keys, bands.merge, replace(limits, apart={*limits.apart, *unlike}))
    place = {vector: number for number, members in enumerate(groups.members) for vector in members}
    apart = frozenset((min(pair), max(pair)) for one, other in limits.apart if (pair := (place[one], place[other])))
    near = groups.similar_by_mean(compared.near_pairs, related)
    unread = groups.similar_by_best_pair(_unread_pairs(asked, ~read, rules))
    asking = Pairs.of(sorted([*near.where(near.score >= bands.suggest).rows(), *unread.rows()]))
    return Together(
        groups=groups,
        pairs=compared.near_pairs,
        near=near,
        suggested=groups.suggestions(asking, SUGGESTED, apart),
        apart=apart,
    )


@dataclass(frozen=True, kw_only=True)
class Together:
    """Texts in groups, and what is known about their wordings. Groups are named by their place in `groups.members`."""

    groups: Groups
    pairs: Pairs  # of texts, as far as they are alike
    near: Pairs  # of groups, by mean similarity, from what makes them related
    suggested: Pairs  # of groups that may be one
    apart: frozenset[tuple[int, int]]  # pairs of groups that people keep apart


def _compared(
    asked: Sequence[Asked], engine: SimilarityEngine, read: NDArray[np.bool_], bands: Thresholds, related: float
) -> Comparison:
    """The pairs of one language that the engine reads; keys are only such as say something."""
    compared = engine.compare(
        [one.title if seen else "" for one, seen in zip(asked, read.tolist(), strict=True)],
        [one.text if seen else "" for one, seen in zip(asked, read.tolist(), strict=True)],
        least=bands.merge.lowest_pair,
        near=related,
        most=_NEAREST,
    )
    codes = _codes(asked)
    telling = read & np.array([says_something(one.text) for one in asked], dtype=bool)
    return replace(
        compared,
        merge_pairs=_within(compared.merge_pairs, codes, telling),
        near_pairs=_within(compared.near_pairs, codes, read),
    )


def _unplaced(keys: Pairs, limits: Constraints, texts: int) -> Pairs:
    """The keys of which one text at least is new: those between published topics can merge nothing."""
    placed = np.zeros(texts, dtype=bool)
    placed[[i for group in limits.fixed for i in group]] = True
    return keys.where(~(placed[keys.left] & placed[keys.right]))


def _without_lookalikes(
    keys: Pairs, asked: Sequence[Asked], differ: Callable[[str, str], Difference | None]
) -> tuple[Pairs, list[Both]]:
    """The keys whose wordings do not contradict each other, and the pairs that certainly ask different things."""
    found = [differ(asked[one].title, asked[other].title) for one, other, _ in keys.rows()]
    unlike = [
        (one, other) for (one, other, _), unlike in zip(keys.rows(), found, strict=True) if unlike and unlike.certain
    ]
    return keys.where(np.array([unlike is None for unlike in found], dtype=bool)), unlike


def _unread_pairs(asked: Sequence[Asked], unread: NDArray[np.bool_], rules: GroupRules) -> Pairs:
    """Pairs of one language that the engine does not read, as far as their words are alike: only to be suggested."""
    if not unread.any():
        return Pairs.of([])
    words = LexicalEngine()
    suggest = words.thresholds(rules.merge if isinstance(rules.merge, str) else "balanced").suggest
    number = np.flatnonzero(unread)
    pairs = words.vectors([asked[i].text for i in number.tolist()]).pairs(suggest)
    return _within(Pairs(left=number[pairs.left], right=number[pairs.right], score=pairs.score), _codes(asked), unread)


def _within(pairs: Pairs, codes: NDArray[np.int64], wanted: NDArray[np.bool_]) -> Pairs:
    """The pairs in one language of which both are wanted."""
    same = codes[pairs.left] == codes[pairs.right]
    return pairs.where(same & wanted[pairs.left] & wanted[pairs.right])


def _codes(asked: Sequence[Asked]) -> NDArray[np.int64]:
    speaking = {one.language: one for one in asked}  # few languages, many texts
    codes = sorted({one.code for one in speaking.values()})
    number = {spoken: codes.index(one.code) for spoken, one in speaking.items()}
    return np.array([number[one.language] for one in asked], dtype=np.int64)
