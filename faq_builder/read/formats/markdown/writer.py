"""A thread -> its thread file. `reader` reads the same thread from the file, whatever its texts contain."""

import html
from collections.abc import Iterator

import cmarkgfm

from faq_builder.model import PublicThread, RawMessage, RawThread, ThreadKey, Url
from faq_builder.read.formats.markdown.blocks import write_body
from faq_builder.read.formats.markdown.from_line import write_from_line
from faq_builder.read.formats.markdown.quoting import double_quoted, scalar
from faq_builder.read.formats.raw import raw_thread


def write_thread(thread: RawThread | PublicThread) -> str:
    """Write a thread as a thread file in its full form: line feeds only, the last line ends with one."""
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
        yield f"title: {double_quoted(thread.title)}"
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
    yield from _list("duplicate_of", [_thread_name(name) for name in thread.duplicate_of])


def _list(key: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"{key}:"
        yield from (f"  - {item}" for item in items)


def _thread_name(thread: ThreadKey | Url) -> str:
    """Write the key or URL of a thread as YAML; a key that reads like a URL (of a source called https) as a block."""
    if isinstance(thread, ThreadKey) and Url.parse(str(thread)):
        return f"{{source: {scalar(thread.source)}, id: {double_quoted(thread.native)}}}"
    return scalar(str(thread))


def _message(message: RawMessage, kind: str) -> Iterator[str]:
    yield f"## {kind}"
    yield write_from_line(message, accepted=message.accepted and kind != "Answer")
    if body := write_body(message.body):
        yield body


def _is_heading(title: str) -> bool:
    """Whether a heading shows the title unchanged; any other title is written in the front matter."""
    if not title or title != title.strip() or not title.isprintable():
        return False
    rendered: str = cmarkgfm.markdown_to_html(f"# {title}")
    return "&" not in title and html.unescape(rendered) == f"<h1>{title}</h1>\n"
