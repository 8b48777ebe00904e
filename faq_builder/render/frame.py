"""Frames: pages that MkDocs rendered once, with slots that generated pages are filled into.

A frame is an ordinary page of MkDocs with the theme's templates, overrides and plugins, whose title, description, site
path and body are the placeholders below. A page is filled into the frame at its own path (the first pages of lists,
which the navigation may contain) or into the frame of its folder and depth, because relative links depend on both.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape, unescape
from urllib.parse import quote

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError
from faq_builder.render.chrome import ARTICLE_META, CHROME_MARKER, HEAD_META
from faq_builder.render.page import H1_ID, Page

SlotEncoder = Callable[[str], str]

_NAME = "FaqSlot"  # part of every placeholder; in mixed case, so that templates which change the case are detected
_JSON_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})
_SCRIPT = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)


class Slot(Enum):
    """A part of a frame that each page fills; the value is its placeholder in the frame.

    The placeholders of title and description look like escaped text, so that it is visible what a template does to it.
    """

    TITLE = f"{_NAME}&amp;title"
    DESCRIPTION = f"{_NAME}&amp;description"
    HEAD = f"<meta {_NAME}>"
    ARTICLE = f' data-{_NAME}=""'
    BODY = f'<h1 id="{H1_ID}">{_NAME}</h1>'
    SITE_PATH = "SITE_PATH"  # its placeholder is the frame's own site path, which differs from frame to frame


# the folder of each frame, and the depth of its pages below the site's root
SHAPES = (
    ("q", 2),
    ("tags", 2),
    ("tags", 3),
    ("places", 2),
    ("places", 3),
    ("all", 2),
    ("open", 2),
    ("open", 3),
)


@dataclass(frozen=True, slots=True)
class _FilledSlot:
    """One occurrence of a slot in a frame, and how the template encoded the text there."""

    slot: Slot
    encode: SlotEncoder


@dataclass(frozen=True, slots=True)
class Frame:
    """A rendered page, split at its slots."""

    pieces: tuple[bytes | _FilledSlot, ...]


@dataclass(frozen=True)
class Frames:
    """All frames of a site, by the path of the frame's file."""

    by_path: Mapping[str, Frame]

    def fill(self, page: Page) -> bytes:
        """Return the finished page; raises KeyError if no frame has its folder and depth, which is a bug."""
        frame = self.by_path.get(page.path) or self.by_path[frame_path(*shape_of(page.path))]
        return fill_frame(frame, page)


def shape_of(path: str) -> tuple[str, int]:
    """Return the folder and depth of a page: "q/red-widget/index.html" -> ("q", 2)."""
    return path.partition("/")[0], path.count("/")


def frame_path(folder: str, depth: int) -> str:
    """Return the path of the frame of a folder and depth: ("q", 2) -> "q/FaqSlot/index.html"."""
    return "/".join([folder, *[_NAME] * (depth - 1), "index.html"])


def frame_meta() -> dict[str, str]:
    """Return the MkDocs meta of a frame: its placeholders."""
    return {
        "title": Slot.TITLE.value,
        "description": Slot.DESCRIPTION.value,
        HEAD_META: Slot.HEAD.value,
        ARTICLE_META: Slot.ARTICLE.value,
    }


def page_meta(page: Page) -> dict[str, str]:
    """Return the meta with which MkDocs itself would render the page."""
    robots = '<meta name="robots" content="noindex">' if page.noindex else ""
    return {
        "title": page.title.value,
        "description": page.description.value or page.title.value,
        HEAD_META: robots + page.head.value,
        ARTICLE_META: f' lang="{escape(page.lang)}"' if page.lang else "",
    }


def frame_from_html(html: str, path: str) -> Frame:
    """Split a rendered frame page at its slots; raises UsageError if the theme changed a placeholder."""
    slots = dict(_placeholders(path))
    placeholders = re.compile("|".join(re.escape(text) for text in sorted(slots, key=len, reverse=True)))
    pieces: list[bytes | _FilledSlot] = []
    start = 0
    for match in placeholders.finditer(html):
        pieces += [_page_bytes(html[start : match.start()]), slots[match[0]]]
        start = match.end()
    pieces.append(_page_bytes(html[start:]))
    _check_slots(html, pieces, placeholders, path)
    return Frame(tuple(pieces))


