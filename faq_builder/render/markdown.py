"""GitHub-flavoured Markdown -> sanitised HTML, or plain text.

Four steps: GitHub's parser; text that only looks like a tag is escaped (`markup/tags.py`); the sanitiser `nh3` with an
allow-list; one pass that rewrites the sanitised tags for a page. nh3 writes very regular HTML (every attribute in
double quotes, every `<`, `>` and quote in a text or value escaped), so a regular expression is enough for this pass.
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
from faq_builder.read.markup.tags import escape_non_tags, guard_non_tags, may_contain_tags
from faq_builder.render.cmark import unsafe_html

REL = "nofollow ugc noopener"  # of links in conversations: ignored by search engines, no access to our window
MAX_HIGHLIGHT = 20_000  # characters: Pygments needs about a second per megabyte; nobody needs colours there
MAX_DEPTH = 300  # the sanitiser's cost grows with the square of the depth: 50,000 nested quotes took it 50 s
TOP_HEADING = 3  # h1 is the question of the page, h2 are its sections

_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_ITEM_START = "\x02"  # marks the start of a list item; a control character, which no text needs
_ITEM = re.compile(rf"(?P<end>[^\s{_ITEM_START}]?)(?: ?{_ITEM_START} ?)+")
_PUNCTUATION = frozenset((*".,;:!?…–—", ""))
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
    """Convert a message to HTML for a section of a page: "*dry*, see <#a>" -> "<p><em>dry</em>, see &lt;#a&gt;</p>".

    Every id, and every link to one, begins with `prefix`, which must be unique on the page. Relative links are resolved
    against `base`, the URL of the original message; without it they become plain text. Images become links to the
    image, labelled with the word `image`; nothing is ever loaded from a third party.
    """
    rewriter = _TagRewriter(prefix, base, rel, image)
    return Html(_TOKEN.sub(rewriter.rewrite, sanitised_html(text.value)).strip())


def to_plain(text: PublicText) -> PublicText:
    """Convert a message to one line without markup: "- **red**\\n- ![blue](b.png)" -> "red; blue".

    A list item that does not end with punctuation gets a semicolon.
    """
    return text.map(_plain)


def truncated(text: PublicText, length: int) -> PublicText:
    """Return at most `length` characters, cut at a word's end: ("one two, three", 11) -> "one two…"."""
    return text.map(lambda value: _truncated(value, length))


@lru_cache(maxsize=4)  # a message is converted to HTML and then to plain text
def sanitised_html(text: str) -> str:
    """Convert Markdown to HTML without scripts or other active content: '<b onclick="x">a</b>' -> "<p><b>a</b></p>\\n".

    A text whose tags are nested deeper than MAX_DEPTH is returned as its escaped source.
    """
    raw = _unsafe_html(text)
    if raw.count("<") > MAX_DEPTH and _depth(raw) > MAX_DEPTH:
        return f"<p>{html.escape(text)}</p>"
    return str(_CLEANER.clean(raw))


def _unsafe_html(text: str) -> str:
    """Convert Markdown to HTML that is *not* sanitised; `<int>` and the like become text."""
    if not may_contain_tags(text):
        return unsafe_html(text)
    return escape_non_tags(unsafe_html(guard_non_tags(text)))


def _depth(raw: str) -> int:
    """Return the greatest nesting depth of tags; a tag that is never closed counts to the end."""
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
    """Return the text of `to_plain`."""
    words = " ".join(html.unescape(_TOKEN.sub(_plain_token, sanitised_html(text))).split())
    return _ITEM.sub(_item_separator, words).strip()


def _item_separator(match: re.Match[str]) -> str:
    return f"{match['end']} " if match["end"] in _PUNCTUATION else f"{match['end']}; "


def _plain_token(match: re.Match[str]) -> str:
    """Return what replaces a tag in plain text: a space, nothing, code, or the alt text of an image."""
    language, code, slash, tag, attributes = match.groups()
    if language is not None:
        return f" {code} "
    if tag == "li" and not slash:
        return f" {_ITEM_START} "
    if tag == "img":
        return next((value for name, value in _ATTRIBUTE.findall(attributes) if name == "alt"), "")
    return " " if tag in _BLOCK else ""


