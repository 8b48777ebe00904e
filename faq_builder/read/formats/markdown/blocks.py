"""Splitting a thread file into front matter, the lines above the first section, and sections.

A section begins with `## Question`, `## Answer` or `## Reply` if GitHub's own parser sees a heading there: not in code,
quotes or HTML. The same heading as part of a text is written `## Answer #`, which readers see as `Answer` too.
"""

import json
import re
from dataclasses import dataclass

import cmarkgfm
from cmarkgfm.cmark import Options

from faq_builder.base.surrogates import whole_characters

KINDS = ("Question", "Answer", "Reply")
FENCE = "```json lines"  # opens a body that Markdown would change, written as a JSON list of its lines

_WORD = r"##[ \t]+(?:questions?|answers?|repl(?:y|ies))[ \t]*[:.]?[ \t]*"
_SECTION = re.compile(_WORD, re.IGNORECASE)  # the heading of a section, perhaps misspelt
_ESCAPED = re.compile(rf"(?P<text>{_WORD}) (?P<hashes>#+)(?P<end>[ \t]*)", re.IGNORECASE)
_ANY_SECTION = re.compile(rf"{_WORD}#*[ \t]*", re.IGNORECASE)  # the same, or its escaped form
_LOOKALIKE = re.compile(r" {0,3}#{1,6}\s*\**(?:questions?|answers?|repl(?:y|ies))\**\s*[:.]?\s*", re.IGNORECASE)
_UNFIT = re.compile("[\r\0\ud800-\udfff]")  # characters that a text file would change: line ends, lone surrogates
_MAY_HIDE_HEADING = re.compile(r"```|~~~|^[ \t]*<", re.MULTILINE)  # only code fences and HTML can
_HEADING = re.compile(r'<h([12]) data-sourcepos="(\d+):1-\2:')
_CODE = re.compile(r'<pre data-sourcepos="(\d+):\d+-(\d+):')


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The lines below the heading of a section. All line numbers are those of the file, from 1."""

    kind: str | None  # one of KINDS; None for the lines above the first section
    line: int  # of the heading; `lines[0]` is line `line + 1`
    lines: tuple[str, ...]
    lookalikes: tuple[int, ...] = ()  # lines that look like the heading of a section but are not one
    titles: tuple[int, ...] = ()  # lines with a heading of level 1
    others: tuple[int, ...] = ()  # lines with a heading of level 2 that has nothing to do with sections


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedFile:
    """The parts of a thread file."""

    front: str | None  # the text between the `---` lines; None if there is no front matter
    unclosed: bool  # the front matter never ends
    sections: tuple[Section, ...]  # the first one has the lines above all sections
    misspelt: tuple[int, ...]  # lines such as `## answers:`, which start no section


def parse_file(text: str) -> ParsedFile:
    """Split the text of a thread file into its parts; all kinds of line ends are read."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end, unclosed = 0, False
    if lines[0].rstrip() == "---":
        end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), -1) + 1
        unclosed = end == 0
    front = "\n".join(lines[1 : end - 1]) if end else None
    sections, misspelt = _sections(lines, end)
    return ParsedFile(front=front, unclosed=unclosed, sections=sections, misspelt=misspelt)


