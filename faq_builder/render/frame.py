"""Frames: pages that MkDocs rendered once, with slots that each page of ours is filled into.

A frame is an ordinary page of MkDocs with the theme's templates, overrides and plugins, whose title, description,
address and body are the marks below. Pages are filled into the frame that was rendered at their own path (list roots,
which stand in the navigation) or in their folder and depth, because links relative to the page depend on both.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape, unescape
from urllib.parse import quote

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError
from faq_builder.render.chrome import ARTICLE, HEAD, MARK
from faq_builder.render.page import H1_ID, Page

Encoder = Callable[[str], str]

_NAME = "FaqSlot"  # marks hold it in this case, so that a template which changes case is found out
_JSON_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})
_SCRIPT = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)


class Slot(Enum):
    """A part of a frame that each page fills; the value is the mark that stands for it.

    Title and description look like escaped text, so that whatever a template does to them shows.
    """

    TITLE = f"{_NAME}&amp;title"
    DESCRIPTION = f"{_NAME}&amp;description"
    HEAD = f"<meta {_NAME}>"
    ARTICLE = f' data-{_NAME}=""'
    BODY = f'<h1 id="{H1_ID}">{_NAME}</h1>'
    ADDRESS = "ADDRESS"  # found by the frame's own address, which differs from frame to frame


# the folders in which pages are filled, and how many levels below the site's root they lie
SHAPES = (
    ("q", 2),
    ("tags", 2),
    ("tags", 3),
    ("places", 2),
    ("places", 3),
    ("all", 2),
    ("open", 2),
)


@dataclass(frozen=True, slots=True)
class _Hole:
    """A slot in a certain place of a frame, and what the template did to the text there."""

    slot: Slot
    encode: Encoder


@dataclass(frozen=True, slots=True)
class Frame:
    """A rendered page cut at its slots."""

    pieces: tuple[bytes | _Hole, ...]


@dataclass(frozen=True)
class Frames:
    """All frames of a site, by the path of the page that MkDocs rendered."""

    by_path: Mapping[str, Frame]

    def fill(self, page: Page) -> bytes:
        """The finished page; raises KeyError where no frame has its folder and depth (a bug)."""
        frame = self.by_path.get(page.path) or self.by_path[frame_path(*shape_of(page.path))]
        return fill(frame, page)


def shape_of(path: str) -> tuple[str, int]:
    """The folder and depth of a page: "q/red-widget/index.html" -> ("q", 2)."""
    return path.partition("/")[0], path.count("/")


def frame_path(folder: str, depth: int) -> str:
    """Where MkDocs renders the frame of a folder and depth: ("q", 2) -> "q/FaqSlot/index.html"."""
    return "/".join([folder, *[_NAME] * (depth - 1), "index.html"])


def frame_meta() -> dict[str, str]:
    """The meta of a frame page."""
    return {
        "title": Slot.TITLE.value,
        "description": Slot.DESCRIPTION.value,
        HEAD: Slot.HEAD.value,
        ARTICLE: Slot.ARTICLE.value,
    }


def page_meta(page: Page) -> dict[str, str]:
    """The meta with which MkDocs would render the page whole."""
    robots = '<meta name="robots" content="noindex">' if page.noindex else ""
    return {
        "title": page.title.value,
        "description": page.description.value or page.title.value,
        HEAD: robots + page.head.value,
        ARTICLE: f' lang="{escape(page.lang)}"' if page.lang else "",
    }


def capture(html: str, path: str) -> Frame:
    """Cut a rendered frame page at its slots; raises UsageError where the theme spoilt one."""
    holes = dict(_holes(path))
    marks = re.compile("|".join(re.escape(mark) for mark in sorted(holes, key=len, reverse=True)))
    pieces: list[bytes | _Hole] = []
    start = 0
    for match in marks.finditer(html):
        pieces += [_encode(html[start : match.start()]), holes[match[0]]]
        start = match.end()
    pieces.append(_encode(html[start:]))
    _check(html, pieces, marks, path)
    return Frame(tuple(pieces))


def fill(frame: Frame, page: Page) -> bytes:
    """The page in its frame: the bytes that MkDocs would have written, had it rendered the page whole."""
    meta = page_meta(page)
    values = {
        Slot.TITLE: meta["title"],
        Slot.DESCRIPTION: meta["description"],
        Slot.HEAD: meta[HEAD],
        Slot.ARTICLE: meta[ARTICLE],
        Slot.BODY: page.body.value,
        Slot.ADDRESS: _address(page.path),
    }
    return b"".join(
        piece if isinstance(piece, bytes) else _encode(piece.encode(values[piece.slot])) for piece in frame.pieces
    )


def _holes(path: str) -> list[tuple[str, _Hole]]:
    """Every form in which a mark may stand in the frame, with what a value needs to stand there in the same form."""
    texts = [
        (encode(slot.value), _Hole(slot, encode))
        for slot in (Slot.TITLE, Slot.DESCRIPTION)
        for encode in (_plain, _escaped, _quoted, _in_json)
    ]
    plain = [(slot.value, _Hole(slot, _plain)) for slot in (Slot.HEAD, Slot.ARTICLE, Slot.BODY)]
    address = [(_address(path), _Hole(Slot.ADDRESS, _plain))] if _NAME in path else []
    return texts + plain + address


def _plain(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    """As Jinja's filter `e`, which markupsafe writes."""
    return escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;")


