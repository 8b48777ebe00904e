"""A raw or public thread as plain strings, from which thread files and extracts are written."""

from dataclasses import replace
from typing import cast

from faq_builder.model import Author, Message, PublicText, PublicThread, RawMessage, RawThread


def raw_thread(thread: RawThread | PublicThread) -> RawThread:
    """Return the same thread with all texts as plain strings."""
    return replace(
        cast(RawThread, thread),
        title=str(thread.title),
        messages=tuple(_raw_message(m) for m in thread.messages),
        tags=tuple(str(tag) for tag in thread.tags),
        versions=tuple(str(version) for version in thread.versions),
    )


def _raw_message(message: Message[str] | Message[PublicText]) -> RawMessage:
    author = None if message.author is None else _raw_author(message.author)
    return replace(cast(RawMessage, message), body=str(message.body), author=author)


def _raw_author(author: Author[str] | Author[PublicText]) -> Author[str]:
    return replace(cast(Author[str], author), name=None if author.name is None else str(author.name))
