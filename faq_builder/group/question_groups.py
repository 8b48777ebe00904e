"""Comparing questions by their wording: which may be merged by machine, and which are suggested or related."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.group.certain_pairs import certain_pairs
from faq_builder.group.likely_pairs import likely_pairs
from faq_builder.group.pair_evidence import PairEvidence, pair_evidence, suggested_from
from faq_builder.group.suggesting import suggested_groups
from faq_builder.group.wording import best_reply, compared_text, has_content_word, plain_beginning, thread_wording
from faq_builder.model import Answer, PublicThread, primary_language
from faq_builder.similarity import (
    Comparison,
    Constraints,
    Groups,
    LexicalEngine,
    MeaningEngine,
    Pairs,
    SimilarityEngine,
    Thresholds,
    Vectors,
    complete_linkage,
    language_of,
)

MAX_SUGGESTIONS_PER_TOPIC = 5  # so that one topic does not fill the list of suggestions
RELATED_SHARE = 0.6  # related topics must reach this share of the similarity from which a suggestion is made
_MIN_RELATED = 0.05  # less similar topics are never related, however low `suggest` is set: most pairs are that similar
_MAX_NEAREST = 10  # most similar texts below the merge threshold that each text is compared with
BODY_LENGTH = 1000  # characters of a body that may speak for or against the same question
ANSWER_LENGTH = 400  # characters of a reply that are compared


@dataclass(frozen=True, kw_only=True)
class ComparedQuestion:
    """The question of one thread, as it is compared with others."""

    title: str
    text: str  # the title and the beginning of the question
    language: str  # with its region, if that is stated: "de-AT"
    body: str = ""  # the beginning of the question without its title, longer than in `text`
    answer: str = ""  # the beginning of the reply that answers best, chosen or not

    @property
    def code(self) -> str:
        """The language without its region: "de"."""
        return primary_language(self.language)

    @classmethod
    def of(cls, thread: PublicThread, site_language: str, answer: Answer | None = None) -> "ComparedQuestion":
        """Return the question of a thread, with its answer or else its best reply.

        Its language is the one that the thread states; else the one that its words show; else the site's.
        """
        text = compared_text(thread.title.value, thread.question.body.value)
        stated = thread.language or language_of(text) or site_language
        body = plain_beginning(thread.question.body.value, BODY_LENGTH)
        reply = plain_beginning(best_reply(thread, answer), ANSWER_LENGTH)
        return cls(title=thread_wording(thread).value, text=text, language=stated, body=body, answer=reply)


def merge_thresholds(rules: GroupRules, engine: SimilarityEngine) -> Thresholds:
    """Return the similarities from which texts are merged and suggested.

    They were measured for each engine. A number in `suggest` replaces the threshold for suggestions by words; with an
    encoder it is a probability, not a similarity.
    """
    thresholds = engine.thresholds
    if rules.suggest is None or isinstance(engine, MeaningEngine):
        return thresholds
    return replace(thresholds, suggest=rules.suggest)


def group_questions(
    questions: Sequence[ComparedQuestion],
    engine: SimilarityEngine,
    rules: GroupRules,
    constraints: Constraints | None = None,
) -> "QuestionGroups":
    """Group questions by their wording, and find the groups that are suggested to be one or related.

    `constraints` state what decisions, the ledger and sources say about the questions.
    """
    thresholds, limits = merge_thresholds(rules, engine), constraints or Constraints()
    related = max(RELATED_SHARE * thresholds.suggest, _MIN_RELATED)
    readable = np.array([engine.supports(one.text, one.code) for one in questions], dtype=bool)
    compared = _compare_readable(questions, engine, readable, thresholds, related)
    evidence = _evidence(questions, engine, readable, compared.near_pairs, rules)
    keys = merging_pairs(questions, compared.near_pairs if evidence.likely is None else evidence.likely, rules)
    unaided = _within_topics(compared.vectors, keys, limits, len(questions))
    groups = complete_linkage(compared.vectors, _with_new_text(keys, limits, len(questions)), limits)
    group = {text: number for number, members in enumerate(groups.members) for text in members}
    apart = frozenset((min(pair), max(pair)) for one, other in limits.apart if (pair := (group[one], group[other])))
    likely = None if evidence.likely is None else groups.similar_by_best_pair(evidence.likely)
    near = (
        groups.similar_by_best_pair(evidence.close)
        if evidence.close is not None
        else groups.similar_by_mean(compared.near_pairs, related)
    )
    worth_asking = (near if likely is None else likely).at_least(
        thresholds.suggest if likely is None else suggested_from(rules)
    )
    unreadable = groups.similar_by_best_pair(_pairs_by_words(questions, ~readable, rules))
    candidates = Pairs.of(sorted(row for row in (*worth_asking.rows(), *unreadable.rows()) if row[:2] not in apart))
    similar = compared.near_pairs.without(evidence.told_apart)
    at_once = suggested_groups(compared.vectors, similar, groups, thresholds.suggest, limits.apart, candidates)
    return QuestionGroups(
        groups=groups,
        unaided=unaided,
        pairs=compared.near_pairs,
        near=near,
        suggested=groups.suggestions(candidates, MAX_SUGGESTIONS_PER_TOPIC, apart),
        suggested_groups=tuple(at_once),
        likely=likely,
        apart=apart,
    )


@dataclass(frozen=True, kw_only=True)
class QuestionGroups:
    """Questions in groups, and how similar they are. A group's number is its index in `groups.members`."""

    groups: Groups
    unaided: Groups  # the threads of published topics as they would be joined without the ledger, topic by topic
    pairs: Pairs  # similar questions, by their numbers
    near: Pairs  # groups that are close enough to be related, with their similarity
    suggested: Pairs  # groups that may ask the same
    suggested_groups: tuple[tuple[tuple[int, ...], float], ...]  # several of them at once, each with a score
    likely: Pairs | None  # groups with the probability that they ask the same; None without an encoder
    apart: frozenset[tuple[int, int]]  # pairs of groups that people keep apart


