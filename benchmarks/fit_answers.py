"""Fit the weights of the answer model to marked and judged threads, and write them into the package.

    python -m benchmarks.fit_answers --data DIR [--write]

Without `--write` only the fitted weights are printed. The marks are hidden from the model: it sees what a program sees
in a thread that nobody marked. Weights are kept small (ridge), and each format counts the same, however many marked
threads it has. The judged threads are those of data/no_reply_helped.tsv.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.answer_threads import ReadThread, read_threads
from faq_builder.answer import weights
from faq_builder.answer.features import REPLY_FEATURES, reply_features
from faq_builder.answer.model import CHOICE_FEATURES, choice_features

Vector = NDArray[np.float64]

RIDGE_REPLY, RIDGE_CHOICE = 3.0, 2.0  # 1 to 6 give the same shares within a point
FOLDS = 5
_STEPS = 30  # of Newton's method, which needs about 8

_HEAD = '''"""The weights of the answer model: `python -m benchmarks.fit_answers --data DIR --write` makes this file.

`features.py` and `model.py` say what each number is. Fitted to {marked} marked and {judged} judged threads.
"""

'''


@dataclass(frozen=True, eq=False)
class Example:
    """A thread with the numbers of its possible answers, and which of them are right."""

    of: ReadThread
    replies: Sequence[Mapping[str, float]]
    matrix: Vector  # shape (possible answers, features)
    right: Vector  # shape (possible answers,): 1 for a marked reply, or one that a judge found helpful


def main() -> None:
    """Fit the weights and print or write them."""
    parser = argparse.ArgumentParser(prog="benchmarks.fit_answers", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of exports")
    parser.add_argument("--write", action="store_true", help="replace faq_builder/answer/weights.py")
    arguments = parser.parse_args()
    examples = [example_of(thread) for thread in read_threads(arguments.data) if thread.is_marked or thread.judged]
    reply, choice = fit_both(examples)
    text = _weights_file(examples, reply, choice)
    print(text)
    if arguments.write:
        Path(weights.__file__).write_text(text, encoding="utf-8")


def example_of(thread: ReadThread) -> Example:
    """Return a thread as the model sees it, without its marks."""
    replies = reply_features(thread.talk, thread.habits)
    matrix = np.array([[numbers.get(name, 0.0) for name in REPLY_FEATURES] for numbers in replies], dtype=np.float64)
    right = np.array([thread.talk.thread.messages[i].id in thread.right for i in thread.talk.candidates], dtype=float)
    return Example(thread, replies, matrix.reshape(len(replies), len(REPLY_FEATURES)), right)


def fit_both(examples: Sequence[Example], seed: int = 7) -> tuple[Vector, Vector]:
    """Return the weights of replies and of choices. The choices come from models that did not see their thread."""
    reply = fit_replies([e for e in examples if e.of.is_marked])
    fold = folds(examples, 4, seed)
    chosen: list[tuple[Example, Vector, float]] = []
    for number in range(4):
        seen = fit_replies([e for e in examples if e.of.is_marked and fold[e.of.identity] != number])
        for example in examples:
            if fold[example.of.identity] == number and example.of.label != "unsure" and len(example.right):
                numbers, best = choice_numbers(example, seen)
                chosen.append((example, numbers, example.right[best]))
    return reply, _fit_choices(chosen)


def fit_replies(examples: Sequence[Example]) -> Vector:
    """Return the weights by which a marked reply has the best sum of its thread: a conditional logit, with ridge."""
    used = [e for e in examples if e.right.sum() > 0 and len(e.right) > 1]
    sizes = Counter(e.of.format for e in used)
    weight = np.array([len(used) / len(sizes) / sizes[e.of.format] for e in used])
    x = np.concatenate([e.matrix for e in used])
    y = np.concatenate([e.right / e.right.sum() for e in used])
    thread = np.repeat(np.arange(len(used)), [len(e.right) for e in used])

    def slope(w: Vector) -> tuple[Vector, Vector]:
        sums = x @ w
        most = np.full(len(used), -np.inf)
        np.maximum.at(most, thread, sums)
        share = np.exp(sums - most[thread])
        share /= np.bincount(thread, share)[thread]
        mean = np.zeros((len(used), x.shape[1]))
        np.add.at(mean, thread, share[:, None] * x)
        gradient = x.T @ ((share - y) * weight[thread])
        return gradient, (x * (share * weight[thread])[:, None]).T @ x - (mean * weight[:, None]).T @ mean

    return _newton(slope, np.full(x.shape[1], RIDGE_REPLY))


def choice_numbers(example: Example, reply_weights: Vector) -> tuple[Vector, int]:
    """Return the numbers of the choice that some weights make in a thread, and which possible answer it is."""
    sums = [float(s) for s in example.matrix @ reply_weights]
    best = int(np.argmax(sums))
    numbers = choice_features(example.of.talk, example.replies, sums, best)
    return np.array([numbers.get(name, 0.0) for name in CHOICE_FEATURES]), best


def folds(examples: Sequence[Example], count: int, seed: int) -> Mapping[str, int]:
    """Return the fold of each thread, by its identity; the order of the examples does not matter."""
    names = sorted({e.of.identity for e in examples})
    numbers = np.random.default_rng(seed).permutation(len(names)) % count
    return dict(zip(names, (int(n) for n in numbers), strict=True))


def _fit_choices(chosen: Sequence[tuple[Example, Vector, float]]) -> Vector:
    """Return the weights by which a choice is right: logistic regression with ridge.

    Judged threads count together as much as marked ones, because an export has both kinds and only the judged ones
    show how it is if nobody was helped.
    """
    x, y = np.array([numbers for _, numbers, _ in chosen]), np.array([right for *_, right in chosen])
    marked = np.array([e.of.is_marked for e, _, _ in chosen])
    weight = np.where(marked, 1.0, marked.sum() / max(1, (~marked).sum()))
    ridge = np.full(x.shape[1], RIDGE_CHOICE)
    ridge[0] = 0.001  # the constant is no property of a thread

    def slope(w: Vector) -> tuple[Vector, Vector]:
        p = 1 / (1 + np.exp(-(x @ w)))
        return x.T @ ((p - y) * weight), (x * (weight * p * (1 - p))[:, None]).T @ x

    return _newton(slope, ridge)


def _newton(slope: Callable[[Vector], tuple[Vector, Vector]], ridge: Vector) -> Vector:
    """Return the weights at which the slope (gradient, curvature) plus that of the ridge is zero."""
    w = np.zeros(len(ridge))
    for _ in range(_STEPS):
        gradient, curvature = slope(w)
        step = np.linalg.solve(curvature + np.diag(ridge), gradient + ridge * w)
        w = w - step
        if np.abs(step).max() < 1e-7:
            break
    return w


def _weights_file(examples: Sequence[Example], reply: Vector, choice: Vector) -> str:
    marked = sum(e.of.is_marked for e in examples)
    judged = sum(not e.of.is_marked and e.of.label != "unsure" and len(e.right) > 0 for e in examples)
    text = _HEAD.format(marked=marked, judged=judged)
    tables: tuple[tuple[str, Mapping[str, str], Any], ...] = (
        ("REPLY_WEIGHTS", REPLY_FEATURES, reply),
        ("CHOICE_WEIGHTS", CHOICE_FEATURES, choice),
    )
    blocks = []
    for name, features, values in tables:
        rows = "\n".join(f'    "{key}": {value:.2f},' for key, value in zip(features, values, strict=True))
        blocks.append(f"{name} = {{\n{rows}\n}}\n")
    return text + "\n".join(blocks)


if __name__ == "__main__":
    main()
