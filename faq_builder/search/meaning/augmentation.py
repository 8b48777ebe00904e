"""Texts on which the student practises beside those of the site: parts of its own questions.

People ask in fewer words than a page, and leave out what it names. An encoder gives a vector to any text, so each part
of a question is one more example of what its words say without the others (measured in benchmarks/README.md).
"""

import random
from collections.abc import Sequence

EACH = 10  # parts of one text at most: a small site has too few texts of its own
MOST = 5_000  # parts in all; with two of each of 7,449 titles (and ridge 120) the search was a point worse than without
KEPT = 0.65  # of the words, where words are left out


def practice(texts: Sequence[str]) -> list[str]:
    """Parts of each text, and of two of them together; the same each time."""
    each = min(EACH, MOST // max(1, len(texts)))
    made: dict[str, None] = {}
    for text, after in zip(texts, [*texts[1:], *texts[:1]], strict=True):
        random_ = random.Random(text)
        words, others = text.split(), after.split()
        if len(words) > 1:
            made |= dict.fromkeys(" ".join(_part(words, others, random_)) for _ in range(each))
    return list(made)


def _part(words: Sequence[str], others: Sequence[str], random_: random.Random) -> Sequence[str]:
    kind = random_.randrange(3)
    if kind == 0:
        return [word for word in words if random_.random() < KEPT] or [random_.choice(words)]
    return _half(words, random_) if kind == 1 else [*_half(words, random_), *_half(others, random_)]


def _half(words: Sequence[str], random_: random.Random) -> Sequence[str]:
    """About half of the words, neighbours."""
    length = max(2, len(words) // 2 + random_.randint(-1, 1))
    start = random_.randint(0, max(0, len(words) - length))
    return words[start : start + length]
