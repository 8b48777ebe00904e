"""Topics -> every file of the site, in an order that is safe to write while people read the site."""

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
from faq_builder.publish.feeds import feed_files
from faq_builder.publish.machine_readable import machine_readable_files
from faq_builder.publish.manifest import MANIFEST, TakenOut, make_manifest, write_manifest
from faq_builder.render.client import ENTRY, bundled_client
from faq_builder.render.frame import Frames
from faq_builder.render.ids import id_files
from faq_builder.render.pages import framed_pages_except_topics, redirect_document, redirects
from faq_builder.render.site import Site
from faq_builder.render.topic import topic_page
from faq_builder.search import Fit, build_index, open_documents, site_documents

CLIENT = "assets/faq/"
MATERIAL_SCRIPTS = "assets/javascripts/"  # 5 MB that no page of our theme loads; published only if a page does
BATCH_SIZE = 50  # topics that a worker process renders per task
BATCHES_AHEAD = 2  # batches per process that may be rendered before earlier ones are written
TOPICS_PER_WORKER = 1000  # with fewer topics per process, starting it costs more time than it saves


@dataclass(frozen=True, kw_only=True)
class Publication:
    """The input of `publish`: the site, its frames, the files that MkDocs made, and the number of processes."""

    site: Site
    frames: Frames
    mkdocs_files: Mapping[str, Path]  # site path of a file -> the file in the staging folder
    now: datetime  # UTC
    jobs: int = 0  # processes; 0: one per processor
    taken_out: TakenOut = field(default_factory=dict)  # threads that people took out of published topics
    fit: Fit | None = None  # for the search by meaning
    cache: Path | None = None  # the build cache of the search index


def publish(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site as (path, bytes): assets, pages, then feeds and lists of pages; the manifest last.

    In this order, a reader who visits while the site is being written never gets a page whose assets are missing.
    """
    site, mkdocs_files = publication.site, publication.mkdocs_files
    language, fit = site.rules.language, publication.fit
    documents, waiting = site_documents(site), open_documents(site)
    *shards, meta = build_index(documents, waiting, language=language, fit=fit, cache=publication.cache)
    pages = [path for path in mkdocs_files if path.endswith(".html")]
    indexable = [path for path in pages if path.endswith("index.html")]
    unused = () if _any_page_contains(publication, pages, MATERIAL_SCRIPTS) else (MATERIAL_SCRIPTS,)
    assets = {path: file for path, file in mkdocs_files.items() if path not in pages and not path.startswith(unused)}
    yield from _asset_files(assets)
    yield from shards
    yield from id_files(site)
    yield from topic_pages(publication)
    generated = []
    for page in framed_pages_except_topics(site):
        if page.path in mkdocs_files:  # a page of the company replaces ours at the same path
            continue
        yield page.path, publication.frames.fill(page)
        generated.append(page.path)
        if not page.noindex:
            indexable.append(page.path)
    yield from ((path, mkdocs_files[path].read_bytes()) for path in pages)
    yield from ((moved.path, redirect_document(site, moved).value.encode()) for moved in redirects(site))
    for path, content in _listing_files(publication, sorted(indexable)):
        if path not in mkdocs_files:
            yield path, content
    yield meta
    yield MANIFEST, write_manifest(make_manifest(site, generated, pages, publication.taken_out))


def topic_pages(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of answered topics, ordered by id. The number of processes does not change any byte."""
    topics = publication.site.answered_by_id
    wanted = publication.jobs or os.cpu_count() or 1
    jobs = wanted if publication.jobs else min(wanted, len(topics) // TOPICS_PER_WORKER)
    # a forked worker shares the topics; without fork, sending them to it costs more time than it saves
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (_page_file(publication, topic) for topic in topics)
        return
    gc.freeze()  # keeps a worker's garbage collector from copying memory that it only reads
    try:
        with multiprocessing.get_context("fork").Pool(jobs - 1, _begin_worker, (publication,)) as pool:
            ahead: deque[Callable[[], list[tuple[str, bytes]]]] = deque()
            for number, start in enumerate(range(0, len(topics), BATCH_SIZE)):
                # this process renders every jobs-th batch itself, at the time when the batch is written
                own_turn = number % jobs == 0
                batch = partial(_batch_files, publication, start)
                ahead.append(batch if own_turn else pool.apply_async(_worker_batch_files, (start,)).get)
                if len(ahead) > BATCHES_AHEAD * jobs:  # limits the memory for rendered pages
                    yield from ahead.popleft()()
            for batch_files in ahead:
                yield from batch_files()
    finally:
        gc.unfreeze()


def _asset_files(assets: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the assets, with all modules of the search client bundled into one file.

    A company's own script that is not UTF-8 is published unchanged.
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


def _any_page_contains(publication: Publication, pages: Iterable[str], text: str) -> bool:
    """Tell whether a page of MkDocs or a frame contains a text."""
    rendered = (publication.mkdocs_files[path].read_bytes() for path in pages)
    framed = (piece for frame in publication.frames.by_path.values() for piece in frame.pieces)
    return any(text.encode() in piece for piece in (*rendered, *framed) if isinstance(piece, bytes))


def _listing_files(publication: Publication, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield feeds, sitemap and the like. `pages` are the files of all indexable pages except topics."""
    yield from feed_files(publication.site, publication.now)
    yield from machine_readable_files(publication.site, publication.now, pages)


def _page_file(publication: Publication, topic: Topic) -> tuple[str, bytes]:
    page = topic_page(publication.site, topic)
    return page.path, publication.frames.fill(page)


def _batch_files(publication: Publication, start: int) -> list[tuple[str, bytes]]:
    return [_page_file(publication, topic) for topic in publication.site.answered_by_id[start : start + BATCH_SIZE]]


_worker_publication: list[Publication] = []  # in a worker process: the one publication, set when the process starts


def _begin_worker(publication: Publication) -> None:
    _worker_publication[:] = [publication]


def _worker_batch_files(start: int) -> list[tuple[str, bytes]]:
    return _batch_files(_worker_publication[0], start)
