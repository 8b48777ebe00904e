"""faq-manifest.json: every site path and the kind of page there. The gate compares two builds by their manifests.

{"version": 1, "site_url": "https://faq.example/",
 "sources": {"forum": {"topics": 8, "threads": 9}},
 "taken_out": {"4h2kq0x1zb": {"forum": 1}},
 "pages": [
{"address": "q/red-widget/", "kind": "topic", "id": "8d0kx1vz0q", "question": "...", "digest": "...",
 "lead": "forum:12#3", "threads": ["forum:12"]},
{"address": "q/former/", "kind": "redirect", "target": "q/red-widget/"}
]}

The manifest is published with the site, so it contains nothing that the pages do not show. In the file, a site path is
called `address` and a fingerprint `digest`.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Note, ThreadKey, Topic
from faq_builder.render.href import site_path_of
from faq_builder.render.pages import redirects
from faq_builder.render.site import Site, topic_site_path

MANIFEST = "faq-manifest.json"
VERSION = 1
NOT_FOUND = "404.html"  # hosts show it for missing pages; it has no site path of its own

_FINGERPRINT_LENGTH = 16  # hexadecimal digits: a collision would only cost one line in a report
_SITE_PATH = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}(?:/|$))[^\x00-\x20\\]*")


TakenOut: TypeAlias = Mapping[str, Mapping[str, int]]
"""By topic id and source: the number of threads that `hide` decisions and opt-outs removed or cut."""


class PageKind(Enum):
    """The kind of page at a site path."""

    TOPIC = "topic"
    REDIRECT = "redirect"
    WITHDRAWN = "withdrawn"
    LIST = "list"  # generated lists and the search page; pages of tags and numbered pages may disappear
    PAGE = "page"  # a page of the company


PERMANENT = frozenset({PageKind.TOPIC, PageKind.REDIRECT, PageKind.WITHDRAWN, PageKind.PAGE})


@dataclass(frozen=True, kw_only=True, slots=True)
class ManifestPage:
    """One site path ("q/red-widget/", "" for the home page) and the page there."""

    site_path: str
    kind: PageKind
    id: str = ""  # of an answered or withdrawn topic
    question: str = ""
    threads: tuple[str, ...] = ()  # keys of a topic's threads, sorted
    fingerprint: str = ""  # changes when the visible content of the page changes
    target: str = ""  # the site path that a redirect points to
    lead: str = ""  # thread key and message id of a topic's first answer; empty in manifests of earlier releases
    unlocked: bool = False  # a topic that is not in the ledger yet: a preview, whose site path may still change

    def __post_init__(self) -> None:
        if not _SITE_PATH.fullmatch(self.site_path) or not _SITE_PATH.fullmatch(self.target):
            raise ValueError("a site path must lie below the site's root")
        if self.kind is PageKind.TOPIC and not (self.id and self.threads):
            raise ValueError("a topic must have an id and threads")
        for key in self.threads:
            ThreadKey.parse(key)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All pages, sorted by site path, each site path once. A site that was never published has an empty manifest."""

    site_url: str = ""
    pages: tuple[ManifestPage, ...] = ()
    taken_out: TakenOut = field(default_factory=dict)

    @cached_property
    def by_site_path(self) -> Mapping[str, ManifestPage]:
        """The pages by site path."""
        return {page.site_path: page for page in self.pages}

    @cached_property
    def topics(self) -> tuple[ManifestPage, ...]:
        """The pages of answered topics."""
        return tuple(page for page in self.pages if page.kind is PageKind.TOPIC)

    @cached_property
    def sources(self) -> Mapping[str, "SourceCount"]:
        """The number of published topics and threads of each source, by source key."""
        topics: Counter[str] = Counter()
        threads: Counter[str] = Counter()
        for page in self.topics:
            keys = [source_of(key) for key in page.threads]
            threads.update(keys)
            topics.update(set(keys))
        return {key: SourceCount(topics=topics[key], threads=threads[key]) for key in sorted(topics)}


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCount:
    """The number of answered topics with threads of a source, and of these threads."""

    topics: int = 0
    threads: int = 0


