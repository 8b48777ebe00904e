"""Impacts: how much a document is about each of its terms, 1 to MAX_IMPACT (BM25F without the rarity of a term)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.model import PublicText
from faq_builder.search.documents import Document, OpenDocument
from faq_builder.search.text.words import posting_terms

MAX_IMPACT = 15  # an impact has four bits
_BM25_K1 = 3.0  # saturation: how soon repeating a term stops to count, relative to the weights of the fields below


@dataclass(frozen=True, slots=True)
class _Field:
    """How a field of a document counts in BM25F."""

    weight: float
    usual: float  # length in terms
    slope: float  # 0: length does not matter; 1: only the share of a term in the field matters


_QUESTION = _Field(3.0, 9, 0.5)
_WORDINGS = _Field(3.0, 45, 0.5)
_TAGS = _Field(1.5, 3, 0.3)
_ANSWERS = _Field(0.5, 100, 0.7)


def document_impacts(document: Document, stemmer: str) -> dict[str, int]:
    """Return the impact of each term of an answered topic; its id counts like a tag."""
    answers = (_ANSWERS, document.answers)
    weights = _term_weights((*_asked_fields(document), answers), stemmer)
    weights.setdefault(document.id, _TAGS.weight)
    return _impacts(weights)


def open_impacts(document: OpenDocument, stemmer: str) -> dict[str, int]:
    """Return the impact of each term of an open question."""
    return _impacts(_term_weights(_asked_fields(document), stemmer))


def _asked_fields(document: Document | OpenDocument) -> tuple[tuple[_Field, Sequence[PublicText]], ...]:
    return (_QUESTION, (document.question,)), (_WORDINGS, document.wordings), (_TAGS, document.tags)


def _term_weights(fields: Iterable[tuple[_Field, Sequence[PublicText]]], stemmer: str) -> dict[str, float]:
    """Return how often each term occurs, weighted by the field and its length."""
    weights: dict[str, float] = {}
    for field, texts in fields:
        found = [term for text in texts for term in posting_terms(str(text), stemmer)]
        share = field.weight / (1 - field.slope + field.slope * len(found) / field.usual)
        for term in found:
            weights[term] = weights.get(term, 0.0) + share
    return weights


def _impacts(weights: Mapping[str, float]) -> dict[str, int]:
    return {term: round(MAX_IMPACT * weight / (weight + _BM25_K1)) or 1 for term, weight in weights.items()}
