"""Discourse's `cooked` HTML -> GitHub-flavoured Markdown."""

import re
import unicodedata

from bs4 import BeautifulSoup, Tag

from faq_builder.model import Url
from faq_builder.read.markup import html
from faq_builder.read.markup.tree import Step, apply_steps

__all__ = ["to_markdown"]

# Elements that Discourse adds to the text: controls, counters, file name and size under an image, trimmed mail.
_CHROME_NAMES = """
    .informations .filename .quote-controls .poll-info .poll-buttons .clicks .elided .anchor
    .avatar .site-icon .onebox-metadata svg
"""
_CHROME = frozenset(_CHROME_NAMES.split())
# Discourse's names of emoji that differ from Unicode's names; the most used ones in real forums.
_EMOJI = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "slight_smile": "🙂", "slightly_smiling_face": "🙂",
    "wink": "😉", "smiley": "😃", "smile": "😄", "grin": "😁", "grinning": "😀", "laughing": "😆", "joy": "😂",
    "rofl": "🤣", "blush": "😊", "sweat_smile": "😅", "stuck_out_tongue": "😛", "stuck_out_tongue_winking_eye": "😜",
    "confused": "😕", "frowning": "😦", "slight_frown": "🙁", "unamused": "😒", "open_mouth": "😮", "cry": "😢",
    "sob": "😭", "thinking": "🤔", "upside_down_face": "🙃", "sunglasses": "😎", "heart": "❤️", "heart_eyes": "😍",
    "hugs": "🤗", "pray": "🙏", "clap": "👏", "wave": "👋", "muscle": "💪", "ok_hand": "👌", "raised_hands": "🙌",
    "tada": "🎉", "warning": "⚠️", "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "bulb": "💡",
    "information_source": "ℹ️", "point_right": "👉", "point_down": "👇", "bug": "🐛", "scream": "😱",
}  # fmt: skip


def to_markdown(cooked: str, *, base_url: Url | None = None) -> str:
    """Convert a post to Markdown; quotes name the quoted person, previews become links, emoji become characters.

    <p>Look <a class="mention">@fred</a></p> -> Look @fred
    """
    return html.to_markdown(cooked, base_url=base_url, prepare=_prepare)


def _prepare(soup: BeautifulSoup) -> None:
    apply_steps(soup, _STEPS, _CHROME)


def _emoji(soup: BeautifulSoup, image: Tag) -> None:
    """Replace the image of an emoji by its character."""
    name = str(image.get("title") or image.get("alt") or "").strip(":").split(":")[0]
    if image.name == "img":
        image.replace_with(emoji(name))


def emoji(name: str) -> str:
    """Return the character of an emoji, or `:name:` if Unicode has no emoji of this name: rocket -> 🚀."""
    if name in _EMOJI:
        return _EMOJI[name]
    try:
        character = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        character = ""
    return character if character and unicodedata.category(character) == "So" else f":{name}:"


def _lightbox(soup: BeautifulSoup, wrapper: Tag) -> None:
    """Replace a small image that links to the original image by the original image."""
    image, link = wrapper.find("img"), wrapper.find("a", href=True)
    if isinstance(image, Tag) and isinstance(link, Tag):
        image["src"] = link["href"]
        wrapper.replace_with(image.extract())


def _quote(soup: BeautifulSoup, aside: Tag) -> None:
    """Turn a quote of another post into a block quote that begins with the name of the quoted person."""
    if aside.name != "aside":
        return
    quote = aside.find("blockquote", recursive=False)
    if not isinstance(quote, Tag):
        return
    title = aside.find(class_="title", recursive=False)
    written = title.get_text().strip().rstrip(":").strip() if isinstance(title, Tag) else ""
    name = str(aside.get("data-username") or "") or written
    link = title.find("a", href=True) if isinstance(title, Tag) else None
    if name or link:
        head = soup.new_tag("p")
        if isinstance(link, Tag):
            head.extend([f"@{name}, " if aside.get("data-username") else "", link.extract(), ":"])
        else:
            head.append(f"@{name}:")
        quote.insert(0, head)
    aside.replace_with(quote.extract())


def _onebox(soup: BeautifulSoup, box: Tag) -> None:
    """Replace a preview of another page by a link with its title; the previewed text is not part of the post."""
    if box.name not in ("aside", "div"):
        return
    link = box.select_one("h3 a[href], h4 a[href], .source a[href]") or box.find("a", href=True)
    url = str(box.get("data-onebox-src") or (link.get("href") if link else "") or "")
    if not url:
        return
    title = box.select_one("h3, h4")
    new = soup.new_tag("a", href=url)
    new.string = (title.get_text() if title else "").strip() or (link.get_text().strip() if link else "") or url
    paragraph = soup.new_tag("p")
    paragraph.append(new)
    box.replace_with(paragraph)


def _mention(soup: BeautifulSoup, link: Tag) -> None:
    """Keep the name of a mentioned person, without the link to the profile."""
    link.unwrap()


def _formula(soup: BeautifulSoup, element: Tag) -> None:
    """Put the dollar signs around TeX that the math plugin removed: `$a_1$`."""
    sign = "$$" if element.name == "div" else "$"
    element.string = f"{sign}{element.get_text().strip()}{sign}"


def _bbcode(soup: BeautifulSoup, span: Tag) -> None:
    """Replace `<span class="bbcode-b">` by `<b>`; also for `i` and `s`."""
    span.name = next(str(name)[-1] for name in span.get("class") or () if str(name).startswith("bbcode-"))


def _alt_text(soup: BeautifulSoup, image: Tag) -> None:
    """Remove the size that Discourse writes into the alternative text: `shards|690x388, 50%` -> `shards`."""
    image["alt"] = re.sub(r"\|\d+x\d+(?:,\s*\d+%)?$", "", str(image.get("alt") or ""))


_STEPS: dict[str, Step] = {
    ".emoji": _emoji,
    ".lightbox-wrapper": _lightbox,
    ".quote": _quote,
    ".onebox": _onebox,
    ".mention": _mention,
    ".mention-group": _mention,
    ".math": _formula,
    ".bbcode-b": _bbcode,
    ".bbcode-i": _bbcode,
    ".bbcode-s": _bbcode,
    "img": _alt_text,
}
