"""The text of a thread file -> a thread, and findings for everything that is wrong in the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import Source
from faq_builder.model import RawThread, ThreadKey, Url
from faq_builder.read.formats.markdown.blocks import Section, parse_file
from faq_builder.read.formats.markdown.from_line import is_from_line
from faq_builder.read.formats.markdown.front_matter import FrontMatter, read_front_matter
from faq_builder.read.formats.markdown.messages import HEADINGS, LOOKALIKE, FileFindings, locate_messages, read_messages
from faq_builder.read.formats.markdown.quoting import parse_link
from faq_builder.read.formats.markdown.thread_keys import key_from_url, opaque_if_private

DEFAULT_SOURCE = "threads"  # key of the source of threads that belong to no configured source

_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePart:
    """Some lines of a file that belong together."""

    line: int  # number of the first line, from 1
    text: str
    has_ids: bool  # a bare number in the text is an id, not a phone number


def read_thread_file(
    text: str, display_path: str, sources: Sequence[Source], *, default_source: str = DEFAULT_SOURCE
) -> tuple[RawThread | None, tuple[Diagnostic, ...]]:
    """Read the thread of a thread file (None if the file cannot be a thread), with findings sorted by line.

    `default_source` is the source key for threads that name no source and match no base URL.
    """
    file = FileFindings(display_path)
    if not text.strip("\ufeff \t\r\n"):
        file.report("FAQ401", 1, "the file is empty", "write a title, the URL of the original and `## Answer`")
        return None, tuple(file.findings)
    if "\0" in text:
        file.report("FAQ401", 1, "the file holds zero bytes and is probably UTF-16", "save it as UTF-8")
        return None, tuple(file.findings)
    thread = _thread(text, file, sources, default_source)
    return thread, tuple(sorted(file.findings, key=lambda d: d.where.line or 0))


def file_parts(text: str) -> Iterator[FilePart]:
    """Yield all text of a thread file but the headings of messages: front matter, `From:` lines and bodies."""
    parsed = parse_file(text)
    front = parsed.front.split("\n") if parsed.front is not None else []
    for is_title, lines in groupby(enumerate(front, 2), key=lambda pair: pair[1].startswith("title:")):
        yield _file_part(lines, has_ids=not is_title)
    for section in parsed.sections:
        for is_from, lines in groupby(
            enumerate(section.lines, section.line + 1), key=lambda pair: is_from_line(pair[1])
        ):
            yield _file_part(lines, has_ids=is_from)


def message_lines(text: str) -> Mapping[str, int]:
    """Return the line where each message of a thread file begins, by message id: `{"question": 5, "answer": 9}`."""
    parsed, file = parse_file(text), FileFindings("")
    front = read_front_matter(parsed.front, "")[0] if parsed.front is not None else None
    top, *sections = parsed.sections
    opening = _read_opening(file, front or FrontMatter(), top)
    return {message.id: line for line, message in locate_messages(file, opening.rest, sections)}


def _file_part(lines: Iterable[tuple[int, str]], *, has_ids: bool) -> FilePart:
    numbered = tuple(lines)
    return FilePart(line=numbered[0][0], text="\n".join(line for _, line in numbered), has_ids=has_ids)


def _thread(text: str, file: FileFindings, sources: Sequence[Source], default_source: str) -> RawThread | None:
    """Read the thread of a file that is not empty; None, with findings in `file`, if it cannot be a thread."""
    parsed = parse_file(text)
    if parsed.unclosed:
        file.report("FAQ402", 1, "the front matter has no end", "write a line `---` below its last key")
        return None
    front, findings = read_front_matter(parsed.front, file.path) if parsed.front is not None else (FrontMatter(), ())
    file.findings += findings
    known = front or FrontMatter()
    top, *sections = parsed.sections
    for line in parsed.misspelt:
        file.report("FAQ408", line, LOOKALIKE, HEADINGS)
    opening = _read_opening(file, known, top)
    if not sections and not parsed.misspelt and known.format is None:
        _find_other_heading(file, top)
    messages = read_messages(file, opening.rest, sections)
    if front is None:
        return None
    if opening.title is None:
        file.report("FAQ404", 1, "the thread has no title", "write `# ` and the question above everything else")
    key = _thread_key(file, front, opening.url, sources, default_source)
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
    """The title and the URL of a thread, from the front matter or from the lines above the first section."""

    title: str | None
    url: Url | None
    rest: Section  # the other lines above the first section: the question, if it has no heading of its own


def _read_opening(file: FileFindings, front: FrontMatter, top: Section) -> _Opening:
    """Take title and URL from the front matter, else from the lines above the first section."""
    lines = list(top.lines)
    title = front.title
    for number, line in enumerate(top.titles):
        index = line - top.line - 1
        written = _CLOSING.sub("", f" {lines[index].lstrip('#').strip()}").strip()
        lines[index] = ""
        if title is None and written:
            title = written
        elif (number or written != title) and line not in top.lookalikes:
            file.report("FAQ405", line, "the thread has two titles", "keep one; use `###` for headings within a text")
    url = front.url
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if url is None and first is not None and (url := _lone_url(lines[first])):
        lines[first] = ""
    return _Opening(title=title, url=url, rest=replace(top, lines=tuple(lines)))


def _find_other_heading(file: FileFindings, top: Section) -> None:
    """Report a heading such as `## Solution` in a thread with no message but the question: it may begin the answer."""
    for line in top.others[:1]:
        advice = "write `## Answer` above the reply that helped; a heading within the question begins with `###`"
        file.report("FAQ421", line, "a heading starts no message, so all text below it counts as the question", advice)


def _lone_url(line: str) -> Url | None:
    """Return the URL of a line that contains only a URL: bare, in angle brackets, or as a link."""
    text = line.strip()
    linked = parse_link(text)
    return linked[1] if linked else Url.parse(text.removeprefix("<").removesuffix(">"))


def _thread_key(
    file: FileFindings, front: FrontMatter, url: Url | None, sources: Sequence[Source], default_source: str
) -> ThreadKey | None:
    """Return the thread's key: from the `id` in the front matter, else from its URL; None if it has neither."""
    if url is None and front.id is None:
        if front.line("url") == 1:  # else there is a URL, and its mistake was reported
            advice = "write `url: https://...`, or the URL, with its https://, alone on the line below the title"
            file.report("FAQ406", 1, "the URL of the original is missing", advice)
        return None
    source = front.source or (key_from_url(url, sources, default_source).source if url is not None else default_source)
    if sources and source not in {s.key for s in sources}:
        if front.source:
            names = ", ".join(s.key for s in sources)
            file.report("FAQ419", front.line("source"), "no configured source has this key", f"the keys are: {names}")
        else:
            advice = "write `source: KEY`, or give the source its `base_url` in mkdocs.yml"
            file.report("FAQ419", front.line("url"), "the URL belongs to no configured source", advice)
    if front.id is not None:
        return ThreadKey(source, opaque_if_private(front.id))
    assert url is not None
    return key_from_url(url, [s for s in sources if s.key == source], source)
