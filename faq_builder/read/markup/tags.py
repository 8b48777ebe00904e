"""What in a text is a tag of HTML, and what is only written like one: `vector<int>`, `cp <source> <target>`.

Code hosts drop what they do not know, and the words with it. Here a tag is markup only if an author may have meant it
so; everything else in angle brackets is text that readers are to see.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["MARK", "may_hold_tags", "text_escaped", "text_lines_marked", "without_markup"]

MARK = "\x02"  # a control character, as no text needs one

_ALWAYS_NAMES = "blockquote br del details div dl em h1 h2 h3 h4 h5 h6 hr ol p pre strong table ul wbr"
_ALWAYS = frozenset(_ALWAYS_NAMES.split())  # markup wherever they stand
# Markup if they are used: with an attribute, or with the tag that belongs to them. The sanitiser unwraps those of the
# second line and below.
_IF_USED_NAMES = """
    a abbr b bdi bdo cite code data dfn i img ins kbd mark q ruby s samp section small span sub sup time u var
    acronym address article aside audio big body center figure font footer head header hgroup html main map marquee menu
    nav nobr picture strike tt video
"""
# Markup also inside of one of these elements, which need no end tag, or have none
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
_BLOCK_START = re.compile(r"^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)*(?=<[/!?a-zA-Z])", re.MULTILINE)


@dataclass(frozen=True)
class _Tags:
    """The elements that a text opens and closes."""

    opened: frozenset[str]
    closed: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Tags":
        found = {(bool(slash), name.lower()) for slash, name in _NAME.findall(text)}
        return cls(*(frozenset(name for ends, name in found if ends is wanted) for wanted in (False, True)))

    def is_markup(self, token: re.Match[str]) -> bool:
        """Whether a token is a tag that an author may have meant, or a comment."""
        if token["name"] is None:
            return token.groupdict().get("comment") is not None
        name = token["name"].lower()
        if name in _ALWAYS:
            return True
        if name == "input":  # a box of a task list
            return "checkbox" in token["rest"].lower()
        counterparts = self.opened if token["end"] else self.closed
        is_used = "=" in token["rest"] or name in counterparts or not self.opened.isdisjoint(_INSIDE.get(name, ()))
        return name in _IF_USED and is_used


def may_hold_tags(text: str) -> bool:
    """Whether anything in a text is written like a tag; an address in angle brackets is not."""
    return _SUSPECT.search(text) is not None


def text_escaped(html: str) -> str:
    """The HTML with `&lt;` for each `<` that begins no markup: `a <int> <b>c</b>` -> `a &lt;int> <b>c</b>`."""
    tags = _Tags.of(html)
    return _replaced(html, lambda m: m[0] if tags.is_markup(m) else m[0].replace("<", "&lt;"))


def text_lines_marked(markdown: str) -> str:
    """The Markdown with `MARK` before each `<` that begins a line, or the text of a list item or quote, and no markup.

    A line of `<path>` alone would begin a block of HTML (CommonMark 4.6), in which the following lines are no Markdown.
    Behind a mark it is a paragraph. The mark changes nothing else, in code neither: take it out of what is rendered.
    """
    tags, last = _Tags.of(markdown), markdown.rfind("-->")

    def marked(start: re.Match[str]) -> str:
        token = (_TOKEN_OR_COMMENT if start.end() < last else _TOKEN).match(markdown, start.end())
        assert token is not None
        is_verbatim = token["name"] is not None and token["name"].lower() in _VERBATIM & tags.closed
        return start[0] if is_verbatim or tags.is_markup(token) else start[0] + MARK

    return _BLOCK_START.sub(marked, markdown)


def without_markup(markdown: str) -> str:
    """The Markdown with a space for each tag and comment: `a <int> <b>c</b>` -> `a <int>  c `."""
    tags = _Tags.of(markdown)

    def replaced(token: re.Match[str]) -> str:
        is_escaped = token.string[token.start() - 1 : token.start()] == "\\"
        return " " if tags.is_markup(token) and not is_escaped else token[0]

    return _replaced(markdown, replaced)


def _replaced(text: str, replace: Callable[[re.Match[str]], str]) -> str:
    """The text with other tokens. A comment that never ends is none, and searched for only where one may end."""
    head, arrow, tail = text.rpartition("-->")
    return _TOKEN_OR_COMMENT.sub(replace, head + arrow) + _TOKEN.sub(replace, tail)