def source_of(key: str) -> str:
    """Return the source of a thread key: "forum:12" -> "forum"."""
    return key.partition(":")[0]


def make_manifest(site: Site, generated: Iterable[str], own: Iterable[str], taken_out: TakenOut) -> Manifest:
    """Return the manifest of a site. `generated` and `own` (the company's) are the files of all pages except topics."""
    found = [*_topic_pages(site), *_generated_pages(site, generated)]
    own_paths = (site_path_of(path).value for path in sorted(own) if path != NOT_FOUND)
    found += (ManifestPage(site_path=site_path, kind=PageKind.PAGE) for site_path in own_paths)
    found += (
        ManifestPage(site_path=site_path_of(moved.path).value, kind=PageKind.REDIRECT, target=moved.target)
        for moved in redirects(site)
    )
    pages = {page.site_path: page for page in reversed(found)}  # the first of two pages at one site path is written
    return Manifest(
        site_url=str(site.rules.site_url or ""),
        pages=tuple(pages[site_path] for site_path in sorted(pages)),
        taken_out={topic: dict(sorted(sources.items())) for topic, sources in sorted(taken_out.items())},
    )


def _topic_pages(site: Site) -> Iterator[ManifestPage]:
    for topic in site.answered_by_id:
        yield ManifestPage(
            site_path=topic_site_path(topic).value,
            kind=PageKind.TOPIC,
            id=topic.id,
            question=topic.question.value,
            threads=tuple(sorted(str(member.thread.key) for member in topic.members)),
            fingerprint=_fingerprint(topic),
            lead=_lead(topic),
            unlocked=topic.id in site.grouping.unlocked,
        )


def _lead(topic: Topic) -> str:
    """Return what names the first answer of a topic: "forum:12#3"."""
    member, message = topic.answers[0]
    return f"{member.thread.key}#{message.id}"


def _generated_pages(site: Site, paths: Iterable[str]) -> Iterator[ManifestPage]:
    """Yield the generated pages except topics; those below q/ are withdrawn topics."""
    ids = {f"q/{slug}/": gone.id for gone in site.grouping.withdrawn for slug in (gone.slug, *gone.former_slugs)}
    for path in paths:
        site_path = site_path_of(path).value
        kind = PageKind.WITHDRAWN if site_path.startswith("q/") else PageKind.LIST
        yield ManifestPage(site_path=site_path, kind=kind, id=ids.get(site_path, ""))


def _fingerprint(topic: Topic) -> str:
    """Return a hash of the visible content of a topic's page, without ledger dates and related topics."""
    content = [
        topic.language,
        *([wording.value for wording in topic.wordings], [tag.value for tag in topic.tags]),
        [_note_content(note) for note in topic.notes],
        [[str(m.thread.key), str(m.thread.url or ""), m.thread.title.value] for m in topic.members],
        [
            [str(member.thread.key), message.id, message.body.value, str(message.author and message.author.name)]
            for member, message in topic.answers
        ],
        *([list(topic.split_into)] if topic.split_into else []),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_FINGERPRINT_LENGTH]


def _note_content(note: Note) -> list[str]:
    return [note.kind.value, *map(str, (note.text, note.on, note.version, note.instead))]


# the file ------------------------------------------------------------------------------------------------------------


def write_manifest(manifest: Manifest) -> bytes:
    """Return the content of the file, one page per line. `read_manifest` restores the same manifest."""
    head = json.dumps(
        {
            "version": VERSION,
            "site_url": manifest.site_url,
            "sources": _source_records(manifest),
            "taken_out": manifest.taken_out,
        },
        ensure_ascii=False,
    )
    lines = ",\n".join(json.dumps(_page_record(page), ensure_ascii=False) for page in manifest.pages)
    return f'{head[:-1]}, "pages": [\n{lines}\n]}}\n'.encode("utf-8", "replace")


