"""Measure what an index costs to build, to store, to change and to search for the first time."""

import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from gzip import compress
from pathlib import Path

from benchmarks.generated import topics
from benchmarks.search.client import load_figures, run_client, write_index
from benchmarks.search.encoding import StandIn
from benchmarks.search.figures import Figure, figure
from benchmarks.search.quality import SUGGESTION_COUNT
from faq_builder.render.client import bundled_client
from faq_builder.search import FOLDER, Document, Fit, build_index, read_fit, topic_document, train_fit, write_fit
from faq_builder.search.meaning.pretrained import shipped_embeddings

SEED = 20240601
MEASURED_SEARCHES = 200  # each is the first one of a visitor
ASSETS = Path(__file__).parents[2] / "theme" / "assets" / "faq"


def cost(size: int) -> list[Figure]:
    """Return all figures, measured in a process of its own so that its memory is the memory of one index."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_cost, (size,))


def generated_documents(size: int) -> list[Document]:
    """Return generated topics as documents of the search."""
    return [replace(topic_document(topic), places=topic.places) for topic in topics(size, seed=SEED)]


def three_word_queries(documents: Sequence[Document]) -> list[str]:
    """Return MEASURED_SEARCHES queries of three words each, taken from questions at random."""
    random_ = random.Random(1)
    return [_some_words(random_, str(random_.choice(documents).question)) for _ in range(MEASURED_SEARCHES)]


def script_sizes() -> Iterator[Figure]:
    """Yield the bytes, plain and compressed, of the loader on every page and of the client that loads on focus."""
    modules = {path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.js")}
    bundle = bundled_client(modules)
    assert bundle, "the modules of the client make one file"
    client = bundle[0].encode()
    for method, content in (("loader", (ASSETS / "loader.js").read_bytes()), ("client", client)):
        yield figure("scripts", method, "bytes", len(content))
        yield figure("scripts", method, "packed", len(compress(content, 9)))


def _cost(size: int) -> list[Figure]:
    name = f"cost: {size:,} generated topics"
    documents = generated_documents(size)
    fit = train_fit(documents, StandIn(), "en")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "search.index"
        cpu_s, files = _build(documents, fit, cache)
        figures = [
            figure(name, "meaning", "build_cpu_s", cpu_s),
            figure(name, "meaning", "peak_mb", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)),
            figure(name, "meaning", "peak_before_mb", round(before / 1024)),
            figure(name, "meaning", "files", len(files)),
            figure(name, "meaning", "mb", round(sum(map(len, files.values())) / 1e6, 2)),
            figure(name, "meaning", "fit_mb", round(len(write_fit(fit)) / 1e6, 2)),
            figure(name, "meaning", "cache_mb", round(cache.stat().st_size / 1e6, 2)),
        ]
        for edit, edited in _edits(documents):
            _build(documents, fit, cache)  # leaves the cache as it is before the edit
            cpu_s, changed = _build(edited, fit, cache)
            figures.append(figure(name, edit, "build_cpu_s", cpu_s))
            for kind, count in sorted(_changed_files(files, changed).items()):
                figures.append(figure(name, edit, f"new_{kind}_files", count))
    start = time.process_time()
    words = dict(build_index(documents, language="en"))
    figures += [
        figure(name, "words", "build_cpu_s", round(time.process_time() - start, 2)),
        figure(name, "words", "files", len(words)),
        figure(name, "words", "mb", round(sum(map(len, words.values())) / 1e6, 2)),
    ]
    for method, index in (("words", words), ("meaning", files)):  # a site without a fit, and one with a fit
        with tempfile.TemporaryDirectory() as folder:
            at = str(write_index(index.items(), Path(folder)))
            cold = run_client(index=at, queries=three_word_queries(documents), limit=SUGGESTION_COUNT, cold=True)
            figures += load_figures(name, method, cold)
    return figures


def _build(documents: Sequence[Document], fit: Fit, cache: Path) -> tuple[float, dict[str, bytes]]:
    """Build as a new process does, which still has to load the pretrained embeddings; return CPU s and files."""
    fit = read_fit(write_fit(fit))
    shipped_embeddings.cache_clear()
    start = time.process_time()
    files = dict(build_index(documents, language="en", fit=fit, cache=cache))
    return round(time.process_time() - start, 2), files


def _edits(documents: Sequence[Document]) -> Iterator[tuple[str, Sequence[Document]]]:
    """Yield edits of one topic, by name, and the documents after each."""
    at = len(documents) // 2
    one, before, after = documents[at], documents[:at], documents[at + 1 :]
    answer = one.answers[0].map(lambda text: f"{text} Since then the blue gear wobbles.")
    question = one.question.map(lambda text: f"Wobbling zeppelins: {text}")
    new = replace(one, id="new", site_path="q/new/", question=question, answers=(answer,))
    yield "nothing changed", documents
    yield "one changed", [*before, replace(one, answers=(answer, *one.answers[1:])), *after]
    yield "one reworded", [*before, replace(one, question=question), *after]
    yield "one added", [*documents, new]
    yield "one removed", [*before, *after]


def _changed_files(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, int]:
    """Count the new files of each kind."""
    kinds: dict[str, int] = {}
    for path, content in after.items():
        if before.get(path) != content:
            kind = path.removeprefix(FOLDER).partition("-")[0].removesuffix(".json")
            kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def _some_words(random_: random.Random, question: str) -> str:
    words = question.rstrip("?").split()
    return " ".join(random_.sample(words, min(3, len(words))))
