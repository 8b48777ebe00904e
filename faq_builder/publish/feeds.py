"""Topics -> Atom, RSS and JSON Feed: what was answered or changed last."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from feedgen.feed import FeedGenerator

from faq_builder.config import PublishRules
from faq_builder.model import Message, PublicText, Topic, Url
from faq_builder.render.answers import ShownAnswer, answer_keys, shown_answers
from faq_builder.render.labels import Labels
from faq_builder.render.site import Site, topic_address

# https://www.w3.org/TR/xml/#charsets: what XML 1.0 may not hold in any form
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One answered topic as all three feeds show it; texts hold only characters that XML allows."""

    id: str  # does not change when the topic gets another slug
    url: str
    original: Url | None
    title: str
    content: str  # HTML
    published: datetime
    updated: datetime
    authors: tuple[tuple[str, Url | None], ...]
    tags: tuple[str, ...]


def feeds(site: Site, now: datetime) -> Iterator[tuple[str, bytes]]:
    """feed.atom, feed.rss and feed.json with the topics that changed last; nothing where the site has no address.

    Dates are the topics' own, so that the same topics give the same bytes; `now` (UTC) stands in where there is none.
    """
    rules = site.rules
    if rules.site_url is None:
        return
    newest = sorted(site.answered, key=lambda topic: topic.id)
    newest.sort(key=lambda topic: _dates(topic, now)[::-1], reverse=True)
    entries = [_entry(site, topic, rules.site_url, now) for topic in newest[: rules.feed_entries]]
    yield "feed.atom", _generator(entries, rules, now, "feed.atom", "application/atom+xml").atom_str()
    yield "feed.rss", _generator(entries, rules, now, "feed.rss", "application/rss+xml").rss_str()
    yield "feed.json", _json_feed(entries, rules)


def _dates(topic: Topic, now: datetime) -> tuple[datetime, datetime]:
    """When a topic was published and changed: as the ledger says, before it is locked as its newest answer says."""
    answered = topic.last_answered or now
    published = _midnight(topic.published) or answered
    return published, max(_midnight(topic.changed) or answered, published)


def _entry(site: Site, topic: Topic, site_url: Url, now: datetime) -> _Entry:
    main = topic.main_member
    assert main is not None
    key = str(main.thread.key)
    shown = [s for (thread, _), s in zip(answer_keys(topic), shown_answers(site, topic), strict=True) if thread == key]
    messages = [message for member, message in topic.answers if member is main]
    published, updated = _dates(topic, now)
    return _Entry(
        id=f"{site_url}q/{topic.id}",
        url=f"{site_url}{topic_address(topic)}",
        original=main.thread.url,
        title=_clean(topic.question.value).strip() or topic.slug,
        content=_clean("\n".join(_content(answer, site.labels) for answer in shown)),
        published=published,
        updated=updated,
        authors=tuple(dict.fromkeys(author for message in messages if (author := _author(message)))),
        tags=tuple(tag for t in topic.tags if (tag := _clean(t.value).strip())),
    )


def _content(answer: ShownAnswer, labels: Labels) -> str:
    """A reply as its page shows it: as far as its source permits, by whom, why, and the way to the original."""
    lines = [f"{answer.byline.value}. {answer.why.value}"]
    if answer.url:
        words = labels("read-whole" if answer.is_cut else "read-reply")
        lines.append(f'<a href="{answer.url.__html__()}">{words.value}</a>')
    lines.append(answer.attribution.value)
    return "\n".join([answer.body.value, *(f"<p>{line}</p>" for line in lines if line)]).strip()


def _author(message: Message[PublicText]) -> tuple[str, Url | None] | None:
    author = message.author
    name = _clean(author.name.value).strip() if author and author.name else ""
    return (name, author.profile) if author and name else None


def _generator(
    entries: Sequence[_Entry], rules: PublishRules, now: datetime, path: str, media_type: str
) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(str(rules.site_url))
    feed.title(_clean(rules.site_name))
    feed.description(_clean(rules.description or rules.site_name))
    feed.link(href=f"{rules.site_url}{path}", rel="self", type=media_type)
    feed.link(href=str(rules.site_url), rel="alternate", type="text/html")  # last, which feedgen takes for RSS
    feed.language(rules.language)
    feed.author({"name": _clean(rules.site_name)})
    feed.generator("faq_builder")
    feed.updated(max((entry.updated for entry in entries), default=now))
    for entry in entries:
        _add(feed.add_entry(order="append"), entry)
    return feed


def _add(item: Any, entry: _Entry) -> None:  # feedgen has no types
    item.guid(entry.id, permalink=False)
    item.title(entry.title)
    item.link(href=entry.url)  # the only one: feedgen 1.0 drops `rel` in entries, so that "via" would be "alternate"
    item.content(entry.content, type="html")
    item.published(entry.published)
    item.updated(entry.updated)
    for name, profile in entry.authors:
        item.author({"name": name, "uri": str(profile)} if profile else {"name": name})
    for tag in entry.tags:
        item.category({"term": tag})


def _json_feed(entries: Sequence[_Entry], rules: PublishRules) -> bytes:
    """The feed as of https://www.jsonfeed.org/version/1.1/."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _clean(rules.site_name),
        "home_page_url": str(rules.site_url),
        "feed_url": f"{rules.site_url}feed.json",
        "description": _clean(rules.description or rules.site_name),
        "language": rules.language,
        "items": [_json_item(entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _json_item(entry: _Entry) -> dict[str, object]:
    item: dict[str, object] = {"id": entry.id, "url": entry.url}
    if entry.original:
        item["external_url"] = str(entry.original)
    return item | {
        "title": entry.title,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name, "url": str(url)} if url else {"name": name} for name, url in entry.authors],
        "tags": list(entry.tags),
    }


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
