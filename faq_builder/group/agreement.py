"""Duplicate marks and links whose texts agree: only these bring an answer onto another thread's page by machine."""

from collections.abc import Collection, Mapping

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.group.certain_pairs import certainly_same
from faq_builder.group.likely_pairs import probably_same
from faq_builder.group.question_groups import ComparedQuestion
from faq_builder.model import Answered, ThreadKey
from faq_builder.similarity import Form, SimilarityEngine

ThreadPair = tuple[ThreadKey, ThreadKey]
_LEAST_ANSWER = 12  # words from which an equal answer says that the question is the same: "Yes, thanks!" says nothing


def agreeing_pairs(
    pairs: Collection[ThreadPair],
    by_key: Mapping[ThreadKey, Answered],
    similarity: SimilarityEngine,  # unused: no similarity tells right marks
    rules: GroupRules,
) -> frozenset[ThreadPair]:
    """Return those of the declared pairs whose questions certainly ask the same.

    Of 14 marks in labelled exports, 7 join questions that one answer serves, and neither a similarity nor the fitted
    score tells these from the others: by score, 3 of the best 6 are right. So words must agree: the questions are the
    same but for form or wording, or both have the same answer.
    """
    if rules.merge is MergeLevel.OFF:
        return frozenset()
    return frozenset(pair for pair in pairs if _agree(by_key[pair[0]], by_key[pair[1]], rules))


def _agree(one: Answered, other: Answered, rules: GroupRules) -> bool:
    left, right = (ComparedQuestion.of(each.thread, "en", each.answer) for each in (one, other))
    if left.code != right.code:
        return False
    if certainly_same(left, right, rules.products) or probably_same(left, right, rules.products):
        return True
    answers = [Form.of(question.answer).tokens for question in (left, right)]
    return answers[0] == answers[1] and len(answers[0]) >= _LEAST_ANSWER
