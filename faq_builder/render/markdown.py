"""GitHub-flavoured Markdown -> sanitised HTML, or plain text.

Four steps: GitHub's parser; what is only written like a tag becomes text (`markup/tags.py`); the sanitiser `nh3` with
an allow-list; and one walk over the sanitised tags that fits them into a page of ours. nh3 writes a regular HTML (every
attribute in double quotes, every `<`, `>` and quote in a text or value escaped), which is what makes the walk a regular
expression and not a second parser.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from urllib.parse import urljoin

import nh3
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from faq_builder.model import Html, PublicText, Url
from faq_builder.read.markup.tags import GUARD, escape_non_tags, guard_non_tag_lines, may_contain_tags
from faq_builder.render.cmark import unsafe_html

REL = "nofollow ugc noopener"  # other people's links: no vote of ours, no hold on our window
MAX_HIGHLIGHT = 20_000  # characters: Pygments needs about a second for a megabyte, and nobody reads colours there
MAX_DEPTH = 300  # the sanitiser's cost grows with the square of the depth: 50,000 nested quotes took it 50 s
TOP_HEADING = 3  # a page has its question as h1 and its parts as h2

_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_ITEM_MARK = "\x02"  # where an item of a list begins; a control character, as no text needs one
_ITEM = re.compile(rf"(?P<end>[^\s{_ITEM_MARK}]?)(?: ?{_ITEM_MARK} ?)+")
_ENDS = frozenset((*".,;:!?…–—", ""))
_BLOCK = {
    "blockquote", "br", "dd", "details", "div", "dl", "dt", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "id"},
    "a": {"href", "class", "aria-label"},
    "abbr": {"title"},
    "code": {"class"},
    "details": {"open"},
    "img": {"src", "alt"},
    "input": {"type", "checked"},
    "ol": {"start", "reversed"},
    "section": {"class"},
    "sup": {"class"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "time": {"datetime"},
}
_CLEANER = nh3.Cleaner(
    tags=_INLINE | _BLOCK | {"img", "input"},
    clean_content_tags={"script", "style", "title", "textarea", "template", "noscript", "iframe"},
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_TOKEN = re.compile(
    r'<pre><code class="language-([^"]*)">([^<]*)</code></pre>'  # a code block that names its language
    r'|<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>'
)
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_KEPT_CLASSES = {"footnote-ref", "footnote-backref", "footnotes"}
_NUMBER = re.compile(r"[0-9]{1,4}")
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_FORMATTER = HtmlFormatter(nowrap=True)


def to_html(text: PublicText, *, prefix: str, base: Url | None = None, rel: str = REL, image: str = "image") -> Html:
    """The text as HTML that may stand in a page under its h2.

    Every id, and every link to one, begins with `prefix`, which must be unique on the page. Relative links are resolved
    against `base`, the address of the original, and lose their target where there is none. Images become links to the
    original, introduced by the word `image`; nothing is ever loaded from a third party.
    """
    walk = _Walk(prefix, base, rel, image)
    return Html(_TOKEN.sub(walk.rewrite, sanitised(text.value)).strip())


def to_plain(text: PublicText) -> PublicText:
    """The words of the text without any markup, white space folded; of an image its description.

    Between the items of a list stands a semicolon where nothing else ends them.
    """
    return text.map(_plain)


def cut(text: PublicText, length: int) -> PublicText:
    """The text if it is at most `length` characters long, else its beginning up to a word's end, and an ellipsis."""
    return text.map(lambda value: _cut(value, length))


@lru_cache(maxsize=4)  # a message is wanted as HTML and in plain words, one right after the other
def sanitised(text: str) -> str:
    """The HTML of a text with nothing in it that acts; of a text that is nested absurdly deep, its source."""
    raw = _parsed(text)
    if raw.count("<") > MAX_DEPTH and _depth(raw) > MAX_DEPTH:
        return f"<p>{html.escape(text)}</p>"
    return str(_CLEANER.clean(raw))


def _parsed(text: str) -> str:
    """The HTML of a text, *not* sanitised; `<int>` and the like are text."""
    if not may_contain_tags(text):
        return unsafe_html(text)
    return escape_non_tags(unsafe_html(guard_non_tag_lines(text)).replace(GUARD, ""))


