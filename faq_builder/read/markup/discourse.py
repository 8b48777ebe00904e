"""Discourse's `cooked` HTML -> GitHub-flavoured Markdown."""

import re
import unicodedata

from bs4 import BeautifulSoup, Tag

from faq_builder.model import Url
from faq_builder.read.markup import html
from faq_builder.read.markup.tree import Step, apply

__all__ = ["to_markdown"]

# What Discourse adds around the text: controls, counters, the file name and size under a picture, mail that was cut.
_CHROME_NAMES = """
    .informations .filename .quote-controls .poll-info .poll-buttons .clicks .elided .anchor
    .avatar .site-icon .onebox-metadata svg
"""
_CHROME = frozenset(_CHROME_NAMES.split())
# The names that Discourse gives to emoji where Unicode's own names differ; the most used ones of real forums.
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
    """A post as Markdown: quotes name who is quoted, previews of other pages become links, emoji become characters."""
    return html.to_markdown(cooked, base_url=base_url, prepare=_prepare)


def _prepare(soup: BeautifulSoup) -> None:
    apply(soup, _STEPS, _CHROME)


def _emoji(soup: BeautifulSoup, image: Tag) -> None:
    name = str(image.get("title") or image.get("alt") or "").strip(":").split(":")[0]
    if image.name == "img":
        image.replace_with(emoji(name))


def emoji(name: str) -> str:
    """The character of an emoji, or `:name:` where Unicode has none of that name."""
    if name in _EMOJI:
        return _EMOJI[name]
    try:
        character = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        character = ""
    return character if character and unicodedata.category(character) == "So" else f":{name}:"


def _lightbox(soup: BeautifulSoup, wrapper: Tag) -> None:
    """The picture at its original address instead of a small one that is a link to it."""
    image, link = wrapper.find("img"), wrapper.find("a", href=True)
    if isinstance(image, Tag) and isinstance(link, Tag):
        image["src"] = link["href"]
        wrapper.replace_with(image.extract())


def _quote(soup: BeautifulSoup, aside: Tag) -> None:
    """A quote of another post: a block quote that begins with who is quoted."""
    if aside.name != "aside":
        return
    quote = aside.find("blockquote", recursive=False)
    if not isinstance(quote, Tag):
        return
    title = aside.find(class_="title", recursive=False)
    written = title.get_text().strip().rstrip(":").strip() if isinstance(title, Tag) else ""
    who = str(aside.get("data-username") or "") or written
    link = title.find("a", href=True) if isinstance(title, Tag) else None
    if who or link:
        head = soup.new_tag("p")
        if isinstance(link, Tag):
            head.extend([f"@{who}, " if aside.get("data-username") else "", link.extract(), ":"])
        else:
            head.append(f"@{who}:")
        quote.insert(0, head)
    aside.replace_with(quote.extract())


def _onebox(soup: BeautifulSoup, box: Tag) -> None:
    """A preview of another page: a link to it by its title; the text of that page is not this post's."""
    if box.name not in ("aside", "div"):
        return
    link = box.select_one("h3 a[href], h4 a[href], .source a[href]") or box.find("a", href=True)
    address = str(box.get("data-onebox-src") or (link.get("href") if link else "") or "")
    if not address:
        return
    title = box.select_one("h3, h4")
    new = soup.new_tag("a", href=address)
    new.string = (title.get_text() if title else "").strip() or (link.get_text().strip() if link else "") or address
    paragraph = soup.new_tag("p")
    paragraph.append(new)
    box.replace_with(paragraph)


def _mention(soup: BeautifulSoup, link: Tag) -> None:
    """A person's name: the text stays, the link to the profile goes."""
    link.unwrap()


def _formula(soup: BeautifulSoup, element: Tag) -> None:
    """TeX of the math plugin gets the signs back that it was written with."""
    sign = "$$" if element.name == "div" else "$"
    element.string = f"{sign}{element.get_text().strip()}{sign}"


def _bbcode(soup: BeautifulSoup, span: Tag) -> None:
    span.name = next(str(name)[-1] for name in span.get("class") or () if str(name).startswith("bbcode-"))


def _alternative(soup: BeautifulSoup, image: Tag) -> None:
    """The size that Discourse writes into a picture's alternative text goes."""
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
    "img": _alternative,
}
