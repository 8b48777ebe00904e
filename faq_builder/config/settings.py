"""Reads settings from a YAML tree and collects the findings about them."""

import difflib
import re
from collections import abc
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.yaml import Mapping, Node, Scalar, Sequence
from faq_builder.config.rules import MergeLevel
from faq_builder.model import Url

Choice = TypeVar("Choice", bound=Enum)
# what earlier releases called the levels of `merge`; they promised less than they were named for
FORMER_LEVELS: abc.Mapping[str, MergeLevel] = {
    "careful": MergeLevel.CERTAIN,
    "balanced": MergeLevel.LIKELY,
    "eager": MergeLevel.LIKELY,
}
MAIL_ADDRESS = re.compile(r"(?:mailto:)?[^\s@<>?&:/#]+@[^\s@<>?&:/#]+\.[^\s@<>?&:/#]+")

# block -> the names of its settings
SETTINGS: abc.Mapping[str, frozenset[str]] = {
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
# Where a setting of each block belongs, for help lines. Without entries of `ask`: if `name` or `url` is in another
# block, it is a typing mistake for a setting of that block.
_BLOCK_LOCATIONS = {
    "the faq block": "directly under `faq`",
    "group": "under `group`",
    "a source": "to an entry of `sources`",
}


@dataclass
class SettingsReader:
    """Reads settings from a block of the tree. A bad value becomes a finding, and the default is returned."""

    path: str
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, line: int, message: str, advice: str) -> None:
        """Add a finding about a line of the file."""
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))

    def check_keys(self, node: Mapping, block: str) -> None:
        """Report keys that are not settings of this block; the help line names the block that has such a setting."""
        known = SETTINGS[block]
        for key, _ in node:
            if key.text not in known:
                close = difflib.get_close_matches(key.text.lower(), sorted(known), n=1)
                right = next((at for other, at in _BLOCK_LOCATIONS.items() if key.text in SETTINGS[other]), None)
                advice = f"did you mean `{close[0]}`?" if close else f"the settings are: {', '.join(sorted(known))}"
                advice = f"`{key.text}` belongs {right}" if right else advice
                self.report("FAQ103", key.line, f"{block} has no setting `{key.text}`", advice)

    def mapping(self, node: Node | None, what: str) -> Mapping:
        """Return a block of settings; an empty one if it is missing."""
        if isinstance(node, Mapping):
            return node
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.report("FAQ102", node.line, f"{what} must be a block of `key: value` lines", "indent its settings")
        return Mapping((), node.line if node else 1)

    def sequence(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """Return the entries of a list; none if it is missing."""
        if isinstance(node, Sequence):
            return node.items
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.report("FAQ102", node.line, f"`{what}` must be a list", "begin each entry with `- `")
        return ()

    def text(self, node: Mapping, key: str) -> str | None:
        """Return a text, None if it is missing, empty or null."""
        value = node.get(key)
        if value is None or (isinstance(value, Scalar) and value.plain and value.text in ("", "null", "~")):
            return None
        if isinstance(value, Scalar):
            return value.text
        self.report("FAQ102", value.line, f"`{key}` must be one text", "write it on one line")
        return None

    def texts(self, node: Mapping, key: str) -> tuple[str, ...]:
        """Return the texts of a list; a single text is a list of one."""
        value = node.get(key)
        if isinstance(value, Scalar):
            return (value.text,) if value.text else ()
        items = self.sequence(value, key)
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def url(self, node: Mapping, key: str) -> Url | None:
        """Return a URL, None if it is missing."""
        text = self.text(node, key)
        url = Url.parse(text)
        if text and url is None:
            line = node.get(key)
            self.report("FAQ102", line.line if line else 1, f"`{key}` is not a URL", "write https://...")
        return url

    def endpoint(self, node: Mapping, key: str) -> str | None:
        """Return where pages may send data: an https URL, or a path on the host of the site."""
        text = self.text(node, key)
        host = "" if text and not text.startswith("/") else "https://own.host"
        if text is None or ((url := Url.parse(host + text)) and url.value.startswith("https:") and text[:2] != "//"):
            return text
        where = node.get(key)
        advice = "write https://..., or a path on the host of the site, which begins with /"
        self.report("FAQ102", where.line if where else 1, f"`{key}` is not a URL that pages may send data to", advice)
        return None

    def urls(self, node: Mapping, key: str) -> tuple[Url, ...]:
        """Return the URLs of a list."""
        texts = self.texts(node, key)
        urls = tuple(url for text in texts if (url := Url.parse(text)))
        if len(urls) < len(texts):
            where = node.get(key)
            self.report(
                "FAQ102", where.line if where else 1, f"`{key}` has an entry that is not a URL", "write https://..."
            )
        return urls

    def whole_number(self, node: Mapping, key: str, default: int, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        value = self.number(node, key, default, least, most)
        if value != int(value):
            where = node.get(key)
            self.report(
                "FAQ102",
                where.line if where else 1,
                f"`{key}` is not a whole number",
                "write it without a decimal point",
            )
        return int(value)

    def url_template(self, node: Mapping, key: str, slot: str, *, mail: bool = False) -> str | None:
        """Return a URL, perhaps with a slot that pages fill in, or (with `mail`) an e-mail address."""
        text = self.text(node, key)
        if text is None or Url.parse(text.replace(slot, "x")) or (mail and MAIL_ADDRESS.fullmatch(text)):
            return text
        where = node.get(key)
        advice = f"write https://... with {slot} in it" + (", or an e-mail address" if mail else "")
        self.report("FAQ102", where.line if where else 1, f"`{key}` is not a URL", advice)
        return None

    def number(self, node: Mapping, key: str, default: float, least: float, most: float) -> float:
        """Return a number from `least` to `most`."""
        text = self.text(node, key)
        if text is None:
            return default
        try:
            value = float(text)
        except ValueError:
            value = float("nan")  # outside of any limits
        if not least <= value <= most:
            where = node.get(key)
            advice = f"write a number from {least:g} to {most:g}"
            self.report("FAQ102", where.line if where else 1, f"`{key}` has a value that is not allowed", advice)
            return default
        return value

    def merge_level(self, node: Mapping) -> MergeLevel:
        """Return how much the machine may merge; a level of an earlier release is read as its successor."""
        text = self.text(node, "merge")
        level = _former_level(text) if text else None
        if level is None:
            return self.choice(node, "merge", MergeLevel, MergeLevel.CERTAIN)
        where = node.get("merge")
        what = f"`merge: {text}`" if text in FORMER_LEVELS else "a number in `merge`"
        message = f"{what} is a setting of an earlier release, and is read as `{level.value}`"
        self.report("FAQ111", where.line if where else 1, message, f"write merge: {level.value}")
        return level

    def choice(self, node: Mapping, key: str, kind: type[Choice], default: Choice) -> Choice:
        """Return the member of an enum whose value was written."""
        text = self.text(node, key)
        if text is None:
            return default
        try:
            return kind(text)
        except ValueError:
            where = node.get(key)
            names = ", ".join(str(c.value) for c in kind)
            self.report(
                "FAQ102",
                where.line if where else 1,
                f"`{key}` has a value that is not allowed",
                f"write one of {names}",
            )
            return default

    def flag(self, node: Mapping, key: str) -> bool:
        """Return true or false; false if it is missing."""
        text = (self.text(node, key) or "false").lower()
        if text not in ("true", "false", "yes", "no"):
            where = node.get(key)
            self.report(
                "FAQ102", where.line if where else 1, f"`{key}` has a value that is not allowed", "write true or false"
            )
        return text in ("true", "yes")


def _former_level(text: str) -> MergeLevel | None:
    """Return the level that a word or a number of an earlier release stands for, None if it is neither.

    A number was the similarity from 0 to 1 that two threads had to reach; with 1, only people merged.
    """
    if text in FORMER_LEVELS:
        return FORMER_LEVELS[text]
    try:
        number = float(text)
    except ValueError:
        return None
    if not 0 <= number <= 1:
        return None
    return MergeLevel.OFF if number == 1 else MergeLevel.LIKELY