def _truncated(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    head = text[: length - 1]
    start, space, _ = head.rpartition(" ")
    return (start if space and len(start) > length // 2 else head).rstrip(" ,.;:–-…") + "…"


class _TagRewriter:
    """Rewrites the tags of one sanitised text in order: heading levels, links, images, ids, colours of code."""

    def __init__(self, prefix: str, base: Url | None, rel: str, image: str) -> None:
        self.prefix, self.base, self.rel, self.image = prefix, base, rel, html.escape(image)
        self.ids: set[str] = set()
        self.levels: list[int] = []  # of the headings that enclose the current one, as the author wrote them
        self.headings: list[int] = []  # of the open headings, as the page shows them
        self.links: list[bool] = []  # for each open link, whether its tag was kept

    def rewrite(self, match: re.Match[str]) -> str:
        """Return the replacement of one tag or code block."""
        language, code, slash, tag, attributes = match.groups()
        if language is not None:
            return _highlighted(language, code)
        handler = _HANDLERS.get(tag)
        if handler is not None:
            return handler(self, tag, bool(slash), dict(_ATTRIBUTE.findall(attributes)))
        return match.group() if slash or not attributes else self._start_tag(tag, dict(_ATTRIBUTE.findall(attributes)))

    def _heading(self, tag: str, closes: bool, attributes: dict[str, str]) -> str:
        """Renumber a heading so that no level is skipped: levels 2, 4, 4 in a message -> 3, 4, 4 on the page."""
        if closes:
            return f"</h{self.headings.pop()}>"
        written = int(tag[1])
        while self.levels and self.levels[-1] >= written:
            self.levels.pop()
        self.levels.append(written)
        self.headings.append(min(TOP_HEADING - 1 + len(self.levels), 6))
        return self._start_tag(f"h{self.headings[-1]}", attributes)

    def _link(self, _: str, closes: bool, attributes: dict[str, str]) -> str:
        if closes:
            return "</a>" if self.links.pop() else ""
        href = self._href(attributes.pop("href", ""))
        is_inner = any(self.links)  # HTML has no link within a link
        self.links.append(bool(href) and not is_inner)
        if not self.links[-1]:
            return ""
        backref = attributes.get("class") == "footnote-backref"
        label = f' aria-label="{attributes.get("aria-label", "")}"' if backref else ""
        rel = "" if href.startswith("#") else f' rel="{self.rel}"'
        return self._start_tag("a", attributes)[:-1] + f'{label} href="{href}"{rel}>'

    def _image(self, _: str, _closes: bool, attributes: dict[str, str]) -> str:
        href = self._href(attributes.get("src", ""))
        words = f"{self.image}: {attributes['alt']}" if attributes.get("alt") else self.image
        if not href or any(self.links):
            return f"[{words}]"
        return f'<a class="faq-image" href="{href}" rel="{self.rel}">{words}</a>'

    def _checkbox(self, _: str, _closes: bool, attributes: dict[str, str]) -> str:
        if attributes.get("type") != "checkbox":
            return ""
        return "☑" if "checked" in attributes else "☐"

    def _section(self, _: str, closes: bool, attributes: dict[str, str]) -> str:
        return "</div>" if closes else self._start_tag("div", attributes)

    def _pre(self, _: str, closes: bool, _attributes: dict[str, str]) -> str:
        return "</pre>" if closes else '<pre tabindex="0">'  # people without a mouse scroll it by keyboard

    def _start_tag(self, tag: str, attributes: dict[str, str]) -> str:
        kept = [text for name, value in attributes.items() if (text := self._attribute(tag, name, value))]
        return f"<{' '.join([tag, *kept])}>"

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """Return an attribute as it is written on the page, None if the page drops it."""
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

    def _href(self, value: str) -> str:
        """Return the escaped target of a link; empty if a page may not link to it."""
        target = html.unescape(value).strip()
        if target.startswith("#"):
            return f"#{self.prefix}{target[1:]}" if _ID.fullmatch(target[1:]) else ""
        if re.match(r"mailto:[^\s<>\"'?&]+@[^\s<>\"'?&]+\Z", target, re.IGNORECASE):
            return html.escape(target)
        if not re.match(r"https?://", target, re.IGNORECASE):
            if self.base is None or not target or ":" in target.split("/")[0]:
                return ""
            target = _absolute(self.base.value, target)
        url = Url.parse(re.sub(r"[\s\\^`{|}\"<>]", lambda m: f"%{ord(m.group()):02X}", target))
        return html.escape(url.value) if url else ""


_Handler = Callable[[_TagRewriter, str, bool, dict[str, str]], str]
_HANDLERS: dict[str, _Handler] = {
    **{f"h{level}": _TagRewriter._heading for level in range(1, 7)},
    "a": _TagRewriter._link,
    "img": _TagRewriter._image,
    "input": _TagRewriter._checkbox,
    "pre": _TagRewriter._pre,
    "section": _TagRewriter._section,
}


def _absolute(base: str, relative: str) -> str:
    try:
        return urljoin(base, relative)
    except ValueError:  # "//[" is not a valid host
        return ""


def _highlighted(language: str, code: str) -> str:
    """Return a code block with Pygments' classes; without them if the language is unknown or the code is long."""
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