def read_manifest(content: bytes, shown: str) -> tuple[Manifest | None, tuple[Diagnostic, ...]]:
    """Read a manifest; None and an error if the content is not a manifest, is cut off, or has a newer version."""
    try:
        record = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or a number with too many digits
        return None, (_invalid_manifest_finding(shown, "the manifest is not complete JSON"),)
    version = record.get("version") if isinstance(record, dict) else None
    if type(version) is not int or version < 1:
        return None, (_invalid_manifest_finding(shown, "the file is not a manifest"),)
    if version > VERSION:
        advice = "build and compare with the release of faq_builder that published the site, or a newer one"
        where = Location(path=shown)
        message = f"the manifest has version {version}, and this release knows version {VERSION}"
        return None, (Diagnostic(code="FAQ772", where=where, message=message, help=advice),)
    try:
        manifest, counts = _parse_manifest(record), record["sources"]
    except (KeyError, TypeError, ValueError):
        return None, (_invalid_manifest_finding(shown, "the manifest contains an unknown or invalid value"),)
    if counts != _source_records(manifest) or len(manifest.by_site_path) != len(manifest.pages):
        return None, (_invalid_manifest_finding(shown, "the counts in the manifest do not match its pages"),)
    return manifest, ()


def _source_records(manifest: Manifest) -> dict[str, dict[str, int]]:
    """Return the counts for people and pipelines; `read_manifest` also checks the pages with them."""
    return {key: {"topics": count.topics, "threads": count.threads} for key, count in manifest.sources.items()}


def _page_record(page: ManifestPage) -> dict[str, object]:
    record: dict[str, object] = {"address": page.site_path, "kind": page.kind.value}
    texts = {"id": page.id, "question": page.question, "digest": page.fingerprint, "target": page.target}
    texts["lead"] = page.lead
    record |= {name: text for name, text in texts.items() if text}
    record |= {"threads": list(page.threads)} if page.threads else {}
    return record | ({"unlocked": True} if page.unlocked else {})


def _parse_manifest(record: Mapping[str, object]) -> Manifest:
    """Return the manifest in a record of our version; raises KeyError, TypeError or ValueError if it is not valid."""
    taken_out = {
        topic: {source: _checked_number(count) for source, count in _checked_object(sources).items()}
        for topic, sources in _checked_object(record["taken_out"]).items()
    }
    return Manifest(
        site_url=_checked_text(record["site_url"]),
        pages=tuple(_parse_page(page) for page in _checked_list(record["pages"])),
        taken_out=taken_out,
    )


def _parse_page(value: object) -> ManifestPage:
    record = _checked_object(value)
    return ManifestPage(
        site_path=_checked_text(record["address"]),
        kind=PageKind(record["kind"]),
        id=_checked_text(record.get("id", "")),
        question=_checked_text(record.get("question", "")),
        threads=tuple(map(_checked_text, _checked_list(record.get("threads", [])))),
        fingerprint=_checked_text(record.get("digest", "")),
        target=_checked_text(record.get("target", "")),
        lead=_checked_text(record.get("lead", "")),
        unlocked=_checked_flag(record.get("unlocked", False)),
    )


def _checked_text(value: object) -> str:
    """Return `value` if it is a string, else raise TypeError."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _checked_number(value: object) -> int:
    """Return `value` if it is an integer, else raise TypeError."""
    if type(value) is not int:
        raise TypeError("not a number")
    return value


def _checked_flag(value: object) -> bool:
    """Return `value` if it is true or false, else raise TypeError."""
    if not isinstance(value, bool):
        raise TypeError("not true or false")
    return value


def _checked_object(value: object) -> Mapping[str, object]:
    """Return `value` if it is a JSON object, else raise TypeError."""
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _checked_list(value: object) -> Sequence[object]:
    """Return `value` if it is a list, else raise TypeError."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _invalid_manifest_finding(shown: str, message: str) -> Diagnostic:
    advice = "download the published manifest again; if the site no longer has it, publish the last good build again"
    return Diagnostic(code="FAQ771", where=Location(path=shown), message=message, help=advice)
