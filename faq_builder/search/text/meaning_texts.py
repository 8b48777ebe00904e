"""What the meaning of a topic is made of: some of its texts, their terms and bigrams."""

from collections.abc import Sequence

from faq_builder.search.documents import Document
from faq_builder.search.text.words import bigrams, terms

PASSAGE = 300  # characters of an answer that count for the meaning of a topic


def meaning_texts(document: Document) -> Sequence[str]:
    """What a topic's vector is made of: its wordings, and the first with the beginning of the answer."""
    question, *others = (str(text).replace("\n", " ") for text in (document.question, *document.wordings))
    answered = [f"{question}\n{str(answer)[:PASSAGE]}" for answer in document.answers[:1]]
    return (question, *others, *answered)


def meaning_terms(document: Document, stemmer: str) -> Sequence[str]:
    """The terms of all that a topic's vector is made of, and the bigrams of its wordings."""
    return [term for text in meaning_texts(document) for term in said(text, stemmer)]


def said(text: str, stemmer: str) -> Sequence[str]:
    """The terms of a text, and of a wording its bigrams, too: "turn on" is not "turn" and "on"."""
    return [*terms(text, stemmer), *bigrams(text, stemmer)] if is_wording(text) else terms(text, stemmer)


def is_wording(text: str) -> bool:
    """Whether a text is a question alone, without an answer."""
    return "\n" not in text
