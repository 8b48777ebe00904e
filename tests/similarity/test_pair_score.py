"""The probability that two questions ask the same, from their vectors."""

import numpy as np
import pytest

from faq_builder.similarity.encoder import UNIT
from faq_builder.similarity.pair_score import FEATURES, PairWeights, QuestionVectors, pair_weights, score_pairs
from faq_builder.similarity.vectors import Pairs

ALONG, ACROSS, NOTHING = (UNIT, 0), (0, UNIT), (0, 0)


def vectors(questions: list[tuple[int, int]], answers: list[tuple[int, int]]) -> QuestionVectors:
    rows, replies = (np.array(side, dtype=np.int16) for side in (questions, answers))
    return QuestionVectors(titles=rows, questions=rows, answers=replies)


def test_features_are_cosines() -> None:
    found = vectors([ALONG, ALONG, ACROSS], [ACROSS, ALONG, NOTHING])
    features = found.features(np.array([0, 0]), np.array([1, 2]))
    assert dict(zip(FEATURES, features[0].tolist(), strict=True)) == {
        "titles": 1.0,
        "questions": 1.0,
        "answers": 0.0,
        "closer answer": 1.0,
        "farther answer": 0.0,
        "both answered": 1.0,
    }
    assert features[1].tolist() == [0.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def test_no_pairs_have_no_features() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert vectors([ALONG], [ALONG]).features(nothing, nothing).shape == (0, len(FEATURES))


def test_a_probability_is_logistic() -> None:
    weights = PairWeights(constant=-1.0, weights=(2.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    features = np.array([[0.5, 9, 9, 9, 9, 9], [1.0, 0, 0, 0, 0, 0]])
    assert weights.probability(features).tolist() == [0.5, 0.7311]


def test_the_fitted_score_rises_with_the_questions() -> None:
    assert len(pair_weights().weights) == len(FEATURES)
    found = score_pairs(
        vectors([ALONG, ALONG, ACROSS], [NOTHING] * 3), Pairs.of([(0, 1, 0.0), (0, 2, 0.0)])
    ).score.tolist()
    assert 0 <= found[1] < found[0] <= 1


@pytest.mark.parametrize(("most", "pairs"), [(1, [(0, 1), (1, 2)]), (3, [(0, 1), (1, 2)])])
def test_each_question_finds_the_answers_closest_to_it(most: int, pairs: list[tuple[int, int]]) -> None:
    found = vectors([ALONG, ACROSS, ACROSS], [ALONG, ALONG, ACROSS])
    assert found.answering_pairs(most, 0.5) == pairs


def test_without_answers_nothing_is_found() -> None:
    assert vectors([ALONG, ALONG], [NOTHING, NOTHING]).answering_pairs(3, 0.1) == []
    assert vectors([ALONG, ALONG], [ALONG, NOTHING]).answering_pairs(3, 0.1) in ([], [(0, 1)])
