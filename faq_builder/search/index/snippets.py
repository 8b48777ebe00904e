"""What results show of each document: a row in the files of topics (`blocks`), and the beginning of its answer.

passages-<n>-<hash>.json  the beginnings of 400 answers; only results show them
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from faq_builder.model import PublicText, Reason
from faq_builder.search.documents import PASSAGE, Document, Standing
from faq_builder.search.index.cache import Memory
from faq_builder.search.index.files import Files
from faq_builder.search.index.shards import shared

PASSAGES = 400  # documents a file of passages: these are only asked for on the page of results
_COLUMNS = ("question", "address", "asked", "places", "month", "chosen", "standing", "wordings", "cell")
Row = list[object]  # as `_COLUMNS`, without "cell", which `blocks` adds where the meaning lies in another one
_CHOSEN = [reason.value for reason in Reason]
_STANDING = [standing.value for standing in Standing]


def passage_files(
    documents: Sequence[Document], digests: Sequence[bytes], files: Files, memory: Memory
) -> Iterator[tuple[str, bytes]]:
    """The files of passages."""
    for start in range(0, len(documents), PASSAGES):
        part = slice(start, start + PASSAGES)
        content = memory.file((b"passages", b"".join(digests[part])), partial(_passages, documents[part]))
        yield files.add("passages", content, "json")


def shown_meta(places: Sequence[str], names: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """What meta.json says of them."""
    return {
        "passage_block": PASSAGES,
        "columns": _COLUMNS,
        "places": places,
        "chosen": _CHOSEN,
        "standing": _STANDING,
        "topics": "".join(names["topics"]),
        "passages": "".join(names["passages"]),
    }


def row(document: Document, places: Mapping[str, int]) -> Row:
    """What a result shows of a document, given the number of each place: numbers for all that we say in words of ours.

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
    return as_json([str(_passage(document)) for document in documents])


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


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
