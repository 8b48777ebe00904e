"""What results show of each document, in files of some documents that a search loads for what it found.

topics-<n>-<hash>.json    64 documents (of many: 40) as a suggestion and a result show them, with a fit their cells
passages-<n>-<hash>.json  the beginnings of 400 answers; only results show them
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from faq_builder.model import PublicText
from faq_builder.search.cells import Cells
from faq_builder.search.document import PASSAGE, Chosen, Document, Standing
from faq_builder.search.files import Files
from faq_builder.search.memory import Memory
from faq_builder.search.shards import shared

BLOCK = 64  # documents a block: a result needs one block, so few documents; files are counted by hosts, so not fewer
MANY = 20_000  # documents, of which there are so many files anyway that they may be smaller
BLOCK_OF_MANY = 40
PASSAGES = 400  # documents a file of passages: these are only asked for on the page of results
_COLUMNS = ("question", "address", "asked", "places", "month", "chosen", "standing", "wordings")
_CHOSEN = [chosen.value for chosen in Chosen]
_STANDING = [standing.value for standing in Standing]


def shown_files(
    documents: Sequence[Document],
    digests: Sequence[bytes],
    places: Sequence[str],
    cells: Cells | None,
    files: Files,
    memory: Memory,
) -> Iterator[tuple[str, bytes]]:
    """The files of what is shown of each document."""
    for part in _parts(len(documents), block_size(len(documents))):
        held = cells.numbers[part].tolist() if cells else None
        made_from = (b"topics", repr((places, held)).encode(), b"".join(digests[part]))
        content = memory.file(made_from, partial(_block, documents[part], places, held))
        yield files.add("topics", content, "json")
    for part in _parts(len(documents), PASSAGES):
        content = memory.file((b"passages", b"".join(digests[part])), partial(_passages, documents[part]))
        yield files.add("passages", content, "json")


def shown_meta(
    documents: int, places: Sequence[str], names: Mapping[str, Sequence[str]], has_cells: bool
) -> Mapping[str, object]:
    """What meta.json says of them."""
    return {
        "block": block_size(documents),
        "passage_block": PASSAGES,
        "columns": [*_COLUMNS, "cell"] if has_cells else list(_COLUMNS),
        "places": places,
        "chosen": _CHOSEN,
        "standing": _STANDING,
        "topics": "".join(names["topics"]),
        "passages": "".join(names["passages"]),
    }


def block_size(documents: int) -> int:
    """How many documents a file of topics has, given how many there are in all."""
    return BLOCK if documents <= MANY else BLOCK_OF_MANY


def _parts(total: int, size: int) -> Iterator[slice]:
    return (slice(start, start + size) for start in range(0, total, size))


def _block(documents: Sequence[Document], places: Sequence[str], cells: Sequence[int] | None) -> bytes:
    number = {place: index for index, place in enumerate(places)}
    rows = [_row(document, number) for document in documents]
    return _json(rows if cells is None else [[*row, cell] for row, cell in zip(rows, cells, strict=True)])


def _row(document: Document, places: Mapping[str, int]) -> list[object]:
    """What a result shows of a document, as `_COLUMNS`: numbers for all that is said in words of ours.

    `month` counts from January 1970 and is 0 where nobody knows when it was first asked.
    """
    asked = document.first_asked
    return [
        str(document.question),
        _rest(document.address, str(document.question)),
        document.asked,
        [places[place] for place in document.places],
        (asked.year - 1970) * 12 + asked.month - 1 if asked else 0,
        _CHOSEN.index(document.chosen.value) if document.chosen else -1,
        _STANDING.index(document.standing.value),
        len(document.wordings),
    ]


def _rest(address: str, question: str) -> int | str:
    """How an address goes on where it leaves what the question gives: "q/my-widget-broke" of "My widget broke!".

    How many of the last characters of that it does not have, then ":" and what it has instead; the number alone where
    that is "/". It makes the files a third smaller.
    """
    plain = f"q/{re.sub('[^A-Za-z0-9]+', '-', question).strip('-').lower()}"
    same = shared(address, plain)
    missing, rest = len(plain) - same, address[same:]
    return missing if rest == "/" else f"{missing}:{rest}"


def _passages(documents: Sequence[Document]) -> bytes:
    return _json([str(_passage(document)) for document in documents])


def _passage(document: Document) -> PublicText:
    if document.passage is not None:
        return document.passage
    return document.answers[0].map(_shortened) if document.answers else document.question.map(lambda _: "")


def _shortened(text: str) -> str:
    text = " ".join(text[: PASSAGE * 4].split())
    if len(text) <= PASSAGE:
        return text
    cut = text.rfind(" ", PASSAGE * 2 // 3, PASSAGE)
    return text[: cut if cut > 0 else PASSAGE].rstrip(" ,.;:–-…") + "…"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