def fill_frame(frame: Frame, page: Page) -> bytes:
    """Fill a page into its frame. The result has the same bytes as if MkDocs had rendered the page itself."""
    meta = page_meta(page)
    values = {
        Slot.TITLE: meta["title"],
        Slot.DESCRIPTION: meta["description"],
        Slot.HEAD: meta[HEAD_META],
        Slot.ARTICLE: meta[ARTICLE_META],
        Slot.BODY: page.body.value,
        Slot.SITE_PATH: _mkdocs_site_path(page.path),
    }
    return b"".join(
        piece if isinstance(piece, bytes) else _page_bytes(piece.encode(values[piece.slot])) for piece in frame.pieces
    )


def _placeholders(path: str) -> list[tuple[str, _FilledSlot]]:
    """Return every form that a placeholder may have in the frame, with the encoder that gives values the same form."""
    texts = [
        (encode(slot.value), _FilledSlot(slot, encode))
        for slot in (Slot.TITLE, Slot.DESCRIPTION)
        for encode in (_plain, _escaped, _quoted, _in_json)
    ]
    plain = [(slot.value, _FilledSlot(slot, _plain)) for slot in (Slot.HEAD, Slot.ARTICLE, Slot.BODY)]
    own_path = [(_mkdocs_site_path(path), _FilledSlot(Slot.SITE_PATH, _plain))] if _NAME in path else []
    return texts + plain + own_path


def _plain(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    """Escape like Jinja's filter `e`: '"a"' -> "&#34;a&#34;"."""
    return escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;")


def _quoted(text: str) -> str:
    """Escape like Jinja's filter `urlencode`: "a b" -> "a%20b"."""
    return quote(text, safe="/")


def _in_json(text: str) -> str:
    """Escape like Jinja's filter `tojson`, without the outer quotes: "<b>" -> "\\u003cb\\u003e"."""
    return json.dumps(text)[1:-1].translate(_JSON_ESCAPES)


def _page_bytes(text: str) -> bytes:
    """Encode text as MkDocs does when it writes a page."""
    return text.encode("utf-8", errors="xmlcharrefreplace")


def _mkdocs_site_path(path: str) -> str:
    """Return the site path of a page's file, quoted as MkDocs does: "q/a b/index.html" -> "q/a%20b/"."""
    return quote(path.removesuffix("index.html"))


def _check_slots(html: str, pieces: list[bytes | _FilledSlot], placeholders: re.Pattern[str], path: str) -> None:
    """Raise UsageError that names everything the theme did to the slots that makes the frame impossible to fill."""
    problems: list[str] = []
    if CHROME_MARKER not in html:
        problems.append("the page is not built on Material's base template")
    found = [piece.slot for piece in pieces if isinstance(piece, _FilledSlot)]
    once = (Slot.HEAD, Slot.ARTICLE, Slot.BODY)
    problems += [
        f"the page contains its {slot.name.lower()} {found.count(slot)} times"
        for slot in once
        if found.count(slot) != 1
    ]
    problems += [f"the page does not contain its {slot.name.lower()}" for slot in (Slot.TITLE,) if slot not in found]
    rest = b"".join(piece for piece in pieces if isinstance(piece, bytes)).decode("utf-8")
    if any(unescape(slot.value) in rest for slot in (Slot.TITLE, Slot.DESCRIPTION)):
        problems.append("a template prints the title or description of a page unescaped")
    elif _NAME.lower() in rest.lower():
        problems.append("a template changes the title, the description or the URL of a page")
    if _in_script(html, placeholders):
        problems.append("a template prints the title or description of a page inside a script or style")
    if problems:
        raise UsageError(*(_slot_finding(problem, path) for problem in problems))


def _in_script(html: str, placeholders: re.Pattern[str]) -> bool:
    """Tell whether a script or style contains escaped text, which is unsafe there: it may end with a backslash."""
    for match in placeholders.finditer(html):
        if match[0] in (Slot.TITLE.value, Slot.DESCRIPTION.value):
            tags = _SCRIPT.findall(html[: match.start()])
            if tags and not tags[-1][0]:
                return True
    return False


def _slot_finding(message: str, path: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ703",
        where=Location(path=path),
        message=message,
        help="print page.meta.title and page.content in your templates as Material's base.html does",
    )
