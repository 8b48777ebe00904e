"""Fit the score that says how likely two questions ask the same, on pairs that people labelled.

    python -m benchmarks.fit_pair_score --data DIR [--data DIR] [--write]

The folders are those of `benchmarks.joins`. The table shows what a model finds in a community that it was not fitted on
(the exports of FAMILIES count as one). `--write` fits on all of them and writes
the weights to faq_builder/similarity/pair_score.json.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.labelled_exports import LabelledExport, labelled_exports
from faq_builder.answer.choose import choose_answers
from faq_builder.config import PublishLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group.question_groups import ComparedQuestion
from faq_builder.similarity import MeaningEngine, QuestionVectors, Store, find_difference, installed_encoder
from faq_builder.similarity.no_question import asks_nothing
from faq_builder.similarity.pair_score import FEATURES

WEIGHTS = Path(__file__).parents[1] / "faq_builder" / "similarity" / "pair_score.json"
OWN_PAIRS = Path(__file__).parent / "data"
# exports of one kind are left out together: their questions are alike
FAMILIES = {"meta_beer_2022": "meta", "meta_conlang_2020": "meta"}
NEAREST = 3  # similar pairs for each thread that count as candidates
UNLABELLED = 0.1  # weight of a candidate that nobody labelled, as if it were different; .03 to .3 found as much
PENALTY = 3.0  # of squared weights of standardised features; 3 and 10 found as much
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The pairs of one export that a model ranks."""

    family: str
    features: NDArray[np.float64]  # shape (pairs, features)
    same: NDArray[np.float64]  # shape (pairs,): 1 if labelled same, else 0
    weight: NDArray[np.float64]  # shape (pairs,)
    wanted: NDArray[np.bool_]  # shape (pairs,): labelled same, and no source says so
    labelled: NDArray[np.bool_]  # shape (pairs,)
    told_apart: NDArray[np.bool_]  # shape (pairs,): by a rule, so that the model does not judge them


def main() -> None:
    """Print what the model finds in communities that it was not fitted on; with `--write`, write its weights."""
    parser = argparse.ArgumentParser(prog="benchmarks.fit_pair_score", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, action="append", required=True, help="a folder of exports and pairs")
    parser.add_argument("--write", action="store_true", help="fit on everything and write the weights")
    arguments = parser.parse_args()
    encoder = installed_encoder()
    if encoder is None:
        parser.error("the score needs the extra `meaning`")
    engine = MeaningEngine(encoder=encoder, store=Store(path=Path(".cache/faq.sqlite")))
    exports, _ = labelled_exports([*arguments.data, OWN_PAIRS])
    sets = [candidates(export, engine) for export in exports]
    for family in sorted({one.family for one in sets}):
        weights = fit([one for one in sets if one.family != family])
        _print_family(family, [one for one in sets if one.family == family], weights)
    weights = fit(sets)
    record = {"constant": round(weights[0], 3), "weights": dict(zip(FEATURES, np.round(weights[1:], 3), strict=True))}
    print(json.dumps(record, indent=2))
    if arguments.write:
        WEIGHTS.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def candidates(export: LabelledExport, engine: MeaningEngine) -> Candidates:
    """Return the labelled pairs of an export and its most similar other pairs."""
    answered, _ = choose_answers(export.threads, PublishLevel.ALL, ResolvedDecisions())
    asked = [ComparedQuestion.of(one.thread, "en", one.answer) for one in answered]
    vectors = QuestionVectors.of(engine, [q.title for q in asked], [q.text for q in asked], [q.answer for q in asked])
    number = {one.thread.key: n for n, one in enumerate(answered)}
    labels = {tuple(sorted(number[key] for key in pair.keys)): pair for pair in export.pairs}
    pairs = sorted({*labels, *_similar_pairs(vectors), *vectors.answering_pairs(NEAREST, 0.0)})
    left, right = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    judged = [labels[pair].judged if pair in labels else None for pair in pairs]
    titles = [(asked[one].title, asked[other].title) for one, other in pairs]
    return Candidates(
        family=FAMILIES.get(Path(export.name).name, Path(export.name).name),
        features=vectors.features(left, right),
        same=np.array([label == "same" for label in judged], dtype=np.float64),
        weight=np.array([UNLABELLED if label is None else float(label != "unsure") for label in judged]),
        wanted=np.array([p in labels and labels[p].judged == "same" and not labels[p].declared for p in pairs]),
        labelled=np.array([label is not None for label in judged]),
        told_apart=np.array([_told_apart(*pair) for pair in titles]),
    )


def _similar_pairs(vectors: QuestionVectors) -> set[tuple[int, int]]:
    """Return each question with those whose title, or title and text, are the most similar."""
    found: set[tuple[int, int]] = set()
    for rows in (vectors.titles, vectors.questions):
        products = rows.astype(np.float32) @ rows.astype(np.float32).T
        np.fill_diagonal(products, -1)
        for one, nearest in enumerate(np.argsort(-products, axis=1, kind="stable")[:, :NEAREST]):
            found |= {(min(one, other), max(one, other)) for other in nearest.tolist()}
    return found


def _told_apart(one: str, other: str) -> bool:
    found = find_difference(one, other)
    return asks_nothing(one) or asks_nothing(other) or (found is not None and found.certain)


def fit(sets: Sequence[Candidates]) -> list[float]:
    """Return the constant and the weights of a logistic model, by Newton's method with a penalty on large weights."""
    judged = [~one.told_apart for one in sets]
    x = np.concatenate([one.features[keep] for one, keep in zip(sets, judged, strict=True)])
    y = np.concatenate([one.same[keep] for one, keep in zip(sets, judged, strict=True)])
    weight = np.concatenate([one.weight[keep] for one, keep in zip(sets, judged, strict=True)])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    penalty = np.diag([1e-6, *[PENALTY] * x.shape[1]])
    found = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ found))
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + penalty
        found -= np.linalg.solve(hessian, z.T @ (weight * (p - y)) + penalty @ found)
    weights = found[1:] / spread
    return [float(found[0] - weights @ mean), *map(float, weights)]


def _print_family(family: str, sets: Sequence[Candidates], weights: Sequence[float]) -> None:
    """Print what a model finds in the exports of a family."""
    for one in sets:
        score = one.features @ np.array(weights[1:]) - 100 * one.told_apart
        order = np.argsort(-score, kind="stable")
        first = order[:10]
        print(
            f"{family:30} same, not declared: {one.wanted.sum():3}, in the first {SHOWN}: "
            f"{one.wanted[order[:SHOWN]].sum():3}; first 10: {int(one.same[first].sum())} same, "
            f"{int((~one.labelled[first]).sum())} unlabelled"
        )


if __name__ == "__main__":
    main()
