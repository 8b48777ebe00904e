"""Documents -> the files of the word index: shards of terms, blocks of documents, and one small meta file.

    meta.json             how many documents; the first term of each shard; the hashes in the names of all other files
    terms-<hash>.bin      some 10 kB of neighbouring terms with their postings
    topics-<n>-<hash>.json  80 documents as a suggestion and a result show them
    passages-<n>-<hash>.json  the beginnings of 192 answers; only results show them
    language-<n>-<hash>.bin  which documents are in a language, a bit for each; only where there are several
    facets-<hash>.bin     by what results are filtered (`facets`); loaded where results are shown

A shard (`shards`) holds for each term: in how many documents it occurs (varint), the length of its postings in bytes
(varint), and the postings: one varint a document, 16 times the distance from the document before, plus the impact (1 to
15).

Nothing in a shard depends on another document: the lengths of texts are measured against constants instead of the
averages of the site, so that one changed topic changes its own terms only.
"""

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq_builder.model import PublicText
from faq_builder.search.document import FOLDER, PASSAGE, Chosen, Document, Standing
from faq_builder.search.facets import facets
from faq_builder.search.fit import Fit
from faq_builder.search.meaning import meaning_index
from faq_builder.search.prior import shipped
from faq_builder.search.shards import ShardSize, content_hash, shards_of, utf16, varint
from faq_builder.search.stemmers import STEMMERS, stemmer_of
from faq_builder.search.words import posting_terms

BLOCK = 80  # documents a block: a result needs one block, so few documents; files are counted by hosts, so not fewer
PASSAGES = 192  # documents a file of passages: these are only asked for on the page of results
POSTINGS = 4_000  # strongest documents kept of a very common word; 10,000 documents, 40 % of them: it says little
COMMON_WORDS = 2_000  # documents from which on a word in a third of them is skipped unless nothing else is asked
SHARD = ShardSize(smallest=3_000, usual=6_000, largest=12_000, entry=10)  # a search needs one for each of its words
_COLUMNS = ("question", "address", "asked", "places", "month", "chosen", "standing", "wordings")
_CHOSEN = [chosen.value for chosen in Chosen]
_STANDING = [standing.value for standing in Standing]
_K1 = 3.0  # how soon repeating a word stops to count; relative to the weights of the fields below
_STEPS = 15  # impacts are four bits


@dataclass(frozen=True, slots=True)
class _Field:
    """How much a word of a field counts, and how long the field usually is (in words; see the module)."""

    weight: float
    usual: float
    slope: float  # 0: length does not matter, 1: only the share of the words matters


_QUESTION = _Field(3.0, 9, 0.5)
_WORDINGS = _Field(3.0, 45, 0.5)
_TAGS = _Field(1.5, 3, 0.3)
_ANSWERS = _Field(0.5, 100, 0.7)


