"""Hubness of topics: how near the questions of other topics are to a topic.

A topic in the middle of many others is near to most queries, whatever they ask (Radovanovic et al., Hubs in Space, JMLR
2010). So the search subtracts a share of a topic's hubness from its cosine to the query, as CSLS does: cross-domain
similarity local scaling (Conneau et al., Word Translation Without Parallel Data, ICLR 2018).
"""

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.distillation import unit_vectors
from faq_builder.search.meaning.quantisation import Quantised

HUBNESS_UNIT = 1 / 256  # the cosine that a hubness of 1 means
NEIGHBOUR_COUNT = 10  # the hubness is the mean cosine of so many nearest questions
MAX_COMPARED_QUESTIONS = 10_000  # evenly spread; more would take minutes at 100,000 topics
_TOPICS_AT_ONCE = 1_000  # takes some 40 MB


def topic_hubness(topics: Quantised, questions: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the hubness of each topic, shape (topics,) in HUBNESS_UNIT, compared with the average topic's.

    It is the mean cosine of the topic's vector and the NEIGHBOUR_COUNT nearest questions of other topics. `questions`
    has shape (topics, dimensions): the vector that the distilled student gives the question of each topic.
    """
    chosen = np.unique(np.linspace(0, len(questions) - 1, min(len(questions), MAX_COMPARED_QUESTIONS)).astype(np.int64))
    neighbours = min(NEIGHBOUR_COUNT, len(chosen) - 1)
    if neighbours < 1:
        return np.zeros(len(topics), dtype=np.int8)
    chosen_questions = unit_vectors(questions[chosen].astype(np.float32))
    means = np.concatenate(
        [
            _mean_cosines(topics[at : at + _TOPICS_AT_ONCE], chosen - at, chosen_questions, neighbours)
            for at in range(0, len(topics), _TOPICS_AT_ONCE)
        ]
    )
    hubness: NDArray[np.int8] = np.clip(np.rint((means - means.mean()) / HUBNESS_UNIT), -127, 127).astype(np.int8)
    return hubness


def _mean_cosines(
    topics: Quantised, owners: NDArray[np.int64], questions: NDArray[np.float32], neighbours: int
) -> NDArray[np.float32]:
    """Return the mean cosine of each topic and its nearest questions, shape (topics,).

    `owners`, shape (questions,), is the position of the topic that asks each question; it may lie outside `topics`.
    """
    cosines = questions @ unit_vectors(topics.astype(np.float32)).T
    own = np.flatnonzero((owners >= 0) & (owners < len(topics)))
    cosines[own, owners[own]] = -1.0
    means: NDArray[np.float32] = np.partition(cosines, -neighbours, axis=0)[-neighbours:].mean(axis=0)
    return means
