"""The values that all pages are made from, computed once: ordered topics, tags, places, excerpts."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from faq_builder.config import PublishLevel, PublishRules, Source
from faq_builder.model import Grouping, Html, PublicText, ThreadKey, Topic, Withdrawn
from faq_builder.render.context import answer_summary
from faq_builder.render.href import Href, absolute_url
from faq_builder.render.labels import Label, Labels, labels_for
from faq_builder.render.templates import Templates, theme_templates

EXCERPT = 180  # characters of an answer in a list and in a description: two to three lines on a phone
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)  # sorts before every real date
_TAG_LENGTH = 40  # characters of a tag in its slug
_WINDOWS_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")  # Windows allows no folder of this name


@dataclass(frozen=True, kw_only=True)
class Place:
    """A source as customers see it, with its topics in the order of lists."""

    source: Source
    answered: tuple[Topic, ...]
    waiting: tuple[Topic, ...]

    @property
    def name(self) -> Label:
        """The name that customers know the source by."""
        return Label(self.source.place)

    @property
    def site_path(self) -> Href:
        """The site path of the place's page."""
        return Href(f"places/{self.source.key}/")


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A tag in its most frequent spelling, with its answered topics in the order of lists."""

    name: PublicText
    slug: str
    topics: tuple[Topic, ...]

    @property
    def site_path(self) -> Href:
        """The site path of the tag's page."""
        return Href(f"tags/{self.slug}/")


@dataclass(frozen=True, kw_only=True)
class Site:
    """The input of all pages, made once per build. `files` maps threads that have a file to the path for edit links."""

    grouping: Grouping
    sources: Mapping[str, Source]
    rules: PublishRules
    level: PublishLevel = PublishLevel.MARKED
    files: Mapping[ThreadKey, str] = field(default_factory=dict)
    products: tuple[str, ...] = ()  # names of products, by which search results can be filtered
    templates: Templates = field(default_factory=theme_templates)

    @cached_property
    def labels(self) -> Labels:
        """The labels in the site's language."""
        return labels_for(self.rules.language)

    @cached_property
    def answered(self) -> tuple[Topic, ...]:
        """Answered topics: the most asked first, then the newest answer. Every asker counts the same."""
        topics = (topic for topic in self.grouping.topics if topic.answered)
        return tuple(sorted(topics, key=lambda t: (-t.asked, -_timestamp(t.last_answered), t.id)))

    @cached_property
    def answered_by_id(self) -> tuple[Topic, ...]:
        """Answered topics in the order of their ids."""
        return tuple(topic for topic in self.grouping.topics if topic.answered)

    @cached_property
    def open(self) -> tuple[Topic, ...]:
        """Topics without an answer: the most asked first, then the one that has waited longest."""
        topics = (topic for topic in self.grouping.topics if not topic.answered)
        return tuple(sorted(topics, key=lambda t: (-t.asked, *_longest_wait_first(t))))

    @cached_property
    def newest(self) -> tuple[Topic, ...]:
        """Answered topics, the newest answer first."""
        return tuple(sorted(self.answered, key=lambda t: (-_timestamp(t.last_answered), t.id)))

    @cached_property
    def waiting(self) -> tuple[Topic, ...]:
        """Open topics, the one that has waited longest first; topics without a date last."""
        return tuple(sorted(self.open, key=_longest_wait_first))

    @cached_property
    def by_id(self) -> Mapping[str, Topic]:
        """All topics by id."""
        return {topic.id: topic for topic in self.grouping.topics}

    @cached_property
    def pages_by_id(self) -> Mapping[str, Topic | Withdrawn]:
        """The topic whose page /q/ID shows, by id, including ids of merged topics; open topics have no page."""
        pages: dict[str, Topic | Withdrawn] = {topic.id: topic for topic in self.answered}
        pages |= {withdrawn.id: withdrawn for withdrawn in self.grouping.withdrawn}
        return pages | {former: pages[heir] for former, heir in self.grouping.former_ids if heir in pages}

    @cached_property
    def topics_by_url(self) -> Mapping[str, Topic]:
        """Answered topics by the URLs of their pages, threads and replies, without a final slash."""
        found = {absolute_url(self.rules.site_url, topic_site_path(topic)).value: topic for topic in self.answered}
        for topic in self.answered:
            for thread in (member.thread for member in topic.members):
                urls = (thread.url, *(message.url for message in thread.messages))
                found |= {url.value: topic for url in urls if url}
        return {url.rstrip("/"): topic for url, topic in found.items()}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The sources that have topics, ordered by key."""
        answered = _topics_by_key(self.answered, lambda topic: topic.places)
        waiting = _topics_by_key(self.open, lambda topic: topic.places)
        return tuple(
            Place(source=self.source(key), answered=answered.get(key, ()), waiting=waiting.get(key, ()))
            for key in sorted(answered.keys() | waiting.keys())
        )

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The tags of answered topics, ordered by name. Spellings that differ only in case or hyphens are one tag."""
        topics = _topics_by_key(self.answered, lambda topic: dict.fromkeys(tag_slug(tag) for tag in topic.tags if tag))
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
        """The summary of each main answer (`answer_summary`), by topic id; empty if the source permits only links."""
        return {topic.id: answer_summary(self.labels, topic, EXCERPT) for topic in self.answered}

    def asked_phrase(self, topic: Topic) -> Html:
        """Return how often and where it was asked: "Asked 3 times in 2 places". Empty if it was asked only once."""
        if topic.asked < 2:
            return Html("")
        times = self.labels("asked", n=topic.asked)
        places = sorted({*topic.places, *(linked.thread.key.source for linked in topic.linked)})
        if len(places) > 1:
            return self.labels("asked-across", asked=times, m=len(places))
        return self.labels("asked-in", asked=times, place=self.place_name(places[0]))

    def source(self, key: str) -> Source:
        """Return the source with this key; one that is named after its key if it is no longer configured."""
        return self.sources.get(key) or Source(key=key, place=key)

    def place_name(self, key: str) -> Label:
        """Return the name that customers know a source by."""
        return Label(self.source(key).place)

    def topic_links(self, topic_ids: Iterable[str]) -> Iterator[tuple[Href, PublicText]]:
        """Yield the site path and question of each of these topics that has a page."""
        for topic in map(self.by_id.get, topic_ids):
            if topic and topic.answered:
                yield topic_site_path(topic), topic.question


