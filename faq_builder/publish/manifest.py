"""faq-manifest.json: every address of the site and what stands there, by which two builds are compared.

{"version": 1, "site_url": "https://faq.example/",
 "sources": {"forum": {"topics": 8, "threads": 9}},
 "taken_out": {"4h2kq0x1zb": {"forum": 1}},
 "pages": [
{"address": "q/red-widget/", "kind": "topic", "id": "8d0kx1vz0q", "question": "...", "digest": "...",
 "threads": ["forum:12"]},
{"address": "q/former/", "kind": "redirect", "target": "q/red-widget/"}
]}

It is published with the site, so it holds nothing that the pages do not say.
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
from faq_builder.render.address import folder_of
from faq_builder.render.pages import redirects
from faq_builder.render.site import Site, topic_address

MANIFEST = "faq-manifest.json"
VERSION = 1
NOT_FOUND = "404.html"  # what hosts show where nothing is: no address of its own

_DIGEST = 16  # hexadecimal digits: a change that is overlooked by chance costs a line of a report
_ADDRESS = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}(?:/|$))[^\x00-\x20\\]*")


TakenOut: TypeAlias = Mapping[str, Mapping[str, int]]
"""By topic id and source, how many threads `hide` decisions and opt-outs took out of it, wholly or in part."""


class PageKind(Enum):
    """What stands at an address."""

    TOPIC = "topic"
    REDIRECT = "redirect"
    WITHDRAWN = "withdrawn"
    LIST = "list"  # generated lists and the search page: tags and numbered pages come and go
    PAGE = "page"  # the company's own


PERMANENT = frozenset({PageKind.TOPIC, PageKind.REDIRECT, PageKind.WITHDRAWN, PageKind.PAGE})


@dataclass(frozen=True, kw_only=True, slots=True)
class ManifestPage:
    """One address below the site's root ("q/red-widget/", "" for the home page) and what stands there."""

    address: str
    kind: PageKind
    id: str = ""  # of a topic, answered or withdrawn
    question: str = ""
    threads: tuple[str, ...] = ()  # keys of a topic's threads, sorted
    digest: str = ""  # changes when something that a reader is told changes
    target: str = ""  # the address to which a redirect leads
    unlocked: bool = False  # a topic that the ledger does not hold yet: a preview, whose address may still change

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.address) or not _ADDRESS.fullmatch(self.target):
            raise ValueError("an address lies below the site's root")
        if self.kind is PageKind.TOPIC and not (self.id and self.threads):
            raise ValueError("a topic has an id and threads")
        for key in self.threads:
            ThreadKey.parse(key)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All pages, sorted by address, each address once. An empty manifest is that of a site never published."""

    site_url: str = ""
    pages: tuple[ManifestPage, ...] = ()
    taken_out: TakenOut = field(default_factory=dict)

    @cached_property
    def by_address(self) -> Mapping[str, ManifestPage]:
        """The pages by address."""
        return {page.address: page for page in self.pages}

    @cached_property
    def topics(self) -> tuple[ManifestPage, ...]:
        """The pages of answered topics."""
        return tuple(page for page in self.pages if page.kind is PageKind.TOPIC)

    @cached_property
    def sources(self) -> Mapping[str, "Count"]:
        """How much of each source is published, by key."""
        topics: Counter[str] = Counter()
        threads: Counter[str] = Counter()
        for page in self.topics:
            keys = [source_of(key) for key in page.threads]
            threads.update(keys)
            topics.update(set(keys))
        return {key: Count(topics=topics[key], threads=threads[key]) for key in sorted(topics)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """The answered topics in which a source has a part, and its threads in them."""

    topics: int = 0
    threads: int = 0


def source_of(key: str) -> str:
    """The source of a thread."""
    return key.partition(":")[0]


def make_manifest(site: Site, made: Iterable[str], own: Iterable[str], taken_out: TakenOut) -> Manifest:
    """The manifest of a site, given the files of all pages but those of topics: made by us, and the company's own."""
    found = [*_topics(site), *_made(site, made)]
    found += (
        ManifestPage(address=folder_of(path).value, kind=PageKind.PAGE) for path in sorted(own) if path != NOT_FOUND
    )
    found += (
        ManifestPage(address=folder_of(moved.path).value, kind=PageKind.REDIRECT, target=moved.target)
        for moved in redirects(site)
    )
    pages = {page.address: page for page in reversed(found)}  # of two at one address the first is written
    return Manifest(
        site_url=str(site.rules.site_url or ""),
        pages=tuple(pages[address] for address in sorted(pages)),
        taken_out={topic: dict(sorted(sources.items())) for topic, sources in sorted(taken_out.items())},
    )


