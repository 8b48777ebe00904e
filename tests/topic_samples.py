"""Invented topics of the widget company, for tests of published pages and data."""

from datetime import UTC, date, datetime

from faq_builder.config import Permission, PublishRules, Source
from faq_builder.model import (
    Answer,
    Author,
    Grouping,
    JoinedBy,
    Member,
    Message,
    PublicText,
    PublicThread,
    Reason,
    Role,
    Thread,
    ThreadKey,
    Topic,
    Url,
)
from faq_builder.render.site import Site

SITE_URL = Url("https://faq.widgets.example/help/")
ASKED = datetime(2020, 5, 1, 10, tzinfo=UTC)
ANSWERED = datetime(2020, 5, 2, 11, 30, tzinfo=UTC)
NOW = datetime(2024, 3, 9, 8, tzinfo=UTC)


def public(text: str) -> PublicText:
    return PublicText(text)


def a_thread(
    native: str, title: str, reply: str | None = "Take the **blue** one.", source: str = "forum"
) -> PublicThread:
    base = f"https://{source}.widgets.example/t/{native}"
    fred = Author(key="4", name=public("Fred"), profile=Url("https://forum.widgets.example/u/fred"))
    zoe = Author(key="5", name=public("Zoë"), profile=Url("https://forum.widgets.example/u/zoe"))
    question = Message(
        id="1", body=public("It broke."), role=Role.ASKER, author=fred, url=Url(f"{base}/1"), written_at=ASKED
    )
    answer = Message(
        id="2",
        body=public(reply or ""),
        role=Role.STAFF,
        author=zoe,
        url=Url(f"{base}/2"),
        written_at=ANSWERED,
        reply_to="1",
        accepted=True,
        votes=3,
        licence="CC BY-SA 4.0",
    )
    return Thread(
        key=ThreadKey(source, native),
        format="discourse",
        title=public(title),
        messages=(question, answer) if reply else (question,),
        url=Url(base),
        language="en",
        tags=(public("red"),),
        duplicate_of=(ThreadKey(source, "99"), Url("https://other.example/q/1")),
    )


def a_topic(
    name: str,
    *,
    title: str = "Why did my red widget shatter?",
    reply: str | None = "Take the **blue** one.",
    tags: tuple[str, ...] = ("red",),
    published: date | None = date(2021, 1, 1),
    changed: date | None = date(2021, 1, 1),
    former_slugs: tuple[str, ...] = (),
) -> Topic:
    thread = a_thread(name, title, reply)
    answer = Answer(messages=("2",), reason=Reason.MARKED, confidence=1.0) if reply else None
    return Topic(
        id=f"id{name}",
        slug=f"red-widget-{name}",
        question=public(title),
        language="en",
        wordings=(public(title),),
        members=(Member(thread=thread, answer=answer, joined_by=JoinedBy.FOUNDER),),
        main=thread.key if answer else None,
        former_slugs=former_slugs,
        tags=tuple(map(public, tags)),
        published=published,
        changed=changed,
    )


def a_site(
    *topics: Topic,
    grouping: Grouping | None = None,
    site_url: Url | None = SITE_URL,
    permission: Permission = Permission.FULL,
    feed_entries: int = 50,
    site_name: str = "Widget answers",
) -> Site:
    return Site(
        grouping=grouping or Grouping(topics=topics),
        sources={"forum": Source(key="forum", place="Widget forum", permission=permission)},
        rules=PublishRules(
            site_name=site_name, site_url=site_url, description="What people asked", feed_entries=feed_entries
        ),
    )
