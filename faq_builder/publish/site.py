"""Topics -> every file of the site, in the order in which they may be written."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from faq_builder.model import Topic
from faq_builder.publish.feeds import feeds
from faq_builder.publish.machine_readable import data
from faq_builder.publish.manifest import MANIFEST, TakenOut, make_manifest, write_manifest
from faq_builder.render.client import ENTRY, bundled_client
from faq_builder.render.frame import Frames
from faq_builder.render.ids import id_files
from faq_builder.render.pages import other_pages, redirect_document, redirects
from faq_builder.render.site import Site
from faq_builder.render.topic import topic_page
from faq_builder.search import Fit, build_index, documents

CLIENT = "assets/faq/"
SCRIPTS = "assets/javascripts/"  # Material's: 5 MB that no page of our theme loads; published where one does
BATCH = 50  # topics that a worker renders at once
AHEAD = 2  # batches for each process that may be begun before they are written
WORTH_A_WORKER = 1000  # topics for each process, below which starting it costs more than it saves


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What is published: the site, its frames, the files that MkDocs made, and how many processes may render."""

    site: Site
    frames: Frames
    own: Mapping[str, Path]
    now: datetime
    jobs: int = 0  # 0: as many as there are processors
    taken_out: TakenOut = field(default_factory=dict)  # what people took out of published topics
    fit: Fit | None = None  # of the meaning index
    cache: Path | None = None  # the file in which the index keeps what its next build need not work out again


def publish(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Every file of the site as (path, bytes): what pages need, then pages, then what lists them; the manifest last.

    So a reader who comes while the site is being written never meets a page whose styles or index are missing.
    """
    site, own = publication.site, publication.own
    language, fit = site.rules.language, publication.fit
    *shards, meta = build_index(documents(site), language=language, fit=fit, cache=publication.cache)
    pages = [path for path in own if path.endswith(".html")]
    listed = [path for path in pages if path.endswith("index.html")]
    unused = () if _mentions(publication, pages, SCRIPTS) else (SCRIPTS,)
    assets = {path: file for path, file in own.items() if path not in pages and not path.startswith(unused)}
    yield from _with_one_client(assets)
    yield from shards
    yield from id_files(site)
    yield from topic_pages(publication)
    made = []
    for page in other_pages(site):
        if page.path not in own:  # a page of the company at the path of a list stays
            yield page.path, publication.frames.fill(page)
            made.append(page.path)
            listed += [] if page.noindex else [page.path]
    yield from ((path, own[path].read_bytes()) for path in pages)
    yield from ((moved.path, redirect_document(site, moved).value.encode()) for moved in redirects(site))
    yield from (item for item in _lists(publication, sorted(listed)) if item[0] not in own)
    yield meta
    yield MANIFEST, write_manifest(make_manifest(site, made, pages, publication.taken_out))


def topic_pages(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The pages of answered topics in the order of their ids; the same bytes from any number of processes."""
    topics = publication.site.answered_by_id
    wanted = publication.jobs or os.cpu_count() or 1
    jobs = wanted if publication.jobs else min(wanted, len(topics) // WORTH_A_WORKER)
    # a forked worker has the topics already; where the system cannot fork, handing them over costs more than it saves
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (_filled(publication, topic) for topic in topics)
        return
    gc.freeze()  # so that the collector of a worker leaves the memory shared that it only reads
    try:
        with multiprocessing.get_context("fork").Pool(jobs - 1, _begin_worker, (publication,)) as pool:
            ahead: deque[Callable[[], list[tuple[str, bytes]]]] = deque()
            for number, start in enumerate(range(0, len(topics), BATCH)):
                # every so many batches this process renders one itself, when its turn to be written comes
                own_turn = number % jobs == 0
                batch = partial(_filled_batch, publication, start)
                ahead.append(batch if own_turn else pool.apply_async(_filled_by_worker, (start,)).get)
                if len(ahead) > AHEAD * jobs:  # pages wait for the writer, not the other way round
                    yield from ahead.popleft()()
            for filled in ahead:
                yield from filled()
    finally:
        gc.unfreeze()


def _with_one_client(assets: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """The assets, the modules of the search client in one file.

    A company's own script in another encoding is no module of ours: it is published as it is.
    """
    scripts = [path for path in assets if path.startswith(CLIENT) and path.endswith(".js")]
    modules: dict[str, str] = {}
    for path in scripts:
        with suppress(UnicodeDecodeError):
            modules[path.removeprefix(CLIENT)] = assets[path].read_text(encoding="utf-8")
    client, parts = bundled_client(modules) or ("", ())
    for path, file in assets.items():
        name = path.removeprefix(CLIENT)
        if client and path == f"{CLIENT}{ENTRY}":
            yield path, client.encode()
        elif path not in scripts or name not in parts:
            yield path, file.read_bytes()


def _mentions(publication: Publication, pages: Iterable[str], text: str) -> bool:
    """Whether a page of MkDocs or a frame holds a text."""
    rendered = (publication.own[path].read_bytes() for path in pages)
    framed = (piece for frame in publication.frames.by_path.values() for piece in frame.pieces)
    return any(text.encode() in piece for piece in (*rendered, *framed) if isinstance(piece, bytes))


def _lists(publication: Publication, listed: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Feeds, sitemap and the like, given the files of all pages but those of topics."""
    yield from feeds(publication.site, publication.now)
    yield from data(publication.site, publication.now, listed)


def _filled(publication: Publication, topic: Topic) -> tuple[str, bytes]:
    page = topic_page(publication.site, topic)
    return page.path, publication.frames.fill(page)


def _filled_batch(publication: Publication, start: int) -> list[tuple[str, bytes]]:
    return [_filled(publication, topic) for topic in publication.site.answered_by_id[start : start + BATCH]]


_of_worker: list[Publication] = []  # what a worker process renders from; set once when it begins


def _begin_worker(publication: Publication) -> None:
    _of_worker[:] = [publication]


def _filled_by_worker(start: int) -> list[tuple[str, bytes]]:
    return _filled_batch(_of_worker[0], start)