def _topics(site: Site) -> Iterator[ManifestPage]:
    for topic in site.answered_by_id:
        yield ManifestPage(
            address=topic_address(topic).value,
            kind=PageKind.TOPIC,
            id=topic.id,
            question=topic.question.value,
            threads=tuple(sorted(str(member.thread.key) for member in topic.members)),
            digest=_digest(topic),
            unlocked=topic.id in site.grouping.unlocked,
        )


def _made(site: Site, paths: Iterable[str]) -> Iterator[ManifestPage]:
    """The other pages that we made: withdrawn ones stand where topics do."""
    ids = {f"q/{slug}/": gone.id for gone in site.grouping.withdrawn for slug in (gone.slug, *gone.former_slugs)}
    for path in paths:
        address = folder_of(path).value
        kind = PageKind.WITHDRAWN if address.startswith("q/") else PageKind.LIST
        yield ManifestPage(address=address, kind=kind, id=ids.get(address, ""))


def _digest(topic: Topic) -> str:
    """A hash of what a topic's page tells its readers; dates of the ledger and related topics are not part of it."""
    told = [
        topic.language,
        *([wording.value for wording in topic.wordings], [tag.value for tag in topic.tags]),
        [_note(note) for note in topic.notes],
        [[str(m.thread.key), str(m.thread.url or ""), m.thread.title.value] for m in topic.members],
        [
            [str(member.thread.key), message.id, message.body.value, str(message.author and message.author.name)]
            for member, message in topic.answers
        ],
        *([list(topic.split_into)] if topic.split_into else []),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:_DIGEST]


def _note(note: Note) -> list[str]:
    return [note.kind.value, *map(str, (note.text, note.on, note.version, note.instead))]


# the file ------------------------------------------------------------------------------------------------------------


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes of the file, a page a line; `read_manifest` gives the same manifest back."""
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
    """The manifest in a file; None and an error where it is not one, not whole, or of a newer version."""
    try:
        record = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, a number without end
        return None, (_broken(shown, "the manifest is not JSON, or not all of it"),)
    version = record.get("version") if isinstance(record, dict) else None
    if type(version) is not int or version < 1:
        return None, (_broken(shown, "the file is not a manifest"),)
    if version > VERSION:
        advice = "build and compare with the release of faq_builder that published it, or a newer one"
        where = Location(path=shown)
        message = f"the manifest has version {version}, and this release knows version {VERSION}"
        return None, (Diagnostic(code="FAQ772", where=where, message=message, help=advice),)
    try:
        manifest, counts = _parse(record), record["sources"]
    except (KeyError, TypeError, ValueError):
        return None, (_broken(shown, "the manifest holds something that no manifest holds"),)
    if counts != _source_records(manifest) or len(manifest.by_address) != len(manifest.pages):
        return None, (_broken(shown, "the parts of the manifest do not fit together"),)
    return manifest, ()


def _source_records(manifest: Manifest) -> dict[str, dict[str, int]]:
    """What people and pipelines read; it also shows whether the pages are complete."""
    return {key: {"topics": count.topics, "threads": count.threads} for key, count in manifest.sources.items()}


def _page_record(page: ManifestPage) -> dict[str, object]:
    record: dict[str, object] = {"address": page.address, "kind": page.kind.value}
    texts = {"id": page.id, "question": page.question, "digest": page.digest, "target": page.target}
    record |= {name: text for name, text in texts.items() if text}
    record |= {"threads": list(page.threads)} if page.threads else {}
    return record | ({"unlocked": True} if page.unlocked else {})


def _parse(record: Mapping[str, object]) -> Manifest:
    """The manifest in a record of our version; raises KeyError, TypeError or ValueError where it is none."""
    taken_out = {
        topic: {source: _number(count) for source, count in _object(sources).items()}
        for topic, sources in _object(record["taken_out"]).items()
    }
    return Manifest(
        site_url=_text(record["site_url"]),
        pages=tuple(_parse_page(page) for page in _list(record["pages"])),
        taken_out=taken_out,
    )


def _parse_page(value: object) -> ManifestPage:
    record = _object(value)
    return ManifestPage(
        address=_text(record["address"]),
        kind=PageKind(record["kind"]),
        id=_text(record.get("id", "")),
        question=_text(record.get("question", "")),
        threads=tuple(map(_text, _list(record.get("threads", [])))),
        digest=_text(record.get("digest", "")),
        target=_text(record.get("target", "")),
        unlocked=_flag(record.get("unlocked", False)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a number")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not true or false")
    return value


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _broken(shown: str, message: str) -> Diagnostic:
    advice = "fetch the published one again; if the site has lost it, publish the last good build once more"
    return Diagnostic(code="FAQ771", where=Location(path=shown), message=message, help=advice)
