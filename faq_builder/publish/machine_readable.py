"""Files for machines: topics.json, sitemap, robots.txt, llms.txt, redirects; and the two JSON contracts."""

import html
import json
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from faq_builder.model import Answer, Balance, Message, PublicText, PublicThread, Reason, Topic, Url
from faq_builder.render.href import site_path_of
from faq_builder.render.site import Site, topic_site_path

MAX_SITEMAP_URLS = 50_000  # limit for one file: https://www.sitemaps.org/protocol.html
MAX_LLMS_TXT_TOPICS = 1000  # about as many as a model reads in one piece; topics.json has all

_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def machine_readable_files(site: Site, now: datetime, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files for machines. `pages` are the files of all indexable pages except topics.

    Dates come from the content; `now` (UTC, the newest of them) is the date of the home page.
    """
    yield "topics.json", _topics_json(site)
    yield "llms.txt", _llms_txt(site)
    yield from _redirects(site)
    site_url = site.rules.site_url
    if site_url is None:
        yield "robots.txt", b"User-agent: *\nAllow: /\n"
        return
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n".encode()
    dates: dict[str, date | None] = {f"{site_url}{site_path_of(path)}": None for path in pages}
    dates |= {f"{site_url}{topic_site_path(topic)}": _last_changed(topic) for topic in site.answered}
    dates[str(site_url)] = now.date()
    yield from _sitemaps(sorted(dates.items()), site_url)


# contracts -----------------------------------------------------------------------------------------------------------


def topic_record(topic: Topic, site_url: Url | None) -> dict[str, object]:
    """Return a topic for `faq topics --json` and topics.json; `url` is null if it has no page or no `site_url` is set.

    Message ids are unique only within a thread, so the answer also has the key of its thread.
    """
    return {
        "id": topic.id,
        "slug": topic.slug,
        "url": f"{site_url}{topic_site_path(topic)}" if site_url and topic.answered else None,
        "question": topic.question.value,
        "language": topic.language,
        "wordings": [wording.value for wording in topic.wordings],
        "asked": topic.asked,
        "places": list(topic.places),
        "tags": [tag.value for tag in topic.tags],
        "threads": [
            {
                "key": str(member.thread.key),
                "url": _text_or_none(member.thread.url),
                "joined_by": member.joined_by.value,
                "score": member.score,
            }
            for member in topic.members
        ],
        "answer": _main_answer_record(topic),
        "related": list(topic.related),
        "published": _text_or_none(topic.published),
        "changed": _text_or_none(topic.changed),
        # later additions to the contract
        "linked": [
            {
                "key": str(linked.thread.key),
                "url": _text_or_none(linked.thread.url),
                "because": linked.because.value,
            }
            for linked in topic.linked
        ],
        "likely_duplicates": [
            {"id": likely.topic, "because": likely.because.value, "score": likely.score}
            for likely in topic.likely_duplicates
        ],
    }


def _main_answer_record(topic: Topic) -> dict[str, object] | None:
    """Return the main answer; its thread is null if staff wrote it for the topic."""
    if topic.written:
        written = Answer(messages=(topic.written.id,), reason=Reason.WRITTEN, confidence=1.0)
        return {**_answer_record(written), "thread": None}
    main = topic.main_member
    return {**_answer_record(main.answer), "thread": str(main.thread.key)} if main and main.answer else None


def thread_record(thread: PublicThread, answer: Answer | None) -> dict[str, object]:
    """Return a public thread for `faq threads --json`."""
    return {
        "format": thread.format,
        "source": thread.key.source,
        "key": str(thread.key),
        "url": _text_or_none(thread.url),
        "title": thread.title.value,
        "language": thread.language,
        "created_at": _rfc3339(thread.created_at),
        "tags": [tag.value for tag in thread.tags],
        "duplicate_of": [str(original) for original in thread.duplicate_of],
        "messages": [_message_record(message) for message in thread.messages],
        "answer": _answer_record(answer) if answer else None,
    }


def balance_record(balance: Balance) -> dict[str, object]:
    """Return the balance as the last line of `faq threads --json`."""
    return {
        "balance": {
            "threads": {
                "read": balance.threads_read,
                "public": balance.threads_public,
                "left_out": dict(sorted(balance.threads_left_out.items())),
            },
            "messages": {
                "read": balance.messages_read,
                "public": balance.messages_public,
                "left_out": dict(sorted(balance.messages_left_out.items())),
            },
        }
    }


def _message_record(message: Message[PublicText]) -> dict[str, object]:
    author = message.author
    return {
        "id": message.id,
        "url": _text_or_none(message.url),
        "author": _text_or_none(author.name if author else None),
        "role": message.role.value,
        "written_at": _rfc3339(message.written_at),
        "accepted": message.accepted,
        "votes": message.votes,
        "body": message.body.value,
    }


def _answer_record(answer: Answer) -> dict[str, object]:
    return {"messages": list(answer.messages), "reason": answer.reason.value, "confidence": answer.confidence}


def _text_or_none(value: PublicText | Url | date | None) -> str | None:
    return None if value is None else str(value)


def _rfc3339(at: datetime | None) -> str | None:
    """Return an RFC 3339 timestamp in UTC: "2024-05-01T09:30:00Z"."""
    return at.isoformat().replace("+00:00", "Z") if at else None


# files ---------------------------------------------------------------------------------------------------------------


def _topics_json(site: Site) -> bytes:
    """Return all topics, open ones included, sorted by id, one per line, so that versions are easy to compare."""
    topics = sorted(site.grouping.topics, key=lambda topic: topic.id)
    lines = (json.dumps(topic_record(topic, site.rules.site_url), ensure_ascii=False) for topic in topics)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8", "replace")


def _llms_txt(site: Site) -> bytes:
    """Return a map of the site for language models, https://llmstxt.org, with the most asked questions first."""
    root = str(site.rules.site_url or "")
    lines = [f"# {_one_line(site.rules.site_name)}", ""]
    lines += [f"> {_one_line(site.rules.description)}", ""] if site.rules.description else []
    lines += ["## Questions", ""]
    for topic in site.answered[:MAX_LLMS_TXT_TOPICS]:
        excerpt = _one_line(site.excerpts[topic.id].value)
        link = f"- [{_one_line(topic.question.value)}]({root}{topic_site_path(topic)})"
        lines.append(f"{link}: {excerpt}" if excerpt else link)
    lines += ["", "## Optional", "", f"- [All questions as JSON]({root}topics.json)", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _one_line(text: str) -> str:
    """Return a text as one line without Markdown links: "see\\n[a]" -> "see \\\\[a\\\\]"."""
    return re.sub(r"[\[\]\\]", r"\\\g<0>", " ".join(text.split()))


def _redirects(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the redirects of ids and former slugs, for hosts that read `_redirects` and for nginx.

    In nginx, use `map $uri $moved { include redirects.nginx.map; }`. Slugs and ids consist of letters, digits and
    hyphens, so nothing needs to be quoted.
    """
    root = urlsplit(str(site.rules.site_url or "/")).path
    moved = {f"{root}q/{old}": f"{root}q/{slug}/" for old, slug in sorted(_new_slugs(site).items())}
    yield "_redirects", "".join(f"{old} {new} 301\n" for old, new in moved.items()).encode()
    yield "redirects.nginx.map", "".join(f"{old} {new};\n{old}/ {new};\n" for old, new in moved.items()).encode()


def _new_slugs(site: Site) -> Mapping[str, str]:
    """Return the current slug for each topic id and each former slug, except those that are pages themselves."""
    slugs = {native: page.slug for native, page in site.pages_by_id.items()}
    moved = {former: page.slug for page in site.pages_by_id.values() for former in page.former_slugs}
    moved |= {former: slugs[native] for former, native in site.grouping.redirects if native in slugs}
    moved |= slugs
    pages = set(slugs.values())
    return {old: slug for old, slug in moved.items() if old not in pages}


def _sitemaps(urls: Sequence[tuple[str, date | None]], site_url: Url) -> Iterator[tuple[str, bytes]]:
    """Yield sitemap.xml and sitemap.xml.gz; with more than 50,000 URLs, an index and numbered sitemaps."""
    parts = [urls[start : start + MAX_SITEMAP_URLS] for start in range(0, len(urls), MAX_SITEMAP_URLS)]
    if len(parts) == 1:
        yield from _plain_and_gzipped("sitemap.xml", f"<urlset {_SITEMAP}>", map(_url_element, urls), "</urlset>")
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    entries = (f"<sitemap><loc>{html.escape(f'{site_url}{name}')}</loc></sitemap>" for name in names)
    yield from _plain_and_gzipped("sitemap.xml", f"<sitemapindex {_SITEMAP}>", entries, "</sitemapindex>")
    for name, part in zip(names, parts, strict=True):
        yield from _plain_and_gzipped(name, f"<urlset {_SITEMAP}>", map(_url_element, part), "</urlset>")


def _url_element(entry: tuple[str, date | None]) -> str:
    url, changed = entry
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{html.escape(url)}</loc>{lastmod}</url>"


def _plain_and_gzipped(name: str, start: str, elements: Iterable[str], end: str) -> Iterator[tuple[str, bytes]]:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', start, *elements, end, ""]
    content = "\n".join(lines).encode()
    yield name, content
    yield f"{name}.gz", _gzipped(content)


def _gzipped(content: bytes) -> bytes:
    """Compress with the same bytes in every Python; the header of `gzip` differs in 3.11 and 3.13 (RFC 1952, 2.3)."""
    header = b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff"  # deflate, no time, best compression, unknown system
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    ends = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return header + packer.compress(content) + packer.flush() + ends


def _last_changed(topic: Topic) -> date | None:
    """Return the day of the page's last visible change."""
    answered = topic.last_answered
    return max((day for day in (topic.changed, answered.date() if answered else None) if day), default=None)