def build_index(documents: Sequence[Document], *, language: str, fit: Fit | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file of the index as (path below the site's root, bytes), meta.json last; linear, the same on any machine.

    With a fit the meaning index is written beside the word index, whose files are the same without.

    Documents are numbered as they come: give them in the order of publication, so that a new topic is appended and
    the shards and blocks of the others stay as they are. Each is stemmed by the rules of its own language; meta.json
    holds those of all languages of the site, whose own come first: a query may be in any of them.
    """
    stemmer = stemmer_of(language)
    languages = [_two_letters(document.language or language) for document in documents]
    stemmers = [stemmer_of(document.language or language) for document in documents]
    places = sorted({place for document in documents for place in document.places})
    blocks: list[str] = []
    for start in range(0, len(documents), BLOCK):
        content = _block(documents[start : start + BLOCK], places)
        blocks.append(content_hash(content)[:6])  # its number makes it unique, the hash only has to change with it
        yield f"{FOLDER}topics-{len(blocks) - 1}-{blocks[-1]}.json", content
    passages: list[str] = []
    for start in range(0, len(documents), PASSAGES):
        content = _json([str(_passage(document)) for document in documents[start : start + PASSAGES]])
        passages.append(content_hash(content)[:6])
        yield f"{FOLDER}passages-{len(passages) - 1}-{passages[-1]}.json", content
    bitmaps = list(_bitmaps(languages))
    named = {code: f"{number}-{content_hash(bits)[:6]}" for number, (code, bits) in enumerate(bitmaps)}
    yield from ((f"{FOLDER}language-{named[code]}.bin", bits) for code, bits in bitmaps)
    postings = _postings(documents, stemmers)
    shards = list[tuple[str, str]]()
    packed = ((term, _packed(postings[term])) for term in sorted(postings, key=utf16))
    for first, content in shards_of(packed, SHARD):
        shards.append((first, content_hash(content)))
        yield f"{FOLDER}terms-{shards[-1][1]}.bin", content
    sieve = facets(documents)
    yield f"{FOLDER}facets-{content_hash(sieve)}.bin", sieve
    meta: dict[str, object] = {
        "version": 1,
        "documents": len(documents),
        "stemmers": [STEMMERS[name] for name in dict.fromkeys((stemmer, *sorted(stemmers)))],
        "languages": named,
        "block": BLOCK,
        "passage_block": PASSAGES,
        "columns": list(_COLUMNS),
        "places": places,
        "chosen": _CHOSEN,
        "standing": _STANDING,
        "facets": content_hash(sieve),
        "common": _common(postings, len(documents)),
        "first": [first for first, _ in shards],
        "terms": [name for _, name in shards],
        "topics": blocks,
        "passages": passages,
    }
    if fit is not None and fit.stemmer == stemmer:
        meaning = meaning_index(documents, fit, shipped())
        yield from meaning.files
        meta["meaning"] = meaning.meta
    yield f"{FOLDER}meta.json", _json(meta)


def _block(documents: Sequence[Document], places: Sequence[str]) -> bytes:
    number = {place: index for index, place in enumerate(places)}
    return _json([_row(document, number) for document in documents])


def _row(document: Document, places: Mapping[str, int]) -> list[object]:
    """What a result shows of a document, as `_COLUMNS`: numbers for all that is said in words of ours.

    `month` counts from January 1970 and is 0 where nobody knows when it was first asked.
    """
    asked = document.first_asked
    return [
        str(document.question),
        document.address,
        document.asked,
        [places[place] for place in document.places],
        (asked.year - 1970) * 12 + asked.month - 1 if asked else 0,
        _CHOSEN.index(document.chosen.value) if document.chosen else -1,
        _STANDING.index(document.standing.value),
        len(document.wordings),
    ]


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


def _two_letters(language: str) -> str:
    return re.split("[-_]", language.lower())[0]


def _bitmaps(languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(language, a bit for each document up to its last one); nothing where all are in one language."""
    for code in sorted(set(languages)) if len(set(languages)) > 1 else ():
        held = np.array([language == code for language in languages])
        yield code, np.packbits(held, bitorder="little").tobytes().rstrip(b"\0")


def _postings(documents: Iterable[Document], stemmers: Iterable[str]) -> Mapping[str, "array[int]"]:
    """For each term, 16 x document + impact, ascending."""
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, (document, stemmer) in enumerate(zip(documents, stemmers, strict=True)):
        for term, weight in _weights(document, stemmer).items():
            impact = max(1, round(_STEPS * weight / (weight + _K1)))
            postings[term].append(number << 4 | impact)
    return postings


def _weights(document: Document, stemmer: str) -> Mapping[str, float]:
    """How often each term occurs, weighted by field and by the length of the field (BM25F)."""
    weights: dict[str, float] = {}
    for field, texts in (
        (_QUESTION, (document.question,)),
        (_WORDINGS, document.wordings),
        (_TAGS, document.tags),
        (_ANSWERS, document.answers),
    ):
        found = [term for text in texts for term in posting_terms(str(text), stemmer)]
        share = field.weight / (1 - field.slope + field.slope * len(found) / field.usual)
        for term in found:
            weights[term] = weights.get(term, 0.0) + share
    weights.setdefault(document.id, _TAGS.weight)
    return weights


def _common(postings: Mapping[str, Sequence[int]], documents: int) -> list[str]:
    if documents < COMMON_WORDS:
        return []
    return sorted(term for term, found in postings.items() if len(found) * 3 > documents)


def _packed(found: "array[int]") -> bytes:
    kept: Sequence[int] = found
    if len(found) > POSTINGS:
        kept = sorted(sorted(found, key=lambda posting: (-(posting & 15), posting))[:POSTINGS])
    before, body = 0, bytearray()
    for posting in kept:
        value = posting - (before << 4)
        before = posting >> 4
        while value > 127:
            body.append(value & 127 | 128)
            value >>= 7
        body.append(value)
    return b"".join((varint(len(found)), varint(len(body)), bytes(body)))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
