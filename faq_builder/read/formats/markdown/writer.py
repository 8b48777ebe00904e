"""A thread -> the Markdown file of it; `reader` gives the same thread back, whatever its texts hold."""

import html
from collections.abc import Iterator

import cmarkgfm

from faq_builder.model import PublicThread, RawMessage, RawThread, ThreadKey, Url
from faq_builder.read.formats.markdown.blocks import body_lines
from faq_builder.read.formats.markdown.header import write_header
from faq_builder.read.formats.markdown.quoting import quoted, scalar
from faq_builder.read.formats.raw import raw_thread


def write_thread(thread: RawThread | PublicThread) -> str:
    """The file of a thread in its full form: UTF-8, line feeds, ends with a line feed."""
    raw = raw_thread(thread)
    as_heading = _is_heading(raw.title)
    front = "\n".join(_front(raw, with_title=not as_heading))
    blocks = [f"---\n{front}\n---"]
    if as_heading:
        blocks.append(f"# {raw.title}")
    for number, message in enumerate(raw.messages):
        kind = "Question" if number == 0 else "Answer" if message.accepted else "Reply"
        blocks += _message(message, kind)
    return "\n\n".join(blocks) + "\n"


def _front(thread: RawThread, *, with_title: bool) -> Iterator[str]:
    if with_title:
        yield f"title: {quoted(thread.title)}"
    if thread.url is not None:
        yield f"url: {scalar(thread.url.value)}"
    yield f"source: {scalar(thread.key.source)}"
    yield f"id: {scalar(thread.key.native)}"
    if thread.format != "markdown":
        yield f"format: {scalar(thread.format)}"
    if thread.language is not None:
        yield f"language: {scalar(thread.language)}"
    yield from _list("tags", [scalar(tag) for tag in thread.tags])
    yield from _list("versions", [scalar(version) for version in thread.versions])
    yield from _list("duplicate_of", [_address(address) for address in thread.duplicate_of])


def _list(key: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"{key}:"
        yield from (f"  - {item}" for item in items)


def _address(address: ThreadKey | Url) -> str:
    if isinstance(address, ThreadKey) and Url.parse(str(address)):  # a source called https
        return f"{{source: {scalar(address.source)}, id: {quoted(address.native)}}}"
    return scalar(str(address))


def _message(message: RawMessage, kind: str) -> Iterator[str]:
    yield f"## {kind}"
    yield write_header(message, accepted=message.accepted and kind != "Answer")
    if body := body_lines(message.body):
        yield body


def _is_heading(title: str) -> bool:
    """Whether a title looks as it is when it stands as a heading; else it goes to the front matter."""
    if not title or title != title.strip() or not title.isprintable():
        return False
    shown: str = cmarkgfm.markdown_to_html(f"# {title}")
    return "&" not in title and html.unescape(shown) == f"<h1>{title}</h1>\n"
