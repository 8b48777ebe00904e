"""Addresses that pages lead to within the site, always relative, so that the site works in any folder of any host."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from faq_builder.model import Url

_SAFE = re.compile(r"(?:mailto:)?[A-Za-z0-9._~/#?=&%+@-]*")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A part of the site seen from its root ("q/red-widget/#answer-7"), a way from a page to its root ("../../"), or a
    mail address with `mailto:`. Percent-encoded where it must be."""

    value: str

    def __post_init__(self) -> None:
        if not _SAFE.fullmatch(self.value) or self.value.startswith("//"):
            raise ValueError("an address of the site is made of letters, digits and /#?=&%+@._~-")

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value

    def __html__(self) -> str:
        return html.escape(self.value, quote=True)

    def __add__(self, other: "Address") -> "Address":
        """The way there: `base + address`."""
        return Address(self.value + other.value)


def mail_to(target: str) -> Address | None:
    """The address of a mail to "help@widgets.example", with or without `mailto:`; None of any other kind of address."""
    if "://" in target or "@" not in target:
        return None
    return Address(f"mailto:{quote(unquote(target.removeprefix('mailto:')), safe='@.+-_')}")


def base_of(path: str) -> Address:
    """The way from the page in a file to the site's root, "./" at the root itself."""
    return Address("../" * path.count("/") or "./")


def folder_of(path: str) -> Address:
    """The address of the page in a file: "q/red-widget/index.html" -> "q/red-widget/"."""
    return Address(quote(path.removesuffix("index.html"), safe="/~"))


def absolute(site_url: Url | None, address: Address) -> Url | Address:
    """The full address, or the one below the root where the site does not know its own."""
    return Url(site_url.value + address.value) if site_url else address