def _compare_readable(
    questions: Sequence[ComparedQuestion],
    engine: SimilarityEngine,
    readable: NDArray[np.bool_],
    thresholds: Thresholds,
    related: float,
) -> Comparison:
    """Compare the questions that the engine can read, each with those of its language.

    `readable` has shape (questions,). A question without a content word starts no merge.
    """
    compared = engine.compare(
        [one.title if is_read else "" for one, is_read in zip(questions, readable.tolist(), strict=True)],
        [one.text if is_read else "" for one, is_read in zip(questions, readable.tolist(), strict=True)],
        least=thresholds.merge.lowest_pair,
        near=related,
        most=_MAX_NEAREST,
    )
    codes = _language_numbers(questions)
    meaningful = readable & np.array([has_content_word(one.text) for one in questions], dtype=bool)
    keys = _within_language(compared.merge_pairs, codes, meaningful)
    return replace(compared, merge_pairs=keys, near_pairs=_within_language(compared.near_pairs, codes, readable))


def _evidence(
    questions: Sequence[ComparedQuestion],
    engine: SimilarityEngine,
    readable: NDArray[np.bool_],
    near: Pairs,
    rules: GroupRules,
) -> PairEvidence:
    """Return how likely readable questions of one language ask the same."""
    if not isinstance(engine, MeaningEngine):
        return PairEvidence()
    codes = _language_numbers(questions)
    shown = [
        one if is_read else replace(one, title="", text="", answer="")
        for one, is_read in zip(questions, readable.tolist(), strict=True)
    ]
    return pair_evidence(shown, engine, near, lambda pairs: _within_language(pairs, codes, readable), rules.products)


def _with_new_text(keys: Pairs, limits: Constraints, texts: int) -> Pairs:
    """Return the pairs with at least one new text; a pair of two published topics can never be merged by machine."""
    published = np.zeros(texts, dtype=bool)
    published[[i for group in limits.fixed for i in group]] = True
    return keys.where(~(published[keys.left] & published[keys.right]))


def _within_topics(vectors: Vectors, keys: Pairs, limits: Constraints, texts: int) -> Groups:
    """Return what holds each published topic together without the ledger; other topics do not compete for its texts.

    A text that fits one of the texts that people put together holds to all of them.
    """
    topic = np.full(texts, -1)
    for number, group in enumerate(limits.fixed):
        topic[list(group)] = number
    own = keys.where((topic[keys.left] == topic[keys.right]) & (topic[keys.left] >= 0))
    alike = complete_linkage(vectors, own, Constraints(apart=limits.apart))
    held = [group for group in alike.members if len(group) > 1]
    return complete_linkage(vectors, Pairs.of([]), Constraints(together=[*limits.declared, *held]))


def merging_pairs(questions: Sequence[ComparedQuestion], similar: Pairs, rules: GroupRules) -> Pairs:
    """Return the pairs that the machine may merge at the level of the rules; `likely` chooses among `similar` ones."""
    if rules.merge is MergeLevel.OFF:
        return Pairs.of([])
    certain = dict.fromkeys(certain_pairs(questions, rules.products), 1.0)
    if rules.merge is MergeLevel.CERTAIN:
        return Pairs.of([(*pair, score) for pair, score in sorted(certain.items())])
    scores = {(one, other): score for one, other, score in likely_pairs(questions, similar, rules.products)} | certain
    return Pairs.of([(*pair, score) for pair, score in sorted(scores.items())])


def _pairs_by_words(questions: Sequence[ComparedQuestion], unreadable: NDArray[np.bool_], rules: GroupRules) -> Pairs:
    """Return pairs of questions in one language that the engine cannot read but whose words are similar.

    `unreadable` has shape (questions,). Such pairs are only suggested, never merged.
    """
    if not unreadable.any():
        return Pairs.of([])
    words = LexicalEngine()
    suggest = words.thresholds.suggest
    number = np.flatnonzero(unreadable)
    found = words.vectors([questions[i].text for i in number.tolist()]).pairs(suggest)
    pairs = Pairs(left=number[found.left], right=number[found.right], score=found.score)
    return _within_language(pairs, _language_numbers(questions), unreadable)


def _within_language(pairs: Pairs, languages: NDArray[np.int64], wanted: NDArray[np.bool_]) -> Pairs:
    """Return the pairs of two wanted questions in one language; both arrays have shape (questions,)."""
    same = languages[pairs.left] == languages[pairs.right]
    return pairs.where(same & wanted[pairs.left] & wanted[pairs.right])


def _language_numbers(questions: Sequence[ComparedQuestion]) -> NDArray[np.int64]:
    """Return shape (questions,), int64: a number for the language of each question, whatever its region."""
    of_language = {one.language: one for one in questions}  # a site has many questions but few languages
    codes = sorted({one.code for one in of_language.values()})
    number = {stated: codes.index(one.code) for stated, one in of_language.items()}
    return np.array([number[one.language] for one in questions], dtype=np.int64)
