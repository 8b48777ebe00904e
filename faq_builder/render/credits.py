"""How people stand in a page: their name with its profile where it may be shown, else what they were in the thread."""

import re
from collections.abc import Iterable

from faq_builder.model import Html, Message, PublicText, Role, Url
from faq_builder.render.labels import Labels

MAX_NAMES = 20  # a thank-you line of more names is not read
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9 .,+/()-]")  # what the name of a licence does not hold
_LICENCE = re.compile(r"CC (BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?) ([1-4]\.[05])", re.IGNORECASE)


def link(url: Url, words: Html, *, follow: bool = True) -> Html:
    """A link out of the site. Search engines may follow it unless it leads to what a stranger chose to link."""
    rel = "noopener" if follow else "nofollow ugc noopener"
    return Html(f'<a href="{url.__html__()}" rel="{rel}">{words.value}</a>')


def isolated(text: PublicText) -> Html:
    """A text that may run in the other direction than the words around it."""
    return Html(f"<bdi>{text.__html__()}</bdi>")


def who(message: Message[PublicText], labels: Labels, *, named_role: bool = True) -> Html:
    """The author of a message. The link to a profile is one to follow where a licence demands it."""
    author = message.author
    if author is None or not author.name:
        return labels(f"role.{message.role.value}")
    name = isolated(author.name)
    if author.profile:
        name = link(author.profile, name, follow=message.licence is not None)
    if not named_role or message.role is Role.HELPER:
        return name
    return Html(f"{name.value} ({labels(f'is-{message.role.value}').value})")


def names(
    messages: Iterable[tuple[str, Message[PublicText]]], labels: Labels
) -> tuple[tuple[tuple[str, str], Html], ...]:
    """The people who may be named among the authors of (source key, message), each once, by who they are."""
    found: dict[tuple[str, str], Html] = {}
    for source, message in messages:
        if message.author and message.author.name and message.role is not Role.BOT:
            found.setdefault((source, message.author.key), who(message, labels, named_role=False))
    return tuple(found.items())


def joined(shown: tuple[Html, ...], labels: Labels) -> Html:
    """Names in a row: "Ada, Fred and 3 more"."""
    parts = [name.value for name in shown[:MAX_NAMES]]
    if len(shown) > MAX_NAMES:
        parts.append(labels("more-people", n=len(shown) - MAX_NAMES).value)
    head, last = parts[:-1], parts[-1]
    return Html(f"{', '.join(head)} {labels('and').value} {last}" if head else last)


def licence_link(licence: str) -> Html:
    """A licence by its name, linked to its text where it is a Creative Commons one."""
    match = _LICENCE.fullmatch(licence.strip())
    words = Html(_NOT_IN_A_NAME.sub("", licence))
    if match is None:
        return words
    return link(Url(f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"), words)
