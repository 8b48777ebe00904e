"""Result cards and snippets: what a result shows of a document before its page is loaded.

A result card is a JSON list in a file of topics (`blocks`); its columns are named in meta.json, some by older names:

| column     | content                                                                                        |
|------------|------------------------------------------------------------------------------------------------|
| `question` | the question                                                                                   |
| `address`  | `site_path_delta`                                                                              |
| `asked`    | how many threads ask it                                                                        |
| `places`   | positions in the list of places in meta.json                                                   |
| `month`    | months since January 1970 in which it was first asked; 0 if unknown                            |
| `chosen`   | why the main answer was chosen: position in the list of reasons in meta.json; -1 if unknown    |
| `standing` | position in the list of standings in meta.json                                                 |
| `wordings` | how many other wordings there are                                                              |
| `likely`   | topics that probably ask the same: `likely_columns`                                            |
| `cell`     | only if the vector moved since the last full fit: the cluster that it lies in now (`blocks`)   |

`passages-<n>-<hash>.json` has the snippets of SNIPPETS_PER_FILE documents.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from faq_builder.model import JoinedBy, PublicText, Reason
from faq_builder.search.documents import SNIPPET_LENGTH, Document, LikelyTopic, Standing
from faq_builder.search.index.cache import BuildCache
from faq_builder.search.index.files import IndexFiles
from faq_builder.search.index.shards import shared_prefix

SNIPPETS_PER_FILE = 400  # more than cards in a block, as only the page of results loads snippets
_COLUMNS = ("question", "address", "asked", "places", "month", "chosen", "standing", "wordings", "likely", "cell")
ResultCard = list[object]  # a value for each of `_COLUMNS` but the last
_REASONS = [reason.value for reason in Reason]
_LIKELY_BECAUSE = [JoinedBy.MEANING.value, JoinedBy.SOURCE.value, JoinedBy.LINK.value]
_STANDINGS = [standing.value for standing in Standing]


def snippet_files(
    documents: Sequence[Document], fingerprints: Sequence[bytes], files: IndexFiles, cache: BuildCache
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of snippets as (site path, content), given the fingerprint of each document."""
    for start in range(0, len(documents), SNIPPETS_PER_FILE):
        part = slice(start, start + SNIPPETS_PER_FILE)
        content = cache.file((b"passages", b"".join(fingerprints[part])), partial(_snippets, documents[part]))
        yield files.add("passages", content, "json")


def card_meta(places: Sequence[str], fingerprints: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """Return what meta.json says of result cards and snippets.

    `places` is the names of all places in the order of their numbers, `fingerprints` those in file names by kind.
    """
    return {
        "passage_block": SNIPPETS_PER_FILE,
        "columns": _COLUMNS,
        "places": places,
        "chosen": _REASONS,
        "standing": _STANDINGS,
        "because": _LIKELY_BECAUSE,
        "topics": "".join(fingerprints["topics"]),
        "passages": "".join(fingerprints["passages"]),
    }


def result_card(document: Document, place_numbers: Mapping[str, int]) -> ResultCard:
    """Return the result card of a document: its values for `_COLUMNS`, in that order and without `cell`.

    `place_numbers` gives the position of each place in the list of places in meta.json.
    """
    return [
        str(document.question),
        site_path_delta(document.site_path, str(document.question)),
        document.asked,
        [place_numbers[place] for place in document.places],
        month_number(document.first_asked),
        _REASONS.index(document.reason.value) if document.reason else -1,
        _STANDINGS.index(document.standing.value),
        len(document.wordings),
        likely_columns(document.likely),
    ]


def likely_columns(likely: Sequence[LikelyTopic]) -> list[object] | int:
    """Return [question, `site_path_delta`, position of the reason in meta.json] of each topic; 0 if there are none."""
    return [
        [
            str(other.question),
            site_path_delta(other.site_path, str(other.question)),
            _LIKELY_BECAUSE.index(other.because.value),
        ]
        for other in likely
    ] or 0


def month_number(on: date | None) -> int:
    """Return the months since January 1970, 0 without a date: 9 March 2024 -> 650."""
    return (on.year - 1970) * 12 + on.month - 1 if on else 0


def site_path_delta(site_path: str, question: str) -> int | str:
    """Return a site path as its difference from `q/<slug of the question>`, which makes the files a third smaller.

    "<n>:<tail>" = drop the last n characters, append the tail; n alone if the tail is "/". For the question "Why did it
    shatter?": "q/why-did-it-shatter/" -> 0, "q/why-did-it-shatter-2/" -> "0:-2/", "q/rain/" -> "18:rain/".
    """
    expected = f"q/{re.sub('[^A-Za-z0-9]+', '-', question).strip('-').lower()}"
    same = shared_prefix(site_path, expected)
    dropped, tail = len(expected) - same, site_path[same:]
    return dropped if tail == "/" else f"{dropped}:{tail}"


def _snippets(documents: Sequence[Document]) -> bytes:
    """Return the content of one file of snippets."""
    return compact_json([str(_snippet(document)) for document in documents])


def _snippet(document: Document) -> PublicText:
    """Return the snippet of a document, else the beginning of its main answer, else an empty text."""
    if document.snippet is not None:
        return document.snippet
    return document.answers[0].map(_shortened) if document.answers else document.question.map(lambda _: "")


def _shortened(text: str) -> str:
    """Return the first SNIPPET_LENGTH characters of a text in one line, cut between words: "Red widgets are…"."""
    text = " ".join(text[: SNIPPET_LENGTH * 4].split())
    if len(text) <= SNIPPET_LENGTH:
        return text
    cut = text.rfind(" ", SNIPPET_LENGTH * 2 // 3, SNIPPET_LENGTH)
    return text[: cut if cut > 0 else SNIPPET_LENGTH].rstrip(" ,.;:–-…") + "…"


def compact_json(value: object) -> bytes:
    """Return a value as JSON without spaces, in UTF-8; lone surrogates become question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
