"""Topics -> Atom, RSS and JSON Feed with the newest and the latest changed answers."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from feedgen.feed import FeedGenerator

from faq_builder.config import PublishRules
from faq_builder.model import Message, PublicText, Topic, Url
from faq_builder.render.answers import PageAnswer, answer_keys, page_answers
from faq_builder.render.labels import Labels
from faq_builder.render.site import Site, topic_site_path

# https://www.w3.org/TR/xml/#charsets: characters that XML 1.0 does not allow, not even escaped
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class _FeedEntry:
    """One answered topic in all three feeds. Its texts contain only characters that XML allows."""

    id: str  # stays the same when the slug changes
    url: str
    original: Url | None
    title: str
    content: str  # HTML
    published: datetime
    updated: datetime
    authors: tuple[tuple[str, Url | None], ...]
    tags: tuple[str, ...]


def feed_files(site: Site, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield feed.atom, feed.rss and feed.json with the topics that changed last; nothing if `site_url` is not set.

    Dates come from the topics, so that the same topics give the same bytes. `now` (UTC) replaces missing dates.
    """
    rules = site.rules
    if rules.site_url is None:
        return
    newest = sorted(site.answered, key=lambda topic: topic.id)
    newest.sort(key=lambda topic: _updated_then_published(topic, now), reverse=True)
    entries = [_entry(site, topic, rules.site_url, now) for topic in newest[: rules.feed_entries]]
    yield "feed.atom", _generator(entries, rules, now, "feed.atom", "application/atom+xml").atom_str()
    yield "feed.rss", _generator(entries, rules, now, "feed.rss", "application/rss+xml").rss_str()
    yield "feed.json", _json_feed(entries, rules)


def _updated_then_published(topic: Topic, now: datetime) -> tuple[datetime, datetime]:
    published, updated = _dates(topic, now)
    return updated, published


def _dates(topic: Topic, now: datetime) -> tuple[datetime, datetime]:
    """Return when a topic was published and updated: from the ledger, or from its newest answer before `faq lock`."""
    answered = topic.last_answered or now
    published = _midnight(topic.published) or answered
    return published, max(_midnight(topic.changed) or answered, published)


def _entry(site: Site, topic: Topic, site_url: Url, now: datetime) -> _FeedEntry:
    main = topic.main_member
    assert main is not None
    key = str(main.thread.key)
    answers = zip(answer_keys(topic), page_answers(site, topic), strict=True)
    from_main_thread = [answer for (thread, _), answer in answers if thread == key]
    messages = [message for member, message in topic.answers if member is main]
    published, updated = _dates(topic, now)
    return _FeedEntry(
        id=f"{site_url}q/{topic.id}",
        url=f"{site_url}{topic_site_path(topic)}",
        original=main.thread.url,
        title=_clean(topic.question.value).strip() or topic.slug,
        content=_clean("\n".join(_content(answer, site.labels) for answer in from_main_thread)),
        published=published,
        updated=updated,
        authors=tuple(dict.fromkeys(author for message in messages if (author := _author(message)))),
        tags=tuple(tag for t in topic.tags if (tag := _clean(t.value).strip())),
    )


def _content(answer: PageAnswer, labels: Labels) -> str:
    """Return an answer as HTML: the permitted text, its author and reason, and a link to the original."""
    lines = [f"{answer.byline.value}. {answer.why.value}"]
    if answer.url:
        words = labels("read-whole" if answer.is_cut else "read-reply")
        lines.append(f'<a href="{answer.url.__html__()}">{words.value}</a>')
    lines.append(answer.attribution.value)
    before = f"<p>{answer.replied.value}</p>" if answer.replied else ""
    updates = [f"<p>{update.heading.value}</p>\n{update.body.value}" for update in answer.updates if update.body]
    return "\n".join([before, answer.body.value, *updates, *(f"<p>{line}</p>" for line in lines if line)]).strip()


def _author(message: Message[PublicText]) -> tuple[str, Url | None] | None:
    author = message.author
    name = _clean(author.name.value).strip() if author and author.name else ""
    return (name, author.profile) if author and name else None


def _generator(
    entries: Sequence[_FeedEntry], rules: PublishRules, now: datetime, path: str, media_type: str
) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(str(rules.site_url))
    feed.title(_clean(rules.site_name))
    feed.description(_clean(rules.description or rules.site_name))
    feed.link(href=f"{rules.site_url}{path}", rel="self", type=media_type)
    feed.link(href=str(rules.site_url), rel="alternate", type="text/html")  # feedgen uses the last link for RSS
    feed.language(rules.language)
    feed.author({"name": _clean(rules.site_name)})
    feed.generator("faq_builder")
    feed.updated(max((entry.updated for entry in entries), default=now))
    for entry in entries:
        _fill_item(feed.add_entry(order="append"), entry)
    return feed


def _fill_item(item: Any, entry: _FeedEntry) -> None:  # feedgen has no types
    item.guid(entry.id, permalink=False)
    item.title(entry.title)
    item.link(href=entry.url)  # no "via" link: feedgen 1.0 drops `rel` in entries
    item.content(entry.content, type="html")
    item.published(entry.published)
    item.updated(entry.updated)
    for name, profile in entry.authors:
        item.author({"name": name, "uri": str(profile)} if profile else {"name": name})
    for tag in entry.tags:
        item.category({"term": tag})


def _json_feed(entries: Sequence[_FeedEntry], rules: PublishRules) -> bytes:
    """Return the feed in JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
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


def _json_item(entry: _FeedEntry) -> dict[str, object]:
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
    """Remove characters that XML does not allow: "a\\x00b" -> "ab"."""
    return _NOT_XML.sub("", text)
