"""The documentation as the tests read it: pages, fenced blocks, sections."""

import re
from dataclasses import dataclass

from example import ROOT

PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/pages").glob("*.md"))}

_FENCE = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the name of its file (`title="..."`), its text."""

    language: str
    title: str | None
    text: str


def blocks(text: str, language: str | None = None) -> list[Block]:
    """Return the fenced blocks in their order, of one language or of all."""
    found = [Block(m["language"], m["title"], m["text"]) for m in _FENCE.finditer(text)]
    return [block for block in found if language in (None, block.language)]


def prose(text: str) -> str:
    """Return the text without its fenced blocks."""
    return _FENCE.sub("", text)


def inline_code(text: str) -> list[str]:
    """Return the texts between backticks, with line breaks as spaces."""
    return [" ".join(code.split()) for code in _CODE.findall(prose(text))]


def sections(text: str, level: int) -> dict[str, str]:
    """Return by heading the text below each heading of a level, up to the next heading of this or a higher level."""
    protected = _FENCE.sub(lambda m: re.sub("^#", "\0", m[0], flags=re.MULTILINE), text)  # comments are no headings
    parts = re.split(rf"^(#{{1,{level}}}) (.+)\n", protected, flags=re.MULTILINE)
    found = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return {title: body.replace("\0", "#") for marks, title, body in found if len(marks) == level}


def code_sections(text: str, level: int) -> dict[str, str]:
    """Return the sections whose heading is one word in backticks, by that word."""
    return {title.strip("`"): body for title, body in sections(text, level).items() if title.startswith("`")}
