"""Reading settings out of a YAML tree, and collecting everything that is wrong with them."""

import difflib
import re
from collections import abc
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.yaml import Mapping, Node, Scalar, Sequence
from faq_builder.model import Url

Choice = TypeVar("Choice", bound=Enum)
MAIL = re.compile(r"(?:mailto:)?[^\s@<>?&:/#]+@[^\s@<>?&:/#]+\.[^\s@<>?&:/#]+")

KNOWN: abc.Mapping[str, frozenset[str]] = {
    "the faq block": frozenset(
        ("version", "sources", "publish", "ours", "ask", "contact", "report_to", "edit_url", "per_page")
    )
    | {"feed_entries", "group", "jobs", "misses", "tags"},
    "group": frozenset(("merge", "suggest", "related", "products", "encoder")),
    "a source": frozenset(
        ("key", "path", "format", "base_url", "place", "permission", "staff", "names", "needs_account")
    )
    | {"public_channels", "moved_from", "language"},
    "an entry of ask": frozenset(("name", "url")),
}
HOMES = {  # not those of `ask`: whoever writes `name` or `url` elsewhere means another setting there
    "the faq block": "directly under `faq`",
    "group": "under `group`",
    "a source": "to an entry of `sources`",
}


@dataclass
class Settings:
    """Reads settings out of the tree and collects what is wrong with them."""

    path: str
    findings: list[Diagnostic] = field(default_factory=list)

    def find(self, code: str, line: int, message: str, advice: str) -> None:
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))

    def check_keys(self, node: Mapping, what: str) -> None:
        """Find the keys that this block does not have, and say where they belong if another block has them."""
        known = KNOWN[what]
        for key, _ in node:
            if key.text not in known:
                close = difflib.get_close_matches(key.text.lower(), sorted(known), n=1)
                home = next((home for block, home in HOMES.items() if key.text in KNOWN[block]), None)
                advice = f"did you mean `{close[0]}`?" if close else f"the settings are: {', '.join(sorted(known))}"
                advice = f"`{key.text}` belongs {home}" if home else advice
                self.find("FAQ103", key.line, f"{what} has no setting `{key.text}`", advice)

    def mapping(self, node: Node | None, what: str) -> Mapping:
        if isinstance(node, Mapping):
            return node
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.find("FAQ102", node.line, f"{what} must be a block of `key: value` lines", "indent its settings")
        return Mapping((), node.line if node else 1)

    def sequence(self, node: Node | None, what: str) -> tuple[Node, ...]:
        if isinstance(node, Sequence):
            return node.items
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.find("FAQ102", node.line, f"`{what}` must be a list", "begin each entry with `- `")
        return ()

    def text(self, node: Mapping, key: str) -> str | None:
        value = node.get(key)
        if value is None or (isinstance(value, Scalar) and value.plain and value.text in ("", "null", "~")):
            return None
        if isinstance(value, Scalar):
            return value.text
        self.find("FAQ102", value.line, f"`{key}` must be one text", "write it on one line")
        return None

    def texts(self, node: Mapping, key: str) -> tuple[str, ...]:
        value = node.get(key)
        if isinstance(value, Scalar):
            return (value.text,) if value.text else ()
        items = self.sequence(value, key)
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def url(self, node: Mapping, key: str) -> Url | None:
        text = self.text(node, key)
        url = Url.parse(text)
        if text and url is None:
            line = node.get(key)
            self.find("FAQ102", line.line if line else 1, f"`{key}` is not an address", "write https://...")
        return url

    def endpoint(self, node: Mapping, key: str) -> str | None:
        """Where pages may send something: an https address, or a path on their own host."""
        text = self.text(node, key)
        host = "" if text and not text.startswith("/") else "https://own.host"
        if text is None or ((url := Url.parse(host + text)) and url.value.startswith("https:") and text[:2] != "//"):
            return text
        where = node.get(key)
        advice = "write https://..., or a path on the host of the site, which begins with /"
        self.find("FAQ102", where.line if where else 1, f"`{key}` is no address that pages may send to", advice)
        return None

    def urls(self, node: Mapping, key: str) -> tuple[Url, ...]:
        """All addresses of a list."""
        texts = self.texts(node, key)
        urls = tuple(url for text in texts if (url := Url.parse(text)))
        if len(urls) < len(texts):
            where = node.get(key)
            self.find(
                "FAQ102", where.line if where else 1, f"`{key}` holds what is not an address", "write https://..."
            )
        return urls

    def whole(self, node: Mapping, key: str, default: int, least: int, most: int) -> int:
        """A whole number within limits."""
        value = self.number(node, key, default, least, most)
        if value != int(value):
            where = node.get(key)
            self.find(
                "FAQ102", where.line if where else 1, f"`{key}` is not a whole number", "write it without a point"
            )
        return int(value)

    def template(self, node: Mapping, key: str, slot: str, *, mail: bool = False) -> str | None:
        """An address with a slot to be filled in, or (with `mail`) a mail address."""
        text = self.text(node, key)
        if text is None or Url.parse(text.replace(slot, "x")) or (mail and MAIL.fullmatch(text)):
            return text
        where = node.get(key)
        advice = f"write https://... with {slot} in it" + (", or a mail address" if mail else "")
        self.find("FAQ102", where.line if where else 1, f"`{key}` is not an address", advice)
        return None

    def number(self, node: Mapping, key: str, default: float, least: float, most: float) -> float:
        text = self.text(node, key)
        if text is None:
            return default
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            where = node.get(key)
            advice = f"write a number from {least:g} to {most:g}"
            self.find("FAQ102", where.line if where else 1, f"`{key}` has a value that is not allowed", advice)
            return default
        return value

    def word_or_number(self, node: Mapping, key: str, words: tuple[str, ...], default: str) -> str | float:
        """One of some words, or a number from 0 to 1."""
        text = self.text(node, key)
        if text is None or text in words:
            return text or default
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if 0 <= value <= 1:
            return value
        where = node.get(key)
        advice = f"write {', '.join(words)}, or a number from 0 to 1"
        self.find("FAQ102", where.line if where else 1, f"`{key}` has a value that is not allowed", advice)
        return default

    def choice(self, node: Mapping, key: str, kind: type[Choice], default: Choice) -> Choice:
        text = self.text(node, key)
        if text is None:
            return default
        try:
            return kind(text)
        except ValueError:
            where = node.get(key)
            names = ", ".join(str(c.value) for c in kind)
            self.find(
                "FAQ102",
                where.line if where else 1,
                f"`{key}` has a value that is not allowed",
                f"write one of {names}",
            )
            return default

    def flag(self, node: Mapping, key: str) -> bool:
        text = (self.text(node, key) or "false").lower()
        if text not in ("true", "false", "yes", "no"):
            where = node.get(key)
            self.find(
                "FAQ102", where.line if where else 1, f"`{key}` has a value that is not allowed", "write true or false"
            )
        return text in ("true", "yes")