def topic_site_path(topic: Topic) -> Href:
    """Return the site path of a topic's page: "q/red-widget/"."""
    return Href(f"q/{topic.slug}/")


def tag_slug(tag: PublicText) -> str:
    """Return the slug of a tag, which depends on this tag only: "Red widget" -> "red-widget".

    A slug that does not spell the whole tag in ASCII ends with a hash of the tag ("c++" -> "c-0123abcd"), and so does a
    name that Windows reserves ("con"), so that different tags have different slugs.
    """
    folded = " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", tag.value)).casefold().split())
    ascii_only = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only)[:_TAG_LENGTH].strip("-")
    if slug and slug == folded.replace(" ", "-") and not _WINDOWS_DEVICE.fullmatch(slug):
        return slug
    fingerprint = hashlib.sha256((folded or tag.value).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-{fingerprint}" if slug else fingerprint


def _topics_by_key(topics: Iterable[Topic], keys: Callable[[Topic], Iterable[str]]) -> dict[str, tuple[Topic, ...]]:
    found: dict[str, list[Topic]] = defaultdict(list)
    for topic in topics:
        for key in keys(topic):
            found[key].append(topic)
    return {key: tuple(group) for key, group in found.items()}


def _timestamp(at: datetime | None) -> float:
    return (at or _NO_DATE).timestamp()


def _longest_wait_first(topic: Topic) -> tuple[bool, float, str]:
    return topic.first_asked is None, _timestamp(topic.first_asked), topic.id
