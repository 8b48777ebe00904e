"""Texts of GitHub, rendered (`bodyHTML`) or raw -> GitHub-flavoured Markdown."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from faq_builder.model import Url
from faq_builder.read.markup import html
from faq_builder.read.markup.tree import Step, apply_steps

__all__ = ["clean_markdown", "is_html", "to_markdown"]

# Buttons and icons, and the text that a reply by e-mail quotes below its own (GitHub folds it).
_CHROME_NAMES = """
    clipboard-copy .zeroclipboard-container .email-hidden-toggle .email-hidden-reply .email-quoted-reply
    .anchor svg button .sr-only tool-tip
"""
_CHROME = frozenset(_CHROME_NAMES.split())
_SCOPE = re.compile(r"highlight-(?:source|text)-([a-z0-9+#-]+)")
_SCOPES = {"html-basic": "html", "html-erb": "erb", "css-scss": "scss", "css-less": "less", "c++": "cpp", "gfm": "md"}
_SIGNED_HOST = re.compile(r"^(https://private-user-images\.githubusercontent\.com/[^?]*)\?.*", re.DOTALL)
_BLOCK = re.compile(r"\s*<(?:p|div|h[1-6]|ul|ol|pre|blockquote|table|details|hr|section|markdown-\w+|a|img|video)\b")
# A comment, or code in which `<!--` is text: a fenced block up to its end, a code span in its line.
_COMMENT = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?<!`)(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)"
    r"|(?P<comment><!--.*?-->)",
    re.DOTALL | re.MULTILINE,
)


def to_markdown(body: str, *, base_url: Url | None = None) -> str:
    """Convert a `bodyHTML` to Markdown: <p dir="auto">It <b>rained</b>.</p> -> It **rained**."""
    return html.to_markdown(body, base_url=base_url, prepare=_prepare)


def is_html(body: str) -> bool:
    """Whether a text is rendered HTML; exports call such a text `body` as often as `bodyHTML`.

    Text that GitHub rendered has `dir="auto"` on each paragraph, and ends with a tag.
    """
    if not _BLOCK.match(body) or not body.rstrip().endswith(">"):
        return False
    return 'dir="auto"' in body or "\n\n" not in body or 'class="email-fragment"' in body


def clean_markdown(body: str) -> str:
    """Return raw Markdown with `\\n` line ends and without HTML comments, which templates leave: a<!-- b --> -> a."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    end = body.rfind("-->") + 3  # searched only up to the last end, as each unclosed `<!--` would cost a full search
    if end < 3:
        return body.strip("\n")
    kept = _COMMENT.sub(lambda m: "" if m["comment"] else m[0], body[:end]) + body[end:]
    return re.sub(r"\n{3,}", "\n\n", kept).strip("\n") if kept != body else body.strip("\n")


def _prepare(soup: BeautifulSoup) -> None:
    apply_steps(soup, _STEPS, _CHROME)


def _name_language(soup: BeautifulSoup, wrapper: Tag) -> None:
    """Set the language of a code block from the class of its wrapper."""
    match = _SCOPE.search(" ".join(str(c) for c in wrapper.get("class") or ()))
    code = wrapper.find("pre")
    if match and isinstance(code, Tag):
        code["lang"] = _SCOPES.get(match[1], match[1].rsplit("-", 1)[-1])


def _lines_of_code(soup: BeautifulSoup, table: Tag) -> None:
    """Replace an embedded part of a file, a table with line numbers, by one code block."""
    code = soup.new_tag("pre")
    lines = [line.get_text().strip("\n").rstrip() for line in table.select("td.blob-code")]
    if all(line.startswith(" ") for line in lines if line):  # GitHub adds one space before each line
        lines = [line[1:] for line in lines]
    code.string = "\n".join(lines)
    table.replace_with(code)


def _mention(soup: BeautifulSoup, element: Tag) -> None:
    """Keep the text of a mentioned person or an emoji, without its element."""
    element.unwrap()


def _emoji(soup: BeautifulSoup, image: Tag) -> None:
    """Replace the image of an emoji by its alternative text."""
    if image.name == "img":
        image.replace_with(str(image.get("alt") or image.get("title") or ""))


def _mail(soup: BeautifulSoup, fragment: Tag) -> None:
    """Turn the line ends in the text of an e-mail into line breaks, as they count there."""
    for text in list(fragment.find_all(string=True)):
        lines = str(text).strip("\n").split("\n") if text.parent is fragment else [str(text)]
        if len(lines) > 1:
            new: list[Tag | NavigableString] = []
            for line in lines:
                new += [NavigableString(line), soup.new_tag("br")]
            text.replace_with(*new[:-1])


def _video(soup: BeautifulSoup, details: Tag) -> None:
    """Replace a folded box with a video by the video."""
    video = details.find("video", src=True)
    if isinstance(video, Tag):
        details.replace_with(video.extract())


def _image(soup: BeautifulSoup, image: Tag) -> None:
    """Replace an image that links to itself by the image, with its original URL instead of that of GitHub's proxy.

    Also removes the signature in the URL of a private image, with which anybody could see it.
    """
    link = image.parent
    if isinstance(link, Tag) and link.name == "a":
        _unwrap_self_link(image, link)
    image["src"] = _SIGNED_HOST.sub(r"\1", str(image.get("src") or ""))


def _unwrap_self_link(image: Tag, link: Tag) -> None:
    canonical = str(image.get("data-canonical-src") or "")
    original = canonical or str(link.get("href") or "")
    is_itself = link.get("href") in (image.get("src"), canonical) and not link.get_text(strip=True)
    if is_itself and original.startswith("https://"):
        image["src"] = original
        link.unwrap()


def _alert(soup: BeautifulSoup, box: Tag) -> None:
    """Turn a note, tip or warning into a block quote whose first line names the kind: `> **Warning**`."""
    box.name = "blockquote"
    title = box.find(class_="markdown-alert-title")
    if isinstance(title, Tag):
        strong = soup.new_tag("strong")
        strong.string = title.get_text().strip()
        title.clear()
        title.append(strong)


_STEPS: dict[str, Step] = {
    ".highlight": _name_language,
    ".js-file-line-container": _lines_of_code,
    ".user-mention": _mention,
    ".team-mention": _mention,
    "g-emoji": _mention,
    ".emoji": _emoji,
    ".email-fragment": _mail,
    "details": _video,
    "img": _image,
    ".markdown-alert": _alert,
}
