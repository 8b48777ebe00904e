"""Everything that pages are made from, arranged once: lists in their order, tags, places, excerpts."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from faq_builder.config import PublishLevel, PublishRules, Source
from faq_builder.model import Grouping, PublicText, ThreadKey, Topic, Withdrawn
from faq_builder.render.address import Address, absolute
from faq_builder.render.excerpt import excerpt
from faq_builder.render.labels import Label, Labels, labels_for
from faq_builder.render.templates import Templates, templates

EXCERPT = 180  # characters of an answer in a list: two to three lines on a phone
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_TAG_LENGTH = 40
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")  # no folder on Windows may be called that


@dataclass(frozen=True, kw_only=True)
class Place:
    """A source in which something was asked, with its topics in the order of lists."""

    source: Source
    answered: tuple[Topic, ...]
    waiting: tuple[Topic, ...]

    @property
    def name(self) -> Label:
        """The name that customers know."""
        return Label(self.source.place)

    @property
    def address(self) -> Address:
        """The page of the place."""
        return Address(f"places/{self.source.key}/")


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A tag as it is written most often, with its answered topics in the order of lists."""

    name: PublicText
    slug: str
    topics: tuple[Topic, ...]

    @property
    def address(self) -> Address:
        """The page of the tag."""
        return Address(f"tags/{self.slug}/")


@dataclass(frozen=True, kw_only=True)
class Site:
    """What `pages` and `slots` need; built once a build. `files` gives the edit path of threads that have a file."""

    grouping: Grouping
    sources: Mapping[str, Source]
    rules: PublishRules
    level: PublishLevel = PublishLevel.MARKED
    files: Mapping[ThreadKey, str] = field(default_factory=dict)
    products: tuple[str, ...] = ()  # names of different things, by which results can be filtered
    templates: Templates = field(default_factory=templates)

    @cached_property
    def labels(self) -> Labels:
        """The words of the site's language."""
        return labels_for(self.rules.language)

    @cached_property
    def answered(self) -> tuple[Topic, ...]:
        """Topics with a page: the most asked first, then the newest answer. Everyone who asked counts the same."""
        topics = (topic for topic in self.grouping.topics if topic.answered)
        return tuple(sorted(topics, key=lambda t: (-t.asked, -_stamp(t.last_answered), t.id)))

    @cached_property
    def answered_by_id(self) -> tuple[Topic, ...]:
        """Topics with a page in the order of their ids."""
        return tuple(topic for topic in self.grouping.topics if topic.answered)

    @cached_property
    def open(self) -> tuple[Topic, ...]:
        """Topics that nobody answered: the most asked first, then the one that waits longest."""
        topics = (topic for topic in self.grouping.topics if not topic.answered)
        return tuple(sorted(topics, key=lambda t: (-t.asked, *_waiting(t))))

    @cached_property
    def newest(self) -> tuple[Topic, ...]:
        """Answered topics, the newest answer first."""
        return tuple(sorted(self.answered, key=lambda t: (-_stamp(t.last_answered), t.id)))

    @cached_property
    def waiting(self) -> tuple[Topic, ...]:
        """Open topics, the one that waits longest first; those without a date last."""
        return tuple(sorted(self.open, key=_waiting))

    @cached_property
    def by_id(self) -> Mapping[str, Topic]:
        """All topics by id."""
        return {topic.id: topic for topic in self.grouping.topics}

    @cached_property
    def pages_by_id(self) -> Mapping[str, Topic | Withdrawn]:
        """What the page says to which each id leads, ids of merged topics included; open topics have no page."""
        pages: dict[str, Topic | Withdrawn] = {topic.id: topic for topic in self.answered}
        pages |= {withdrawn.id: withdrawn for withdrawn in self.grouping.withdrawn}
        return pages | {former: pages[heir] for former, heir in self.grouping.former_ids if heir in pages}

    @cached_property
    def topics_by_url(self) -> Mapping[str, Topic]:
        """Answered topics by the addresses of their pages, threads and replies, without a slash at the end."""
        found = {absolute(self.rules.site_url, topic_address(topic)).value: topic for topic in self.answered}
        for topic in self.answered:
            for thread in (member.thread for member in topic.members):
                urls = (thread.url, *(message.url for message in thread.messages))
                found |= {url.value: topic for url in urls if url}
        return {url.rstrip("/"): topic for url, topic in found.items()}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The sources in which something was asked, by key."""
        answered = _by_key(self.answered, lambda topic: topic.places)
        waiting = _by_key(self.open, lambda topic: topic.places)
        return tuple(
            Place(source=self.source(key), answered=answered.get(key, ()), waiting=waiting.get(key, ()))
            for key in sorted(answered.keys() | waiting.keys())
        )

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The tags of answered topics, by name. Tags that differ in case or hyphens only are one."""
        topics = _by_key(self.answered, lambda topic: dict.fromkeys(tag_slug(tag) for tag in topic.tags if tag))
        names: dict[str, dict[PublicText, int]] = defaultdict(lambda: defaultdict(int))
        for topic in self.answered:
            for tag in topic.tags:
                names[tag_slug(tag)][tag] += 1
        tags = (
            Tag(name=min(names[slug], key=lambda name: (-names[slug][name], name)), slug=slug, topics=found)
            for slug, found in topics.items()
        )
        return tuple(sorted(tags, key=lambda tag: (tag.name.value.casefold(), tag.slug)))

    @cached_property
    def excerpts(self) -> Mapping[str, PublicText]:
        """The beginning of each main answer as plain text, by topic id; nothing where only links are permitted."""
        return {topic.id: self._excerpt(topic) for topic in self.answered}

    def source(self, key: str) -> Source:
        """The source with this key; a nameless one where the configuration no longer has it."""
        return self.sources.get(key) or Source(key=key, place=key)

    def place_name(self, key: str) -> Label:
        """What customers call a source."""
        return Label(self.source(key).place)

    def links(self, topic_ids: Iterable[str]) -> Iterator[tuple[Address, PublicText]]:
        """Address and question of topics, as far as they have a page."""
        for topic in map(self.by_id.get, topic_ids):
            if topic and topic.answered:
                yield topic_address(topic), topic.question

    def _excerpt(self, topic: Topic) -> PublicText:
        return excerpt(topic.answers[0][1].body, EXCERPT)


def topic_address(topic: Topic) -> Address:
    """The permanent address of a topic's page."""
    return Address(f"q/{topic.slug}/")


def tag_slug(tag: PublicText) -> str:
    """The last part of a tag's address: unique, ASCII, and dependent on this tag only.

    A tag that loses something on the way to ASCII ("c++", "größe") carries a hash of what it was, and so does one that
    Windows keeps for itself.
    """
    folded = " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", tag.value)).casefold().split())
    ascii_only = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only)[:_TAG_LENGTH].strip("-")
    if slug and slug == folded.replace(" ", "-") and not _DEVICE.fullmatch(slug):
        return slug
    digest = hashlib.sha256((folded or tag.value).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def _by_key(topics: Iterable[Topic], keys: Callable[[Topic], Iterable[str]]) -> dict[str, tuple[Topic, ...]]:
    found: dict[str, list[Topic]] = defaultdict(list)
    for topic in topics:
        for key in keys(topic):
            found[key].append(topic)
    return {key: tuple(group) for key, group in found.items()}


def _stamp(at: datetime | None) -> float:
    return (at or LONG_AGO).timestamp()


def _waiting(topic: Topic) -> tuple[bool, float, str]:
    return topic.first_asked is None, _stamp(topic.first_asked), topic.id
