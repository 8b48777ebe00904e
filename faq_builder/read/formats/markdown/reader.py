"""The text of a Markdown file -> a thread, and everything that is wrong in the file at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import Source
from faq_builder.model import RawThread, ThreadKey, Url
from faq_builder.read.formats.markdown.address import key_of, telling_nothing
from faq_builder.read.formats.markdown.blocks import Section, parse
from faq_builder.read.formats.markdown.front import Front, read_front
from faq_builder.read.formats.markdown.header import is_header
from faq_builder.read.formats.markdown.messages import HEADINGS, NEARLY, Page, read_messages
from faq_builder.read.formats.markdown.quoting import unlink

PLACE = "threads"  # the source of threads that no configured source covers

_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePart:
    """Some lines of a file that belong together, and the number of the first; with `has_ids` bare digits are an id."""

    line: int
    text: str
    has_ids: bool


def read_thread_file(
    text: str, shown_path: str, sources: Sequence[Source], *, place: str = PLACE
) -> tuple[RawThread | None, tuple[Diagnostic, ...]]:
    """The thread of a file, None where it cannot become one, and what is wrong in it.

    `place` is the source of a thread that names none and whose address belongs to none of the sources.
    """
    page = Page(shown_path)
    if not text.strip("\ufeff \t\r\n"):
        page.find("FAQ401", 1, "the file is empty", "write a title, the address of the original and `## Answer`")
        return None, tuple(page.findings)
    if "\0" in text:
        page.find("FAQ401", 1, "the file holds zero bytes and is probably UTF-16", "save it as UTF-8")
        return None, tuple(page.findings)
    thread = _thread(text, page, sources, place)
    return thread, tuple(sorted(page.findings, key=lambda d: d.where.line or 0))


def file_parts(text: str) -> Iterator[FilePart]:
    """All text of a file but the headings of messages: front matter, `From:` lines and bodies, each by itself."""
    document = parse(text)
    front = document.front.split("\n") if document.front is not None else []
    for is_title, lines in groupby(enumerate(front, 2), key=lambda pair: pair[1].startswith("title:")):
        yield _part(lines, has_ids=not is_title)
    for section in document.sections:
        for is_from, lines in groupby(enumerate(section.lines, section.line + 1), key=lambda pair: is_header(pair[1])):
            yield _part(lines, has_ids=is_from)


def _part(lines: Iterable[tuple[int, str]], *, has_ids: bool) -> FilePart:
    numbered = tuple(lines)
    return FilePart(line=numbered[0][0], text="\n".join(line for _, line in numbered), has_ids=has_ids)


def _thread(text: str, page: Page, sources: Sequence[Source], place: str) -> RawThread | None:
    document = parse(text)
    if document.unclosed:
        page.find("FAQ402", 1, "the front matter has no end", "write a line `---` below its last key")
        return None
    front, findings = read_front(document.front, page.path) if document.front is not None else (Front(), ())
    page.findings += findings
    known = front or Front()
    top, *sections = document.sections
    for line in document.misspelt:
        page.find("FAQ408", line, NEARLY, HEADINGS)
    opening = _read_opening(page, known, top)
    if not sections and not document.misspelt and known.format is None:
        _find_other_heading(page, top)
    messages = read_messages(page, opening.asked, sections)
    if front is None:
        return None
    if opening.title is None:
        page.find("FAQ404", 1, "the thread has no title", "write `# ` and the question above everything else")
    key = _key(page, front, opening.url, sources, place)
    if opening.title is None or key is None or not messages:
        return None
    return RawThread(
        key=key,
        format=front.format if front.format is not None else "markdown",
        title=opening.title,
        messages=messages,
        url=opening.url,
        language=front.language,
        tags=front.tags,
        versions=front.versions,
        duplicate_of=front.duplicate_of,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Opening:
    """What stands above the first message, with what the front matter says of it."""

    title: str | None
    url: Url | None
    asked: Section  # everything else: the question, where it has no heading of its own


def _read_opening(page: Page, front: Front, top: Section) -> _Opening:
    lines = list(top.lines)
    title = front.title
    for number, line in enumerate(top.titles):
        index = line - top.line - 1
        written = _CLOSING.sub("", f" {lines[index].lstrip('#').strip()}").strip()
        lines[index] = ""
        if title is None and written:
            title = written
        elif (number or written != title) and line not in top.nearly:
            page.find("FAQ405", line, "the thread has two titles", "keep one; use `###` for headings within a text")
    url = front.url
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if url is None and first is not None and (url := _lone_address(lines[first])):
        lines[first] = ""
    return _Opening(title=title, url=url, asked=replace(top, lines=tuple(lines)))


def _find_other_heading(page: Page, top: Section) -> None:
    """Report `## Solution` and the like in a thread without any message but the question: a reply may stand there."""
    for line in top.others[:1]:
        advice = "write `## Answer` above the reply that helped; a heading within the question begins with `###`"
        page.find("FAQ421", line, "a heading begins no message, so all below it is taken for the question", advice)


def _lone_address(line: str) -> Url | None:
    """The address of a line that holds nothing but it: bare, in angle brackets, or as a link."""
    text = line.strip()
    linked = unlink(text)
    return linked[1] if linked else Url.parse(text.removeprefix("<").removesuffix(">"))


def _key(page: Page, front: Front, url: Url | None, sources: Sequence[Source], place: str) -> ThreadKey | None:
    """The thread's identity: as the front matter says, else made of its address."""
    if url is None and front.id is None:
        if front.line("url") == 1:  # else the address is there and was reported
            advice = "write `url: https://...`, or the address, with its https://, alone on the line below the title"
            page.find("FAQ406", 1, "the address of the original is missing", advice)
        return None
    source = front.source or (key_of(url, sources, place).source if url is not None else place)
    if sources and source not in {s.key for s in sources}:
        if front.source:
            names = ", ".join(s.key for s in sources)
            page.find("FAQ419", front.line("source"), "no configured source has this key", f"the keys are: {names}")
        else:
            advice = "write `source: KEY`, or give the source its `base_url` in mkdocs.yml"
            page.find("FAQ419", front.line("url"), "the address belongs to no configured source", advice)
    if front.id is not None:
        return ThreadKey(source, telling_nothing(front.id))
    assert url is not None
    return key_of(url, [s for s in sources if s.key == source], source)
