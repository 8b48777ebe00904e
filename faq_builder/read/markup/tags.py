"""Telling HTML tags from text that only looks like one: `vector<int>`, `cp <source> <target>`.

Code hosts drop unknown tags, and lose words that way. Here a tag is markup only if its author may have meant it as
markup; all other text in angle brackets stays visible.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["GUARD", "escape_non_tags", "guard_non_tags", "may_contain_tags", "without_markup"]

GUARD = "\x02"  # a control character, because texts contain none

_RAW = (
    "\v"  # behind the name of each tag of the author, because spaces may be there; the parser of Markdown writes none
)

_ALWAYS = frozenset(("br", "hr", "p", "wbr"))  # markup everywhere: they need no end tag, or have none
# Markup only if the tag has an attribute, or if the text also holds the end tag behind it, or the start tag before it.
# The sanitiser unwraps the elements from the third line on.
_IF_USED_NAMES = """
    blockquote del details div dl em h1 h2 h3 h4 h5 h6 ol pre strong table ul
    a abbr b bdi bdo cite code data dfn i img ins kbd mark q ruby s samp section small span sub sup time u var
    acronym address article aside audio big body center figure font footer head header hgroup html main map marquee menu
    nav nobr picture strike tt video
"""
# Also markup within one of the given parent elements; these elements need no end tag, or have none
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
_IF_USED: frozenset[str] = frozenset(_IF_USED_NAMES.split()) | _INSIDE.keys()
_VERBATIM = frozenset(
    ("script", "style", "textarea")
)  # CommonMark 4.6, start condition 1: up to their end, no Markdown

_TAG = r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?)>"
_TOKEN = re.compile(rf"{_TAG}|<")
_TOKEN_OR_COMMENT = re.compile(rf"(?P<comment><!--(?:-?>|.*?-->))|{_TAG}|<", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
_RAW_NAME = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:{_RAW}|(?<={GUARD}</(?i:pre))(?=>))")
_SUSPECT = re.compile(r"<(?!https?:|mailto:)[/!?a-zA-Z]")
# The target of a link, which stays as it is; what would be an autolink (CommonMark 6.5), but is no address; an end
# tag that ends an HTML block only as it is written (CommonMark 4.6, start condition 1); another tag
_MARKED = re.compile(
    r"\]\((?:<[^\s<>]*>(?=[\s)])|[^\s()<][^\s()]*)|\]:[ \t]*(?:[^\s<]\S*|<[^\s<>]*>(?=[ \t]*(?:\n|\Z)))"
    r"|(?P<autolink><(?!(?i:https?|mailto):)(?=[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>))"
    r"|(?P<verbatim></(?i:pre|script|style|textarea)>)|(?P<tag></?[a-zA-Z][a-zA-Z0-9]*(?=[\s/>]))"
)
_BLOCK_START = re.compile(r"^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)*(?=<[/!?a-zA-Z])", re.MULTILINE)


@dataclass(frozen=True)
class _Tags:
    """Where a text opens each element for the first time, and closes it for the last time."""

    opened: Mapping[str, int]
    closed: Mapping[str, int]

    @classmethod
    def of(cls, text: str, names: re.Pattern[str] = _NAME) -> "_Tags":
        """Find the start tags and end tags in a text."""
        opened: dict[str, int] = {}
        closed: dict[str, int] = {}
        for tag in names.finditer(text):
            if tag[1]:
                closed[tag[2].lower()] = tag.start()
            else:
                opened.setdefault(tag[2].lower(), tag.start())
        if "summary" in closed:  # many authors forget the end tag of its details
            closed.setdefault("details", len(text))
        return cls(opened, closed)

    def is_markup(self, token: re.Match[str]) -> bool:
        """Whether a token is a comment, or a tag that its author may have meant as markup."""
        if token["name"] is None:
            return token.groupdict().get("comment") is not None
        name, position = token["name"].lower(), token.start()
        if name in _ALWAYS:
            return True
        if name == "input":  # a checkbox of a task list
            return "checkbox" in token["rest"].lower()
        is_paired = self._is_opened(name, position) if token["end"] else self._is_closed(name, position)
        is_inside = any(
            self._is_opened(parent, position) and self._is_closed(parent, position) for parent in _INSIDE.get(name, ())
        )
        return name in _IF_USED and ("=" in token["rest"] or is_paired or is_inside)

    def _is_opened(self, name: str, position: int) -> bool:
        return name in self.opened and self.opened[name] < position

    def _is_closed(self, name: str, position: int) -> bool:
        return name in self.closed and self.closed[name] > position


def may_contain_tags(text: str) -> bool:
    """Whether anything in a text looks like a tag; a URL in angle brackets does not."""
    return _SUSPECT.search(text) is not None


def escape_non_tags(html: str) -> str:
    """Replace each `<` that begins no markup by `&lt;`, in what the parser made of `guard_non_tags`, and clean it.

    `a <int\\v> <b\\v>c</b\\v>` -> `a &lt;int> <b>c</b>`
    """
    tags = _Tags.of(html, _RAW_NAME)

    def replaced(token: re.Match[str]) -> str:
        is_known = (token["name"] or "").lower() in _IF_USED
        is_written_by_parser = is_known and not _RAW_NAME.match(html, token.start())
        return token[0] if is_written_by_parser or tags.is_markup(token) else token[0].replace("<", "&lt;")

    return _replaced(html, replaced).replace(_RAW, "").replace(GUARD, "")


def guard_non_tags(markdown: str) -> str:
    """Mark tags, and put `GUARD` at each `<` that the parser would take for the start of a block or an autolink.

    `- <path>` -> `- \\x02<path\\v>`, `vector<std::string>` -> `vector<\\x02std::string>`

    A line of `<path>` alone would begin an HTML block (CommonMark 4.6), and the lines below it would not be read as
    Markdown. After `GUARD` it begins a paragraph. Likewise `<std::string>` would be a link. The marks have no other
    effect; `escape_non_tags` removes them from the rendered HTML.
    """
    markdown = markdown.replace(_RAW, " ")
    tags, last = _Tags.of(markdown), markdown.rfind("-->")

    def guarded(start: re.Match[str]) -> str:
        token = (_TOKEN_OR_COMMENT if start.end() < last else _TOKEN).match(markdown, start.end())
        assert token is not None
        is_verbatim = token["name"] is not None and token["name"].lower() in _VERBATIM & tags.closed.keys()
        return start[0] if is_verbatim or tags.is_markup(token) else start[0] + GUARD

    def marked(start: re.Match[str]) -> str:
        if start["verbatim"]:
            return GUARD + start[0]
        return start[0] + (GUARD if start["autolink"] else _RAW if start["tag"] else "")

    return _MARKED.sub(marked, _BLOCK_START.sub(guarded, markdown))


def without_markup(markdown: str) -> str:
    """Replace each tag and comment by a space: `a <int> <b>c</b>` -> `a <int>  c `."""
    tags = _Tags.of(markdown)

    def replaced(token: re.Match[str]) -> str:
        is_escaped = token.string[token.start() - 1 : token.start()] == "\\"
        return " " if tags.is_markup(token) and not is_escaped else token[0]

    return _replaced(markdown, replaced)


def _replaced(text: str, replace: Callable[[re.Match[str]], str]) -> str:
    """Replace the tokens of a text; comments are searched only up to the last `-->`, because they end there."""
    last, done, parts = text.rfind("-->"), 0, []
    while token := (_TOKEN_OR_COMMENT if done < last else _TOKEN).search(text, done):
        parts += [text[done : token.start()], replace(token)]
        done = token.end()
    return "".join([*parts, text[done:]])
