"""People and licences on a page: a person's name and profile if they may be shown, else the person's role."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from faq_builder.model import Html, Message, PublicText, Role, Url
from faq_builder.render.labels import Labels

MAX_NAMES = 20  # nobody reads a longer line of thanks; the other people are counted
_NOT_IN_LICENCE_NAME = re.compile(r"[^A-Za-z0-9 .,+/()-]")
_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?) ([1-4]\.[05])", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class CreditedPerson:
    """A person whom a page thanks by name. `source` and `author_key` together identify the account."""

    source: str
    author_key: str
    name: Html

    @property
    def account(self) -> tuple[str, str]:
        """The source and the author's key in it: equal for two messages by the same account."""
        return self.source, self.author_key


def external_link(url: Url, words: Html, *, follow: bool = True) -> Html:
    """Return a link out of the site. `follow=False` asks search engines to ignore links that strangers chose."""
    rel = "noopener" if follow else "nofollow ugc noopener"
    return Html(f'<a href="{url.__html__()}" rel="{rel}">{words.value}</a>')


def bidi_isolated(text: PublicText) -> Html:
    """Wrap a text in `<bdi>`: its writing direction may differ from that of the words around it."""
    return Html(f"<bdi>{text.__html__()}</bdi>")


def author_name(message: Message[PublicText], labels: Labels, *, named_role: bool = True) -> Html:
    """Return the name of a message's author, linked to the profile, or the role if the name may not be shown.

    `named_role` adds the role of an asker, staff or bot in brackets. Search engines may follow the link to the profile
    only if the message has a licence, because licences demand it.
    """
    author = message.author
    if author is None or not author.name:
        return labels(f"role.{message.role.value}")
    name = bidi_isolated(author.name)
    if author.profile:
        name = external_link(author.profile, name, follow=message.licence is not None)
    if not named_role or message.role is Role.HELPER:
        return name
    return Html(f"{name.value} ({labels(f'is-{message.role.value}').value})")


def credited_people(messages: Iterable[tuple[str, Message[PublicText]]], labels: Labels) -> tuple[CreditedPerson, ...]:
    """Return the authors of (source key, message) who may be named, each account once. Bots are not thanked."""
    found: dict[tuple[str, str], CreditedPerson] = {}
    for source, message in messages:
        if message.author and message.author.name and message.role is not Role.BOT:
            name = author_name(message, labels, named_role=False)
            person = CreditedPerson(source=source, author_key=message.author.key, name=name)
            found.setdefault(person.account, person)
    return tuple(found.values())


def joined_names(people: tuple[CreditedPerson, ...], labels: Labels) -> Html:
    """Join the names of at least one person: "Ada, Fred and 3 more"."""
    parts = [person.name.value for person in people[:MAX_NAMES]]
    if len(people) > MAX_NAMES:
        parts.append(labels("more-people", n=len(people) - MAX_NAMES).value)
    head, last = parts[:-1], parts[-1]
    return Html(f"{', '.join(head)} {labels('and').value} {last}" if head else last)


def licence_link(licence: str) -> Html:
    """Return the name of a licence, linked to the licence text if it is a Creative Commons licence."""
    match = _CREATIVE_COMMONS.fullmatch(licence.strip())
    words = Html(_NOT_IN_LICENCE_NAME.sub("", licence))
    if match is None:
        return words
    return external_link(Url(f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"), words)
