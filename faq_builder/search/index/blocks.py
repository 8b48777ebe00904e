"""The files of topics: what results show of each document and, with a fit, where its meaning lies.

topics-<n>-<hash>.json   {"rows", "guests", "crowds", "vectors"}: what is shown of the documents at home here (`shown`);
                         of each guest its number and the same; then, of all whose meaning lies here, how crowded the
                         place of each is (`crowding`), and their vectors as one text (`quantised`)

Whoever knows the number of a document knows its home: with a fit the cell in which it was when all was fitted, so that
neighbours in meaning are read together; later ones follow, BLOCK to a file, as all do without a fit. One whose meaning
lies elsewhere is a guest in that cell, and its row at home ends with the number of the cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise

from faq_builder.search.documents import Document
from faq_builder.search.index.cache import Memory
from faq_builder.search.index.files import Files
from faq_builder.search.index.snippets import as_json, row
from faq_builder.search.meaning.clusters import Cell, Cells
from faq_builder.search.meaning.quantisation import as_text

BLOCK = 64  # documents a file: a result needs one file, so few documents; files are counted by hosts, so not fewer
MANY = 20_000  # documents, of which there are so many files anyway that they may be smaller
BLOCK_OF_MANY = 40


def block_files(
    documents: Sequence[Document],
    digests: Sequence[bytes],
    places: Sequence[str],
    cells: Cells | None,
    files: Files,
    memory: Memory,
) -> Iterator[tuple[str, bytes]]:
    """The files of topics, those of cells first, given the names of all places in the order of their numbers."""
    number = {place: at for at, place in enumerate(places)}
    numbered = repr(places).encode()  # a place that comes or goes gives others other numbers
    for block, home in enumerate(_homes(len(documents), cells)):
        cell = cells.cell(block, home) if cells else None
        held = [*home, *(cell.guests if cell else ())]
        held_digests = b"".join([digests[at] for at in held])
        made_from = (b"topics", numbered, held_digests, *(cell.made_from if cell else ()))
        content = memory.file(made_from, partial(_block, documents, home, cell, number))
        yield files.add("topics", content, "json")


def block_size(documents: int) -> int:
    """How many documents a file of topics has where no fit says it, given how many there are in all."""
    return BLOCK if documents <= MANY else BLOCK_OF_MANY


def _homes(total: int, cells: Cells | None) -> Iterator[range]:
    """The numbers of the documents that are at home in each file."""
    starts = [*accumulate(cells.sizes if cells else (), initial=0)]
    late = range(starts[-1], total, block_size(total))
    yield from (range(*pair) for pair in pairwise([*starts, *late[1:], *([total] if late else ())]))


def _block(documents: Sequence[Document], home: range, cell: Cell | None, places: Mapping[str, int]) -> bytes:
    rows = [row(documents[at], places) for at in home]
    if cell is None:
        return as_json({"rows": rows})
    return as_json(
        {
            "rows": [
                [*shown, cell.away[at]] if at in cell.away else shown for at, shown in zip(home, rows, strict=True)
            ],
            "guests": [[at, row(documents[at], places)] for at in cell.guests],
            "crowds": cell.crowds.tolist(),
            "vectors": as_text(cell.vectors),
        }
    )