def read_body(lines: tuple[str, ...]) -> str | None:
    """Return the text of a message from the lines of its section; None if its JSON list of lines is broken."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    first = next((n for n, line in enumerate(kept) if line.strip()), 0)
    kept = kept[first:]
    if not kept or kept[0].rstrip() != FENCE:
        return "\n".join(kept)
    try:
        written = json.loads("\n".join(kept[1:-1]))
    except (ValueError, RecursionError):
        return None
    if kept[-1].rstrip() != "```" or not isinstance(written, list) or not all(isinstance(w, str) for w in written):
        return None
    return whole_characters("\n".join(written))


def write_body(body: str) -> str:
    """Write the text of a message so that `read_body` reads the same text: as it is, escaped, or as JSON lines."""
    if not body:
        return ""
    if _UNFIT.search(body):
        return _as_json_lines(body)
    written = _escape_headings(body)
    probe, _ = _sections(f"## Reply\n\n{written}\n\n## Reply".split("\n"), 0)
    return written if len(probe) == 3 and read_body(probe[1].lines) == body else _as_json_lines(body)


def _as_json_lines(body: str) -> str:
    """Write a text as a fenced JSON list of its lines."""
    items = (json.dumps(line, ensure_ascii=not line.isprintable()) for line in body.split("\n"))
    return f"{FENCE}\n[\n" + ",\n".join(items) + "\n]\n```"


def _escape_headings(body: str) -> str:
    """Add a closing `#` to each line that would start a section: `## Answer` -> `## Answer #`."""
    lines = body.split("\n")
    for number, level in _outline(lines).headings.items():
        if level != 2:
            continue
        if escaped := _ESCAPED.fullmatch(lines[number]):
            lines[number] = f"{escaped['text']} #{escaped['hashes']}{escaped['end']}"
        elif _SECTION.fullmatch(lines[number]):
            lines[number] += " #"
    return "\n".join(lines)


def _sections(lines: list[str], start: int) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """Return the sections below the front matter (`start` lines), and the lines of misspelt headings."""
    outline = _outline(lines[start:])
    starts: list[tuple[str | None, int]] = [(None, start - 1)]
    misspelt: list[int] = []
    content = list(lines)
    for number in (start + n for n, level in outline.headings.items() if level == 2):
        if escaped := _ESCAPED.fullmatch(lines[number]):
            fewer = f" {escaped['hashes'][1:]}{escaped['end']}" if len(escaped["hashes"]) > 1 else escaped["end"]
            content[number] = escaped["text"] + fewer
        elif lines[number].rstrip() in {f"## {kind}" for kind in KINDS}:
            starts.append((lines[number].rstrip()[3:], number))
        elif _SECTION.fullmatch(lines[number]):
            misspelt.append(number + 1)
    sections = []
    for (kind, first), (_, after) in zip(starts, [*starts[1:], (None, len(lines))], strict=True):
        within = range(first + 1, after)
        lookalikes = (n + 1 for n in within if _LOOKALIKE.fullmatch(lines[n]) and n - start not in outline.code)
        titles = tuple(n + 1 for n in within if outline.headings.get(n - start) == 1)
        others = (
            n + 1 for n in within if outline.headings.get(n - start) == 2 and not _ANY_SECTION.fullmatch(lines[n])
        )
        sections.append(
            Section(
                kind=kind,
                line=first + 1,
                lines=tuple(content[first + 1 : after]),
                lookalikes=tuple(n for n in lookalikes if n not in misspelt),
                titles=titles,
                others=tuple(others),
            )
        )
    return tuple(sections), tuple(misspelt)


@dataclass(frozen=True, slots=True)
class _Outline:
    """Headings of level 1 and 2 at the left margin, and lines of code. Lines are counted from 0."""

    headings: dict[int, int]  # line -> level
    code: frozenset[int] = frozenset()


def _outline(lines: list[str]) -> _Outline:
    """Return the headings and code; GitHub's parser is needed only if there are code fences or HTML."""
    text = "\n".join(lines)
    if not _MAY_HIDE_HEADING.search(text):  # most files need no parser
        hashes = {n: line.split(maxsplit=1)[0] for n, line in enumerate(lines) if line.startswith("#")}
        return _Outline({n: len(word) for n, word in hashes.items() if word in ("#", "##")})
    html = cmarkgfm.markdown_to_html(text.encode("utf-8", "replace").decode(), Options.CMARK_OPT_SOURCEPOS)
    code = frozenset(n for m in _CODE.finditer(html) for n in range(int(m[1]) - 1, int(m[2])))
    return _Outline({int(m[2]) - 1: int(m[1]) for m in _HEADING.finditer(html)}, code)
