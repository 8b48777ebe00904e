"""How similar a question is to the texts of a site, and from which similarity on a text probably asks the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.store import text_hash
from faq_builder.similarity.vectors import Vectors

# Measured with benchmarks/suggest.py on sites of 5 to 7,449 topics, with 10 % of the questions that have a topic below
# the bar: half of the similarity that different topics of a site have to each other raised the share of questions
# without a topic that stay below it from 54 to 64 % by meaning (on forums with one subject from 32 to 48 %), and from
# 43 to 47 % by words.
_SHARE_OF_NEAREST = 0.5
_SAMPLE = 100  # texts of a site whose nearest other topic is looked for; the median of 100 is off by some .01


@dataclass(frozen=True, kw_only=True)
class Matches:
    """How similar questions that somebody asks are to the texts of a site."""

    scores: NDArray[np.float64]  # shape (questions, texts)
    bar: float  # similarity from which a text probably asks the same as a question


def matches(vectors: Vectors, texts: Sequence[str], topics: Sequence[int], least: float) -> Matches:
    """Return the matches of questions; `vectors` are those of the questions and, behind them, those of `texts`.

    `topics` are the numbers of the texts' topics. The bar is `least` and more if the site's own topics are similar to
    each other: on a site about one subject a similar topic is often another question.
    """
    asked = len(vectors) - len(texts)
    rows = [vectors.similarities_to(number)[asked:] for number in range(asked)]
    owner, nearest = np.array(topics, dtype=np.int64), list[float]()
    for number in sorted(range(len(texts)), key=lambda number: (text_hash(texts[number]), number))[:_SAMPLE]:
        others = vectors.similarities_to(asked + number)[asked:][owner != owner[number]]
        nearest.append(max(0.0, float(others.max(initial=0.0))))
    bar = least + _SHARE_OF_NEAREST * float(np.median(nearest or [0.0]))
    return Matches(scores=np.array(rows).reshape(asked, len(texts)), bar=bar)
