"""Telling HTML tags from text that only looks like one: `vector<int>`, `cp <source> <target>`.

Code hosts drop unknown tags, and lose words that way. Here a tag is markup only if its author may have meant it as
markup; all other text in angle brackets stays visible.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["GUARD", "escape_non_tags", "guard_non_tags", "may_contain_tags", "without_markup"]

GUARD = "\x02"  # a control character, because texts contain none

_ALWAYS_NAMES = "blockquote br del details div dl em h1 h2 h3 h4 h5 h6 hr ol p pre strong table ul wbr"
_ALWAYS = frozenset(_ALWAYS_NAMES.split())  # markup everywhere
# Markup only if the tag has an attribute, or if the text also holds the matching start or end tag. The sanitiser
# unwraps the elements from the second line on.
_IF_USED_NAMES = """
    a abbr b bdi bdo cite code data dfn i img ins kbd mark q ruby s samp section small span sub sup time u var
    acronym address article aside audio big body center figure font footer head header hgroup html main map marquee menu
    nav nobr picture strike tt video
"""
# Also markup if the text opens one of the given parent elements; these elements need no end tag, or have none
_INSIDE: Mapping[str, frozenset[str]] = {
    name: frozenset(parents.split())
    for names, parents in {
        "area": "map",
        "caption col colgroup tbody td tfoot th thead tr": "table",
        "dd dt": "dl",
        "figcaption": "figure",
        "li": "menu ol ul",
        "rp rt": "ruby",
        "source track": "audio picture video",
        "summary": "details",
    }.items()
    for name in names.split()
}
_IF_USED = frozenset(_IF_USED_NAMES.split()) | _INSIDE.keys()
_VERBATIM = frozenset(
    ("script", "style", "textarea")
)  # CommonMark 4.6, start condition 1: up to their end, no Markdown

_TAG = r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?)>"
_TOKEN = re.compile(rf"{_TAG}|<")
_TOKEN_OR_COMMENT = re.compile(rf"(?P<comment><!--(?:-?>|.*?-->))|{_TAG}|<", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
_SUSPECT = re.compile(r"<(?!https?:|mailto:)[/!?a-zA-Z]")
# What would be an autolink (CommonMark 6.5) but is no address; the targets of links stay as they are
_TARGET_OR_AUTOLINK = re.compile(
    r"\](?:\(|:[ \t]*)[^\s()]*|(?P<autolink><(?!(?i:https?|mailto):)(?=[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>))"
)
_BLOCK_START = re.compile(r"^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)*(?=<[/!?a-zA-Z])", re.MULTILINE)


@dataclass(frozen=True)
class _Tags:
    """The names of the elements that a text opens and closes."""

    opened: frozenset[str]
    closed: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Tags":
        """Find the start tags and end tags in a text."""
        found = {(bool(slash), name.lower()) for slash, name in _NAME.findall(text)}
        return cls(*(frozenset(name for ends, name in found if ends is wanted) for wanted in (False, True)))

    def is_markup(self, token: re.Match[str]) -> bool:
        """Whether a token is a comment, or a tag that its author may have meant as markup."""
        if token["name"] is None:
            return token.groupdict().get("comment") is not None
        name = token["name"].lower()
        if name in _ALWAYS:
            return True
        if name == "input":  # a checkbox of a task list
            return "checkbox" in token["rest"].lower()
        counterparts = self.opened if token["end"] else self.closed
        is_used = "=" in token["rest"] or name in counterparts or not self.opened.isdisjoint(_INSIDE.get(name, ()))
        return name in _IF_USED and is_used


def may_contain_tags(text: str) -> bool:
    """Whether anything in a text looks like a tag; a URL in angle brackets does not."""
    return _SUSPECT.search(text) is not None


def escape_non_tags(html: str) -> str:
    """Replace each `<` that begins no markup by `&lt;`: `a <int> <b>c</b>` -> `a &lt;int> <b>c</b>`."""
    tags = _Tags.of(html)
    return _replaced(html, lambda m: m[0] if tags.is_markup(m) else m[0].replace("<", "&lt;"))


def guard_non_tags(markdown: str) -> str:
    """Put `GUARD` at each `<` that the parser of Markdown would take for the start of a block or of an autolink.

    `- <path>` -> `- \\x02<path>`, `vector<std::string>` -> `vector<\\x02std::string>`

    A line of `<path>` alone would begin an HTML block (CommonMark 4.6), and the lines below it would not be read as
    Markdown. After `GUARD` it begins a paragraph. Likewise `<std::string>` would be a link. `GUARD` has no other
    effect; remove it from the rendered HTML.
    """
    tags, last = _Tags.of(markdown), markdown.rfind("-->")

    def guarded(start: re.Match[str]) -> str:
        token = (_TOKEN_OR_COMMENT if start.end() < last else _TOKEN).match(markdown, start.end())
        assert token is not None
        is_verbatim = token["name"] is not None and token["name"].lower() in _VERBATIM & tags.closed
        return start[0] if is_verbatim or tags.is_markup(token) else start[0] + GUARD

    return _TARGET_OR_AUTOLINK.sub(
        lambda m: m[0] + GUARD if m["autolink"] else m[0], _BLOCK_START.sub(guarded, markdown)
    )


def without_markup(markdown: str) -> str:
    """Replace each tag and comment by a space: `a <int> <b>c</b>` -> `a <int>  c `."""
    tags = _Tags.of(markdown)

    def replaced(token: re.Match[str]) -> str:
        is_escaped = token.string[token.start() - 1 : token.start()] == "\\"
        return " " if tags.is_markup(token) and not is_escaped else token[0]

    return _replaced(markdown, replaced)


def _replaced(text: str, replace: Callable[[re.Match[str]], str]) -> str:
    """Replace the tokens of a text; comments are searched only up to the last `-->`, because they end there."""
    head, arrow, tail = text.rpartition("-->")
    return _TOKEN_OR_COMMENT.sub(replace, head + arrow) + _TOKEN.sub(replace, tail)
