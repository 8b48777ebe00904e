"""What an index of so many topics costs to build, to store, to change and to search for the first time."""

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
from benchmarks.search.client import client, loaded, write_index
from benchmarks.search.encoding import StandIn
from benchmarks.search.figures import Figure, figure
from benchmarks.search.quality import SHOWN
from faq_builder.render.client import bundled_client
from faq_builder.search import FOLDER, Document, Fit, build_index, new_fit, read_fit, search_document, write_fit
from faq_builder.search.meaning.pretrained import shipped

SEED = 20240601
SAMPLE = 200  # first searches measured
ASSETS = Path(__file__).parents[2] / "theme" / "assets" / "faq"


def cost(size: int) -> list[Figure]:
    """All figures; measured in a process of its own, whose memory is that of one index."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_cost, (size,))


def generated(size: int) -> list[Document]:
    """So many topics as search sees them."""
    return [replace(search_document(topic), places=topic.places) for topic in topics(size, seed=SEED)]


def questions(documents: Sequence[Document]) -> list[str]:
    """Three words each of some of the questions."""
    random_ = random.Random(1)
    return [_some_words(random_, str(random_.choice(documents).question)) for _ in range(SAMPLE)]


def script_sizes() -> Iterator[Figure]:
    """The loader, which every page has, and the client, which comes with the first focus; compressed as hosts do."""
    modules = {path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.js")}
    made = bundled_client(modules)
    client = made[0].encode() if made else b""
    for method, content in (("loader", (ASSETS / "loader.js").read_bytes()), ("client", client)):
        yield figure("scripts", method, "bytes", len(content))
        yield figure("scripts", method, "packed", len(compress(content, 9)))


def _cost(size: int) -> list[Figure]:
    name = f"cost: {size:,} generated topics"
    documents = generated(size)
    fit = new_fit(documents, StandIn(), "en")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "search.index"
        took, files = _built(documents, fit, cache)
        figures = [
            figure(name, "meaning", "build_cpu_s", took),
            figure(name, "meaning", "peak_mb", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)),
            figure(name, "meaning", "peak_before_mb", round(before / 1024)),
            figure(name, "meaning", "files", len(files)),
            figure(name, "meaning", "mb", round(sum(map(len, files.values())) / 1e6, 2)),
            figure(name, "meaning", "fit_mb", round(len(write_fit(fit)) / 1e6, 2)),
            figure(name, "meaning", "cache_mb", round(cache.stat().st_size / 1e6, 2)),
        ]
        for what, edited in _edits(documents):
            _built(documents, fit, cache)  # what the build before the edit left
            took, changed = _built(edited, fit, cache)
            figures.append(figure(name, what, "build_cpu_s", took))
            for kind, count in sorted(_changed_files(files, changed).items()):
                figures.append(figure(name, what, f"new_{kind}_files", count))
    start = time.process_time()
    words = dict(build_index(documents, language="en"))
    figures += [
        figure(name, "words", "build_cpu_s", round(time.process_time() - start, 2)),
        figure(name, "words", "files", len(words)),
        figure(name, "words", "mb", round(sum(map(len, words.values())) / 1e6, 2)),
    ]
    for method, index in (("words", words), ("meaning", files)):  # of a site without a fit, and of one with it
        with tempfile.TemporaryDirectory() as folder:
            at = str(write_index(index.items(), Path(folder)))
            cold = client(index=at, queries=questions(documents), limit=SHOWN, cold=True)
            figures += loaded(name, method, cold)
    return figures


def _built(documents: Sequence[Document], fit: Fit, cache: Path) -> tuple[float, dict[str, bytes]]:
    """CPU seconds and files of one build, as a new process does it: with the fit as it is read, and no prior yet."""
    fit = read_fit(write_fit(fit))
    shipped.cache_clear()
    start = time.process_time()
    files = dict(build_index(documents, language="en", fit=fit, cache=cache))
    return round(time.process_time() - start, 2), files


def _edits(documents: Sequence[Document]) -> Iterator[tuple[str, Sequence[Document]]]:
    """What happens to one topic in the middle, or at the end."""
    at = len(documents) // 2
    one, before, after = documents[at], documents[:at], documents[at + 1 :]
    answer = one.answers[0].map(lambda text: f"{text} Since then the blue gear wobbles.")
    question = one.question.map(lambda text: f"Wobbling zeppelins: {text}")
    new = replace(one, id="new", address="q/new/", question=question, answers=(answer,))
    yield "nothing changed", documents
    yield "one changed", [*before, replace(one, answers=(answer, *one.answers[1:])), *after]
    yield "one reworded", [*before, replace(one, question=question), *after]
    yield "one added", [*documents, new]
    yield "one removed", [*before, *after]


def _changed_files(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, int]:
    """How many files of each kind are new."""
    kinds: dict[str, int] = {}
    for path, content in after.items():
        if before.get(path) != content:
            kind = path.removeprefix(FOLDER).partition("-")[0].removesuffix(".json")
            kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def _some_words(random_: random.Random, question: str) -> str:
    words = question.rstrip("?").split()
    return " ".join(random_.sample(words, min(3, len(words))))
