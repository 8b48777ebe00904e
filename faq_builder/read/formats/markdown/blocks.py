"""A Markdown file cut into front matter, what stands above the first section, and sections.

A section begins with `## Question`, `## Answer` or `## Reply` where GitHub's own parser sees a heading: not in code,
quotes or HTML. The same heading as part of a text is written with closing hashes, `## Answer #`, which look the same.
"""

import json
import re
from dataclasses import dataclass

import cmarkgfm
from cmarkgfm.cmark import Options

from faq_builder.base.surrogates import whole_characters

KINDS = ("Question", "Answer", "Reply")
FENCE = "```json lines"  # opens a body that cannot stand as Markdown: a JSON list of its lines

_WORD = r"##[ \t]+(?:questions?|answers?|repl(?:y|ies))[ \t]*[:.]?[ \t]*"
_STRUCTURE = re.compile(_WORD, re.IGNORECASE)  # a section, or meant as one
_ESCAPED = re.compile(rf"(?P<text>{_WORD}) (?P<hashes>#+)(?P<end>[ \t]*)", re.IGNORECASE)
_MEANT = re.compile(rf"{_WORD}#*[ \t]*", re.IGNORECASE)  # a section, one that is misspelt, or its escaped form
_NEARLY = re.compile(r" {0,3}#{1,6}\s*\**(?:questions?|answers?|repl(?:y|ies))\**\s*[:.]?\s*", re.IGNORECASE)
_UNFIT = re.compile("[\r\0\ud800-\udfff]")  # not in a text file as they are: line ends, half surrogate pairs
_HIDES = re.compile(r"```|~~~|^[ \t]*<", re.MULTILINE)  # only code fences and HTML can hide a heading
_HEADING = re.compile(r'<h([12]) data-sourcepos="(\d+):1-\2:')
_CODE = re.compile(r'<pre data-sourcepos="(\d+):\d+-(\d+):')


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The lines below a heading; `lines[0]` stands on line `line + 1` of the file."""

    kind: str | None  # one of KINDS; None above the first section
    line: int
    lines: tuple[str, ...]
    nearly: tuple[int, ...] = ()  # lines of the file that look like a section's heading and are none
    titles: tuple[int, ...] = ()  # lines of the file with a heading of level 1
    others: tuple[int, ...] = ()  # lines of the file with a heading of level 2 that is no section and not meant as one


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file's parts. `front` is the text between the `---` lines, None where there is none."""

    front: str | None
    unclosed: bool  # front matter that never ends
    sections: tuple[Section, ...]  # the first is what stands above all sections
    misspelt: tuple[int, ...]  # lines with `## answers:` and the like, which are no section


def parse(text: str) -> Document:
    """The parts of a file's text, whatever its line ends."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end, unclosed = 0, False
    if lines[0].rstrip() == "---":
        end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), -1) + 1
        unclosed = end == 0
    front = "\n".join(lines[1 : end - 1]) if end else None
    sections, misspelt = _sections(lines, end)
    return Document(front=front, unclosed=unclosed, sections=sections, misspelt=misspelt)


def body_of(lines: tuple[str, ...]) -> str | None:
    """The text of a message from the lines of its section; None where its list of lines is broken."""
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


def body_lines(body: str) -> str:
    """The text of a message as it stands in a file, so that `body_of` gives it back: as it is wherever possible."""
    if not body:
        return ""
    if _UNFIT.search(body):
        return _as_list(body)
    written = _escape(body)
    probe, _ = _sections(f"## Reply\n\n{written}\n\n## Reply".split("\n"), 0)
    return written if len(probe) == 3 and body_of(probe[1].lines) == body else _as_list(body)


def _as_list(body: str) -> str:
    items = (json.dumps(line, ensure_ascii=not line.isprintable()) for line in body.split("\n"))
    return f"{FENCE}\n[\n" + ",\n".join(items) + "\n]\n```"


def _escape(body: str) -> str:
    lines = body.split("\n")
    for number, level in _outline(lines).headings.items():
        if level != 2:
            continue
        if escaped := _ESCAPED.fullmatch(lines[number]):
            lines[number] = f"{escaped['text']} #{escaped['hashes']}{escaped['end']}"
        elif _STRUCTURE.fullmatch(lines[number]):
            lines[number] += " #"
    return "\n".join(lines)


def _sections(lines: list[str], start: int) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """The sections below the front matter, and the lines of headings that are misspelt."""
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
        elif _STRUCTURE.fullmatch(lines[number]):
            misspelt.append(number + 1)
    sections = []
    for (kind, first), (_, after) in zip(starts, [*starts[1:], (None, len(lines))], strict=True):
        within = range(first + 1, after)
        looks = (n + 1 for n in within if _NEARLY.fullmatch(lines[n]) and n - start not in outline.code)
        titles = tuple(n + 1 for n in within if outline.headings.get(n - start) == 1)
        others = (n + 1 for n in within if outline.headings.get(n - start) == 2 and not _MEANT.fullmatch(lines[n]))
        sections.append(
            Section(
                kind=kind,
                line=first + 1,
                lines=tuple(content[first + 1 : after]),
                nearly=tuple(n for n in looks if n not in misspelt),
                titles=titles,
                others=tuple(others),
            )
        )
    return tuple(sections), tuple(misspelt)


@dataclass(frozen=True, slots=True)
class _Outline:
    """Lines, from 0: headings of level 1 and 2 at the left margin, and lines of code."""

    headings: dict[int, int]
    code: frozenset[int] = frozenset()


def _outline(lines: list[str]) -> _Outline:
    text = "\n".join(lines)
    if not _HIDES.search(text):  # nothing to ask the parser for; most files
        marks = {n: line.split(maxsplit=1)[0] for n, line in enumerate(lines) if line.startswith("#")}
        return _Outline({n: len(mark) for n, mark in marks.items() if mark in ("#", "##")})
    html = cmarkgfm.markdown_to_html(text.encode("utf-8", "replace").decode(), Options.CMARK_OPT_SOURCEPOS)
    code = frozenset(n for m in _CODE.finditer(html) for n in range(int(m[1]) - 1, int(m[2])))
    return _Outline({int(m[2]) - 1: int(m[1]) for m in _HEADING.finditer(html)}, code)
