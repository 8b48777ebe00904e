"""What threads ask, in texts that an engine compares, and which pairs of them the machine may put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from faq_builder.config import GroupRules
from faq_builder.group.wording import compared_text, says_something, wording
from faq_builder.model import PublicThread
from faq_builder.similar import Bands, Compared, Keys, Lexical, Pairs, Similarity, language

_NEAREST = 10  # less similar texts that are looked at for each


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one thread asks."""

    title: str
    text: str  # the title and the beginning of the question
    language: str  # two letters

    @classmethod
    def of(cls, thread: PublicThread, site_language: str) -> "Asked":
        """As the thread says, or its source; else the language is detected, else it is that of the site."""
        text = compared_text(thread.title.value, thread.question.body.value)
        spoken = thread.language or language(text) or site_language
        return cls(title=wording(thread).value, text=text, language=spoken.casefold().partition("-")[0])


def bands_of(rules: GroupRules, engine: Similarity) -> Bands:
    """When texts are merged and when suggested: as the engine was measured, or with numbers of the site's own."""
    bands = engine.bands(rules.merge if isinstance(rules.merge, str) else "balanced")
    if not isinstance(rules.merge, str):
        share = bands.keys.mean / bands.keys.first
        bands = replace(bands, keys=Keys(mean=share * rules.merge, first=rules.merge, further=rules.merge))
    return bands if rules.suggest is None else replace(bands, suggest=rules.suggest)


def compare(asked: Sequence[Asked], engine: Similarity, bands: Bands, related: float) -> Compared:
    """The pairs of one language that the engine reads; keys are only such as say something."""
    read = [engine.reads(one.text, one.language) for one in asked]
    compared = engine.compare(
        [one.title if seen else "" for one, seen in zip(asked, read, strict=True)],
        [one.text if seen else "" for one, seen in zip(asked, read, strict=True)],
        least=bands.keys.least,
        near=related,
        most=_NEAREST,
    )
    seen, spoken = np.array(read, dtype=bool), _codes(asked)
    telling = seen & np.array([says_something(one.text) for one in asked], dtype=bool)
    return replace(compared, keys=_within(compared.keys, spoken, telling), near=_within(compared.near, spoken, seen))


def unread_pairs(asked: Sequence[Asked], engine: Similarity, rules: GroupRules) -> Pairs:
    """Pairs of one language that the engine does not read, as far as their words are alike: only to be suggested."""
    unread = np.array([not engine.reads(one.text, one.language) for one in asked], dtype=bool)
    if not unread.any():
        return Pairs.of([])
    words = Lexical()
    suggest = words.bands(rules.merge if isinstance(rules.merge, str) else "balanced").suggest
    texts = [one.text if alone else "" for one, alone in zip(asked, unread.tolist(), strict=True)]
    return _within(words.vectors(texts).pairs(suggest), _codes(asked), unread)


def _within(pairs: Pairs, spoken: NDArray[np.int64], wanted: NDArray[np.bool_]) -> Pairs:
    """The pairs in one language of which both are wanted."""
    same = spoken[pairs.left] == spoken[pairs.right]
    return pairs.where(same & wanted[pairs.left] & wanted[pairs.right])


def _codes(asked: Sequence[Asked]) -> NDArray[np.int64]:
    numbers = {name: number for number, name in enumerate(sorted({one.language for one in asked}))}
    return np.array([numbers[one.language] for one in asked], dtype=np.int64)