def _quoted(text: str) -> str:
    """As Jinja's filter `urlencode`."""
    return quote(text, safe="/")


def _in_json(text: str) -> str:
    """As Jinja's filter `tojson`, between the quotes."""
    return json.dumps(text)[1:-1].translate(_JSON_ESCAPES)


def _encode(text: str) -> bytes:
    """As MkDocs writes pages."""
    return text.encode("utf-8", errors="xmlcharrefreplace")


def _address(path: str) -> str:
    """The address of a page below the site's root, as MkDocs writes it."""
    return quote(path.removesuffix("index.html"))


def _check(html: str, pieces: list[bytes | _Hole], marks: re.Pattern[str], path: str) -> None:
    """Raise UsageError with everything that the theme did to the slots of a frame that cannot be filled."""
    problems: list[str] = []
    if MARK not in html:
        problems.append("the page of a frame does not have the chrome of Material")
    found = [piece.slot for piece in pieces if isinstance(piece, _Hole)]
    once = (Slot.HEAD, Slot.ARTICLE, Slot.BODY)
    problems += [
        f"the {slot.name.lower()} of a page stands in the page {found.count(slot)} times"
        for slot in once
        if found.count(slot) != 1
    ]
    problems += [f"the {slot.name.lower()} of a page is not printed" for slot in (Slot.TITLE,) if slot not in found]
    rest = b"".join(piece for piece in pieces if isinstance(piece, bytes)).decode("utf-8")
    if any(unescape(slot.value) in rest for slot in (Slot.TITLE, Slot.DESCRIPTION)):
        problems.append("a template prints the title or description of a page unescaped")
    elif _NAME.lower() in rest.lower():
        problems.append("a template changes the title, description or address of a page")
    if _in_script(html, marks):
        problems.append("a template prints the title or description of a page inside a script or style")
    if problems:
        raise UsageError(*(_spoilt(problem, path) for problem in problems))


def _in_script(html: str, marks: re.Pattern[str]) -> bool:
    """Whether escaped text, which may end in a backslash, stands as it is inside a script."""
    for match in marks.finditer(html):
        if match[0] in (Slot.TITLE.value, Slot.DESCRIPTION.value):
            tags = _SCRIPT.findall(html[: match.start()])
            if tags and not tags[-1][0]:
                return True
    return False


def _spoilt(message: str, path: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ703",
        where=Location(path=path),
        message=message,
        help="print page.meta.title and page.content in your templates as Material's base.html does",
    )
