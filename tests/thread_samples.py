"""Invented public threads of the widget company, and short ways to group them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import GroupRules
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group import group_threads
from faq_builder.model import (
    Answer,
    Answered,
    Author,
    Grouping,
    Ledger,
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

START = datetime(2024, 3, 1, 10, tzinfo=UTC)


def key(name: str) -> ThreadKey:
    """Return a thread key: `12` is thread 12 of the forum, `blog:3` comment 3 of the blog."""
    return ThreadKey.parse(name) if ":" in name else ThreadKey("forum", name)


def a_thread(
    name: str,
    title: str,
    *,
    body: str = "",
    day: int | None = 0,
    reply: str | None = "Take the **blue** one.",
    asker: str = "Fred",
    tags: Sequence[str] = (),
    language: str | None = None,
    duplicate_of: Sequence[ThreadKey | Url] = (),
    votes: int | None = None,
) -> PublicThread:
    """Return a thread with a question and at most one reply, written `day` days after START."""
    own = key(name)
    base = f"https://{own.source}.widgets.example/t/{own.native}"
    written = None if day is None else START + timedelta(days=day)
    author = Author(key=asker.lower(), name=PublicText(asker))
    question = Message(
        id="1",
        body=PublicText(body),
        role=Role.ASKER,
        author=author,
        written_at=written,
    )
    replies = []
    if reply is not None:
        replies = [
            Message(
                id="2",
                body=PublicText(reply),
                role=Role.STAFF,
                author=Author(key="zoe", name=PublicText("Zoë Zimt")),
                url=Url(f"{base}#2"),
                written_at=None if written is None else written + timedelta(hours=1),
                votes=votes,
            )
        ]
    return Thread(
        key=own,
        format="markdown",
        title=PublicText(title),
        messages=(question, *replies),
        url=Url(base),
        tags=tuple(PublicText(tag) for tag in tags),
        language=language,
        duplicate_of=tuple(duplicate_of),
    )


def answer_of(thread: PublicThread, reason: Reason = Reason.MARKED) -> Answer | None:
    """Return the second message as the answer, None if there is none."""
    if len(thread.messages) < 2:
        return None
    return Answer(messages=(thread.messages[1].id,), reason=reason, confidence=1.0)


def findings_and_groups(
    threads: Sequence[PublicThread],
    resolved: ResolvedDecisions | None = None,
    ledger: Ledger | None = None,
    rules: GroupRules | None = None,
) -> tuple[Grouping, tuple[Diagnostic, ...]]:
    """Group threads whose second messages are their answers; return the topics and the findings."""
    return group_threads(
        [Answered(thread, answer_of(thread)) for thread in threads],
        resolved or ResolvedDecisions(),
        ledger or Ledger(),
        rules or GroupRules(),
        language="en",
    )


def grouped(
    threads: Sequence[PublicThread], resolved: ResolvedDecisions | None = None, ledger: Ledger | None = None
) -> Grouping:
    """Group threads whose second messages are their answers."""
    return findings_and_groups(threads, resolved, ledger)[0]


def topic_with(grouping: Grouping, name: str) -> Topic:
    """Return the topic that holds a thread."""
    return next(t for t in grouping.topics if any(m.thread.key == key(name) for m in t.members))


def names_of(topic: Topic) -> list[str]:
    """Return the threads of a topic in their order, forum threads by their numbers alone."""
    return [str(m.thread.key).removeprefix("forum:") for m in topic.members]


def partition(grouping: Grouping) -> set[frozenset[str]]:
    """Return the names of threads, one set for each topic."""
    return {frozenset(names_of(topic)) for topic in grouping.topics}
