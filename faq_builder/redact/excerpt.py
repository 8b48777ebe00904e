"""Cuts Markdown texts to excerpts, for sources with `permission: excerpt`."""

import re

from faq_builder.model import PublicText

EXCERPT_LENGTH = 300  # characters, about two sentences: enough to recognise a question, short enough to quote
_SLACK = 60  # characters: a text longer than an excerpt by no more than this stays whole
_SHORTEST_EXCERPT = 80  # characters: do not stop at a sentence end before this; it would say too little
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')\]”’*_]{0,3}(?=\s)|[。！？]")
_UNBROKEN = re.compile(  # must not be cut in two: code, links, images, URLs, tags, formulas
    r"(`+)[^`].{0,500}?\1|!?\[[^\[\]\n]{0,300}(?:\[[^\[\]\n]{0,100}\][^\[\]\n]{0,100})?\](?:\([^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?"
    r"(?: \"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,100}\])?|<[^<>\n]{1,500}>|https?://\S{1,1000}|\$\$?[^$\n]{1,300}\$\$?"
)


def make_excerpt(text: PublicText) -> PublicText:
    """Return about the first 300 characters of a text, up to the end of a sentence if possible, and " …".

    A short text stays whole, and a code fence that is cut is closed.
    """
    return text.map(_shortened)


def _shortened(text: str) -> str:
    """Return the excerpt of a text: whole blocks, and the beginning of the block that does not fit."""
    text = text.rstrip()
    if len(text) <= EXCERPT_LENGTH + _SLACK:
        return text
    taken: list[str] = []
    room = EXCERPT_LENGTH
    for block in _blocks(text):
        if len(block) > room:
            if not taken or room > EXCERPT_LENGTH // 2:
                taken.append(_shortened_block(block, room))
            break
        taken.append(block)
        room -= len(block) + 2
    kept = "\n\n".join(block for block in taken if block)
    last = kept.rpartition("\n")[2]
    return f"{kept}\n\n…" if _FENCE.match(last) or last.startswith(("|", "    ")) else f"{kept} …"


def _blocks(text: str) -> list[str]:
    """Split a text at blank lines outside of code fences."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
        if line.strip() or fence:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block).rstrip() for block in blocks if block]


def _shortened_block(block: str, room: int) -> str:
    """Return the beginning of one block, empty if nothing of it fits uncut."""
    mark = _FENCE.match(block)
    if mark:
        lines = _lines_that_fit(block, room - len(mark[1]))
        return f"{lines}\n{mark[1]}" if "\n" in lines else ""
    if block.lstrip().startswith("|"):
        return _lines_that_fit(block, room)
    head = block[: room + 1]
    whole = [m.span() for m in _UNBROKEN.finditer(block, 0, room + 1_500)]

    def is_between(at: int) -> bool:
        """Whether a cut here fits and divides nothing in `whole`."""
        return at <= room and not any(start < at < end for start, end in whole)

    sentences = [m.end() for m in _SENTENCE_END.finditer(head) if is_between(m.end()) and m.end() >= _SHORTEST_EXCERPT]
    gaps = [m.start() for m in re.finditer(r"\s", head) if is_between(m.start())]
    kept = head[: max(sentences or gaps or [0])].rstrip()
    return kept + "**" if kept.count("**") % 2 else kept


def _lines_that_fit(block: str, room: int) -> str:
    """Return the first lines of a block that fit into `room` characters."""
    kept: list[str] = []
    for line in block.splitlines():
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)