def _depth(raw: str) -> int:
    """How deep the tags are nested at most, those that nobody closes included."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for slash, tag in re.findall(r"<(/?)([A-Za-z]+)", raw):
        name = tag.lower()
        if slash and opened[name]:
            opened[name] -= 1
            depth -= 1
        elif not slash and name not in ("br", "hr", "img", "input", "wbr"):
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _plain(text: str) -> str:
    words = " ".join(html.unescape(_TOKEN.sub(_plain_token, sanitised(text))).split())
    return _ITEM.sub(lambda match: f"{match['end']} " if match["end"] in _ENDS else f"{match['end']}; ", words).strip()


def _plain_token(match: re.Match[str]) -> str:
    language, code, slash, tag, attributes = match.groups()
    if language is not None:
        return f" {code} "
    if tag == "li" and not slash:
        return f" {_ITEM_MARK} "
    if tag == "img":
        return next((value for name, value in _ATTRIBUTE.findall(attributes) if name == "alt"), "")
    return " " if tag in _BLOCK else ""


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    head = text[: length - 1]
    start, space, _ = head.rpartition(" ")
    return (start if space and len(start) > length // 2 else head).rstrip(" ,.;:–-…") + "…"


class _Walk:
    """One walk over sanitised tags: heading levels, links, images, ids, colours of code."""

    def __init__(self, prefix: str, base: Url | None, rel: str, image: str) -> None:
        self.prefix, self.base, self.rel, self.image = prefix, base, rel, html.escape(image)
        self.ids: set[str] = set()
        self.levels: list[int] = []  # of the headings above the present one, as written
        self.headings: list[int] = []  # open headings, as shown
        self.links: list[bool] = []  # open links: whether they were written

    def rewrite(self, match: re.Match[str]) -> str:
        """What stands in the page for one tag or code block."""
        language, code, slash, tag, attributes = match.groups()
        if language is not None:
            return _highlighted(language, code)
        handler = _HANDLERS.get(tag)
        if handler is not None:
            return handler(self, tag, bool(slash), dict(_ATTRIBUTE.findall(attributes)))
        return match.group() if slash or not attributes else self._open(tag, dict(_ATTRIBUTE.findall(attributes)))

    def _heading(self, tag: str, closes: bool, attributes: dict[str, str]) -> str:
        """Levels follow each other without a gap, whatever the author skipped."""
        if closes:
            return f"</h{self.headings.pop()}>"
        written = int(tag[1])
        while self.levels and self.levels[-1] >= written:
            self.levels.pop()
        self.levels.append(written)
        self.headings.append(min(TOP_HEADING - 1 + len(self.levels), 6))
        return self._open(f"h{self.headings[-1]}", attributes)

    def _link(self, _: str, closes: bool, attributes: dict[str, str]) -> str:
        if closes:
            return "</a>" if self.links.pop() else ""
        href = self._address(attributes.pop("href", ""))
        is_inner = any(self.links)  # HTML has no link within a link
        self.links.append(bool(href) and not is_inner)
        if not self.links[-1]:
            return ""
        backref = attributes.get("class") == "footnote-backref"
        label = f' aria-label="{attributes.get("aria-label", "")}"' if backref else ""
        rel = "" if href.startswith("#") else f' rel="{self.rel}"'
        return self._open("a", attributes)[:-1] + f'{label} href="{href}"{rel}>'

    def _image(self, _: str, _closes: bool, attributes: dict[str, str]) -> str:
        href = self._address(attributes.get("src", ""))
        words = f"{self.image}: {attributes['alt']}" if attributes.get("alt") else self.image
        if not href or any(self.links):
            return f"[{words}]"
        return f'<a class="faq-image" href="{href}" rel="{self.rel}">{words}</a>'

    def _checkbox(self, _: str, _closes: bool, attributes: dict[str, str]) -> str:
        if attributes.get("type") != "checkbox":
            return ""
        return "☑" if "checked" in attributes else "☐"

    def _section(self, _: str, closes: bool, attributes: dict[str, str]) -> str:
        return "</div>" if closes else self._open("div", attributes)

    def _pre(self, _: str, closes: bool, _attributes: dict[str, str]) -> str:
        return "</pre>" if closes else '<pre tabindex="0">'  # a region that scrolls must be reachable by keyboard

    def _open(self, tag: str, attributes: dict[str, str]) -> str:
        kept = [shown for name, value in attributes.items() if (shown := self._attribute(tag, name, value))]
        return f"<{' '.join([tag, *kept])}>"

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if name == "id":
            if value in self.ids or not _ID.fullmatch(value):
                return None
            self.ids.add(value)
            return f'id="{self.prefix}{value}"'
        if name == "align":
            return f'class="faq-{value}"' if value in ("left", "center", "right") else None
        if name == "class":
            return f'class="{value}"' if value in _KEPT_CLASSES else None
        if name in ("colspan", "rowspan", "start"):
            return f'{name}="{value}"' if _NUMBER.fullmatch(value) else None
        if name == "dir":
            return f'dir="{value}"' if value in ("ltr", "rtl", "auto") else None
        if name in ("open", "reversed"):
            return name
        return f'{name}="{value}"' if name in ("title", "datetime") and tag in ("abbr", "time") else None

    def _address(self, value: str) -> str:
        """The escaped address, or nothing where it is not one that a page may lead to."""
        address = html.unescape(value).strip()
        if address.startswith("#"):
            return f"#{self.prefix}{address[1:]}" if _ID.fullmatch(address[1:]) else ""
        if re.match(r"mailto:[^\s<>\"'?&]+@[^\s<>\"'?&]+\Z", address, re.IGNORECASE):
            return html.escape(address)
        if not re.match(r"https?://", address, re.IGNORECASE):
            if self.base is None or not address or ":" in address.split("/")[0]:
                return ""
            address = _join(self.base.value, address)
        url = Url.parse(re.sub(r"[\s\\^`{|}\"<>]", lambda m: f"%{ord(m.group()):02X}", address))
        return html.escape(url.value) if url else ""


_Handler = Callable[[_Walk, str, bool, dict[str, str]], str]
_HANDLERS: dict[str, _Handler] = {
    **{f"h{level}": _Walk._heading for level in range(1, 7)},
    "a": _Walk._link,
    "img": _Walk._image,
    "input": _Walk._checkbox,
    "pre": _Walk._pre,
    "section": _Walk._section,
}


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # "//[" is no host
        return ""


def _highlighted(language: str, code: str) -> str:
    """A code block with Pygments' classes, plain where the language is not known or the code is long."""
    lexer = _lexer(html.unescape(language).lower()) if len(code) <= MAX_HIGHLIGHT else None
    if lexer is None:
        return f'<pre tabindex="0"><code>{code}</code></pre>'
    coloured = highlight(html.unescape(code), lexer, _FORMATTER)
    return f'<div class="highlight"><pre tabindex="0"><code>{coloured}</code></pre></div>'


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except (ClassNotFound, ValueError):
        return None
