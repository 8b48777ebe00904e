"""How crowded the place of each topic is: how near the questions of other topics are to it.

A topic in the midst of many is near to most queries, whatever they ask (Radovanovic et al., Hubs in Space, JMLR 2010).
So the search subtracts a share of this from the nearness of a topic, as cross-domain similarity local scaling does
(Conneau et al., Word Translation Without Parallel Data, ICLR 2018).
"""

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.distillation import unit_rows
from faq_builder.search.meaning.quantisation import Small

CROWD_UNIT = 1 / 256  # cosine
NEIGHBOURS = 10
MOST_ASKED = 10_000  # questions that are looked at, evenly spread; more would cost minutes at 100,000 topics
_BLOCK = 1_000  # topics at a time: some 40 MB


def crowds(topics: Small, asked: NDArray[np.int64]) -> NDArray[np.int8]:
    """For each topic the mean cosine of the nearest questions of others beside the average topic's, in CROWD_UNIT.

    `asked` has what the student makes of the question of each topic.
    """
    chosen = np.unique(np.linspace(0, len(asked) - 1, min(len(asked), MOST_ASKED)).astype(np.int64))
    neighbours = min(NEIGHBOURS, len(chosen) - 1)
    if neighbours < 1:
        return np.zeros(len(topics), dtype=np.int8)
    questions = unit_rows(asked[chosen].astype(np.float32))
    found = [
        _crowded(topics[at : at + _BLOCK], chosen - at, questions, neighbours) for at in range(0, len(topics), _BLOCK)
    ]
    means = np.concatenate(found)
    whole: NDArray[np.int8] = np.clip(np.rint((means - means.mean()) / CROWD_UNIT), -127, 127).astype(np.int8)
    return whole


def _crowded(
    topics: Small, chosen: NDArray[np.int64], questions: NDArray[np.float32], neighbours: int
) -> NDArray[np.float32]:
    near = questions @ unit_rows(topics.astype(np.float32)).T
    own = np.flatnonzero((chosen >= 0) & (chosen < len(topics)))
    near[own, chosen[own]] = -1.0
    means: NDArray[np.float32] = np.partition(near, -neighbours, axis=0)[-neighbours:].mean(axis=0)
    return means
