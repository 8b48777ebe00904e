"""Data augmentation: parts of the site's own questions, on which the distilled student is trained as well.

People ask in fewer words than a page has, and leave out what the page names. An encoder gives any text a vector, so
each part of a question is one more example of what its words mean without the others (measured in
benchmarks/README.md).
"""

import random
from collections.abc import Sequence

MAX_PARTS_PER_TEXT = 10  # several, since a small site has too few texts of its own
MAX_PARTS = 5_000  # with two parts of each of 7,449 titles (and ridge 120) the search was a point worse than without
SHARE_OF_WORDS_KEPT = 0.65  # in a part from which words are left out


def question_parts(texts: Sequence[str]) -> list[str]:
    """Return parts of each text, and parts joined with a part of the next text; the same texts give the same parts.

    Parts of "my widget broke in the rain": "widget broke the rain" (words left out), "broke in the" (about half),
    "in the rain where do I" (halves of two texts).
    """
    each = min(MAX_PARTS_PER_TEXT, MAX_PARTS // max(1, len(texts)))
    made: dict[str, None] = {}
    for text, after in zip(texts, [*texts[1:], *texts[:1]], strict=True):
        random_ = random.Random(text)
        words, others = text.split(), after.split()
        if len(words) > 1:
            made |= dict.fromkeys(" ".join(_random_part(words, others, random_)) for _ in range(each))
    return list(made)


def _random_part(words: Sequence[str], others: Sequence[str], random_: random.Random) -> Sequence[str]:
    """Return one of three kinds of part at random: some words, about half of them, or halves of both texts."""
    kind = random_.randrange(3)
    if kind == 0:
        return [word for word in words if random_.random() < SHARE_OF_WORDS_KEPT] or [random_.choice(words)]
    return (
        _random_half(words, random_) if kind == 1 else [*_random_half(words, random_), *_random_half(others, random_)]
    )


def _random_half(words: Sequence[str], random_: random.Random) -> Sequence[str]:
    """Return about half of the words, neighbours of each other."""
    length = max(2, len(words) // 2 + random_.randint(-1, 1))
    start = random_.randint(0, max(0, len(words) - length))
    return words[start : start + length]
