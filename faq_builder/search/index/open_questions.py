"""Open questions in the index: cards in files of their own, postings under keys of their own.

`open-<n>-<hash>.json` has the cards of BLOCK_SIZE open questions. A card is a JSON list; empty values at its end are
left out:

| value      | content                                                                                      |
|------------|----------------------------------------------------------------------------------------------|
| `question` | the question                                                                                 |
| `url`      | URL of the discussion; "" if it has none                                                     |
| `replies`  | how many replies the discussion has                                                          |
| `places`   | positions in the list of places in meta.json, that of the discussion first                   |
| `month`    | months since January 1970 in which it was first asked; 0 if unknown                          |
| `asked`    | how many threads ask it                                                                      |
| `likely`   | where it is probably answered: `likely_columns` (`snippets`)                                 |
| `wordings` | the other wordings                                                                           |

The postings lie in the shards of terms, which a search loads anyway, so an open question costs no further request. The
key is the term with OPEN_MARK, which no term contains, and so stands close to the term itself; the numbers of documents
count the open questions alone. The weights of words, the clusters and the facets do not know open questions: they move
no answer. They have no vectors, which would cost as many bytes as those of answers: an open question is found by words.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from faq_builder.search.documents import OpenDocument
from faq_builder.search.index.files import IndexFiles
from faq_builder.search.index.impacts import open_impacts
from faq_builder.search.index.postings import Postings
from faq_builder.search.index.snippets import compact_json, likely_columns, month_number
from faq_builder.search.text.stemmers import stemmer_of

BLOCK_SIZE = 32  # cards in a file: a search loads one to three files, of some 4 kB each
OPEN_MARK = "?"  # ends the key of a term's postings of open questions


def open_files(
    documents: Sequence[OpenDocument], places: Sequence[str], files: IndexFiles
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of cards as (site path, content); `places` is the list of places in meta.json."""
    place_numbers = {place: at for at, place in enumerate(places)}
    for start in range(0, len(documents), BLOCK_SIZE):
        cards = [_card(document, place_numbers) for document in documents[start : start + BLOCK_SIZE]]
        yield files.add("open", compact_json(cards), "json")


def open_meta(count: int, fingerprints: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """Return the `open` entry of meta.json, given how many open questions there are."""
    return {"documents": count, "block": BLOCK_SIZE, "files": "".join(fingerprints["open"])}


def with_open_postings(postings: Postings, documents: Sequence[OpenDocument], language: str) -> Postings:
    """Return the postings of answered topics, and those of open questions under keys that end with OPEN_MARK."""
    if not documents:
        return postings
    marked = (
        (number, {f"{term}{OPEN_MARK}": impact for term, impact in open_impacts(document, stemmer).items()})
        for number, document in enumerate(documents)
        for stemmer in [stemmer_of(document.language or language)]
    )
    return postings.renumbered(np.arange(postings.documents.max(initial=-1) + 1, dtype=np.int32), marked)


def _card(document: OpenDocument, place_numbers: Mapping[str, int]) -> list[object]:
    card: list[object] = [
        str(document.question),
        document.url,
        document.replies,
        [place_numbers[place] for place in document.places],
        month_number(document.first_asked),
        document.asked,
        likely_columns(document.likely),
        [*map(str, document.wordings)],
    ]
    while not card[-1]:
        card.pop()
    return card
