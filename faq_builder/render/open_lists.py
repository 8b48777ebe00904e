"""Open questions: those without a reply, and those whose replies nobody has confirmed, each with one link."""

from collections.abc import Iterable
from dataclasses import dataclass

from faq_builder.model import Html, PublicText, PublicThread, Role, Topic, Url
from faq_builder.render.href import Href, href_to_root
from faq_builder.render.labels import Label
from faq_builder.render.likely import LikelyLink, likely_links
from faq_builder.render.site import Site

NO_REPLY = Href("open/")
UNCONFIRMED = Href("open/replies/")


@dataclass(frozen=True, kw_only=True)
class OpenListEntry:
    """A topic without an answer: it has no page, so the discussion is linked for people who can answer."""

    question: PublicText
    facts: tuple[Html, ...]
    way: Html  # the words of the link: "Answer in Fred's blog", "Read the 6 replies in Fred's blog"
    url: Url | None
    needs_account: bool
    likely: tuple[LikelyLink, ...]
    language: Label | None


def open_list_entries(site: Site, topics: Iterable[Topic]) -> tuple[OpenListEntry, ...]:
    """Return the entries of open topics for a list."""
    return tuple(_entry(site, topic) for topic in topics)


def without_reply(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return the topics to which nobody has replied, in their order."""
    return tuple(topic for topic in topics if not any(reply_count(member.thread) for member in topic.members))


def with_replies(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return the topics to which somebody has replied, in their order."""
    return tuple(topic for topic in topics if any(reply_count(member.thread) for member in topic.members))


def reply_count(thread: PublicThread) -> int:
    """Return how many replies a thread has; those of the asker and of bots do not count."""
    asker = thread.question.author
    return sum(
        message.role not in (Role.ASKER, Role.BOT)
        and not (asker and message.author and asker.key == message.author.key)
        for message in thread.messages[1:]
    )


def most_discussed_thread(topic: Topic) -> PublicThread:
    """Return the thread that the one link of an open question leads to: the most replies, if it has a URL."""
    return min((m.thread for m in topic.members), key=lambda thread: (thread.url is None, -reply_count(thread)))


def switch_between_lists(site: Site, shown: Href) -> Html:
    """Return the sentence with the counts of both lists; the one that is not shown is a link."""
    t, base = site.labels, href_to_root(f"{shown}index.html")
    lists = (
        (NO_REPLY, "open-no-reply", without_reply(site.open)),
        (UNCONFIRMED, "open-replies", with_replies(site.open)),
    )
    parts = []
    for folder, key, topics in lists:
        words = t(key, n=len(topics)).value
        is_link = folder != shown and topics
        parts.append(f'<a href="{(base + folder).__html__()}">{words}</a>' if is_link else words)
    return Html(" · ".join(parts))


def _entry(site: Site, topic: Topic) -> OpenListEntry:
    t = site.labels
    thread, asked = most_discussed_thread(topic), site.asked_phrase(topic)
    source, replies = site.source(thread.key.source), reply_count(thread)
    place = site.place_name(source.key)
    since = [topic.first_asked] if topic.first_asked else []
    key = "open-since" if with_replies([topic]) else "since"
    return OpenListEntry(
        question=topic.question,
        facts=(*((asked,) if asked else ()), *(t(key, date=t.date(at.date())) for at in since)),
        way=t("read-replies", n=replies, place=place) if replies else t("answer-in", place=place),
        url=thread.url,
        needs_account=source.needs_account,
        likely=likely_links(site, topic),
        language=Label(topic.language) if topic.language != site.rules.language else None,
    )
