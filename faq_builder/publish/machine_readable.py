"""What machines read: topics.json, sitemap, robots.txt, llms.txt, redirects, and the two JSON contracts."""

import html
import json
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from faq_builder.model import Answer, Balance, Message, PublicText, PublicThread, Reason, Topic, Url
from faq_builder.render.address import folder_of
from faq_builder.render.site import Site, topic_address

SITEMAP_URLS = 50_000  # https://www.sitemaps.org/protocol.html: in one file at most
LISTED = 1000  # topics in llms.txt: what a model reads in one piece; topics.json has all

_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def data(site: Site, now: datetime, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files for machines. `pages` are the files of all other pages that search engines may list.

    Dates are those of the content; `now` (UTC, the newest of them) is the date of the home page.
    """
    yield "topics.json", _topics_json(site)
    yield "llms.txt", _llms_txt(site)
    yield from _redirects(site)
    site_url = site.rules.site_url
    if site_url is None:
        yield "robots.txt", b"User-agent: *\nAllow: /\n"
        return
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n".encode()
    dates: dict[str, date | None] = {f"{site_url}{folder_of(path)}": None for path in pages}
    dates |= {f"{site_url}{topic_address(topic)}": _changed(topic) for topic in site.answered}
    dates[str(site_url)] = now.date()
    yield from _sitemaps(sorted(dates.items()), site_url)


# contracts -----------------------------------------------------------------------------------------------------------


def topic_record(topic: Topic, site_url: Url | None) -> dict[str, object]:
    """A topic as `faq topics --json` and topics.json give it; `url` is null where it has no page with a full address.

    Message ids are unique within a thread only, so the answer says whose they are.
    """
    return {
        "id": topic.id,
        "slug": topic.slug,
        "url": f"{site_url}{topic_address(topic)}" if site_url and topic.answered else None,
        "question": topic.question.value,
        "language": topic.language,
        "wordings": [wording.value for wording in topic.wordings],
        "asked": topic.asked,
        "places": list(topic.places),
        "tags": [tag.value for tag in topic.tags],
        "threads": [
            {
                "key": str(member.thread.key),
                "url": _text(member.thread.url),
                "joined_by": member.joined_by.value,
                "score": member.score,
            }
            for member in topic.members
        ],
        "answer": _leading_record(topic),
        "related": list(topic.related),
        "published": _text(topic.published),
        "changed": _text(topic.changed),
    }


def _leading_record(topic: Topic) -> dict[str, object] | None:
    """The answer that leads; one that staff wrote for the topic is of no thread."""
    if topic.written:
        written = Answer(messages=(topic.written.id,), reason=Reason.WRITTEN, confidence=1.0)
        return {**_answer_record(written), "thread": None}
    main = topic.main_member
    return {**_answer_record(main.answer), "thread": str(main.thread.key)} if main and main.answer else None


def thread_record(thread: PublicThread, answer: Answer | None) -> dict[str, object]:
    """A public thread as `faq threads --json` gives it."""
    return {
        "format": thread.format,
        "source": thread.key.source,
        "key": str(thread.key),
        "url": _text(thread.url),
        "title": thread.title.value,
        "language": thread.language,
        "created_at": _stamp(thread.created_at),
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
        "url": _text(message.url),
        "author": _text(author.name if author else None),
        "role": message.role.value,
        "written_at": _stamp(message.written_at),
        "accepted": message.accepted,
        "votes": message.votes,
        "body": message.body.value,
    }


def _answer_record(answer: Answer) -> dict[str, object]:
    return {"messages": list(answer.messages), "reason": answer.reason.value, "confidence": answer.confidence}


def _text(value: PublicText | Url | date | None) -> str | None:
    return None if value is None else str(value)


def _stamp(at: datetime | None) -> str | None:
    """A time of UTC as of RFC 3339."""
    return at.isoformat().replace("+00:00", "Z") if at else None


# files ---------------------------------------------------------------------------------------------------------------


def _topics_json(site: Site) -> bytes:
    """All topics, open ones included, sorted by id, one a line, so that versions of the file can be compared."""
    topics = sorted(site.grouping.topics, key=lambda topic: topic.id)
    lines = (json.dumps(topic_record(topic, site.rules.site_url), ensure_ascii=False) for topic in topics)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8", "replace")


def _llms_txt(site: Site) -> bytes:
    """A map of the site for language models, as of https://llmstxt.org: the most asked questions first."""
    root = str(site.rules.site_url or "")
    lines = [f"# {_line(site.rules.site_name)}", ""]
    lines += [f"> {_line(site.rules.description)}", ""] if site.rules.description else []
    lines += ["## Questions", ""]
    for topic in site.answered[:LISTED]:
        excerpt = _line(site.excerpts[topic.id].value)
        link = f"- [{_line(topic.question.value)}]({root}{topic_address(topic)})"
        lines.append(f"{link}: {excerpt}" if excerpt else link)
    lines += ["", "## Optional", "", f"- [All questions as JSON]({root}topics.json)", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _line(text: str) -> str:
    """A text on one line in which nothing is taken for a link."""
    return re.sub(r"[\[\]\\]", r"\\\g<0>", " ".join(text.split()))


def _redirects(site: Site) -> Iterator[tuple[str, bytes]]:
    """Where ids and former slugs lead, for hosts that read `_redirects` and for nginx: `map $uri $moved {include ...}`.

    Slugs and ids are letters, digits and hyphens, so that nothing in these files needs to be quoted.
    """
    root = urlsplit(str(site.rules.site_url or "/")).path
    moved = {f"{root}q/{old}": f"{root}q/{slug}/" for old, slug in sorted(_moved(site).items())}
    yield "_redirects", "".join(f"{old} {new} 301\n" for old, new in moved.items()).encode()
    yield "redirects.nginx.map", "".join(f"{old} {new};\n{old}/ {new};\n" for old, new in moved.items()).encode()


def _moved(site: Site) -> Mapping[str, str]:
    """The slug of the page to which each id and each former slug leads; what is a page itself does not move."""
    slugs = {native: page.slug for native, page in site.pages_by_id.items()}
    moved = {former: page.slug for page in site.pages_by_id.values() for former in page.former_slugs}
    moved |= {former: slugs[native] for former, native in site.grouping.redirects if native in slugs}
    moved |= slugs
    pages = set(slugs.values())
    return {old: slug for old, slug in moved.items() if old not in pages}


def _sitemaps(urls: Sequence[tuple[str, date | None]], site_url: Url) -> Iterator[tuple[str, bytes]]:
    """sitemap.xml, plain and packed; where there are too many addresses, an index and numbered parts."""
    parts = [urls[start : start + SITEMAP_URLS] for start in range(0, len(urls), SITEMAP_URLS)]
    if len(parts) == 1:
        yield from _packed("sitemap.xml", f"<urlset {_SITEMAP}>", map(_url_element, urls), "</urlset>")
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    entries = (f"<sitemap><loc>{html.escape(f'{site_url}{name}')}</loc></sitemap>" for name in names)
    yield from _packed("sitemap.xml", f"<sitemapindex {_SITEMAP}>", entries, "</sitemapindex>")
    for name, part in zip(names, parts, strict=True):
        yield from _packed(name, f"<urlset {_SITEMAP}>", map(_url_element, part), "</urlset>")


def _url_element(entry: tuple[str, date | None]) -> str:
    url, changed = entry
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{html.escape(url)}</loc>{lastmod}</url>"


def _packed(name: str, start: str, elements: Iterable[str], end: str) -> Iterator[tuple[str, bytes]]:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', start, *elements, end, ""]
    content = "\n".join(lines).encode()
    yield name, content
    yield f"{name}.gz", _gzipped(content)


def _gzipped(content: bytes) -> bytes:
    """The same bytes from every Python: `gzip` of 3.13 writes another header than that of 3.11 (RFC 1952, 2.3)."""
    header = b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff"  # deflate, no time, packed tightly, system unknown
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    ends = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return header + packer.compress(content) + packer.flush() + ends


def _changed(topic: Topic) -> date | None:
    """The day on which the page last said something new."""
    answered = topic.last_answered
    return max((day for day in (topic.changed, answered.date() if answered else None) if day), default=None)
