"""The texts of a topic that its vector is made of, with their terms and bigrams."""

from collections.abc import Sequence

from faq_builder.search.documents import Document
from faq_builder.search.text.words import text_bigrams, text_terms

ANSWER_CHARACTERS_IN_VECTOR = 300  # the vector of a topic is made of this much of the main answer


def vector_texts(document: Document) -> Sequence[str]:
    """Return all wordings, and one text of the question, a line break and the beginning of the main answer."""
    question, *others = (str(text).replace("\n", " ") for text in (document.question, *document.wordings))
    answered = [f"{question}\n{str(answer)[:ANSWER_CHARACTERS_IN_VECTOR]}" for answer in document.answers[:1]]
    return (question, *others, *answered)


def vector_terms(document: Document, stemmer: str) -> Sequence[str]:
    """Return the terms of all texts that a topic's vector is made of, and the bigrams of its wordings."""
    return [term for text in vector_texts(document) for term in terms_and_bigrams(text, stemmer)]


def terms_and_bigrams(text: str, stemmer: str) -> Sequence[str]:
    """Return the terms of a text and, if it is a wording, its bigrams: "turn on" is more than "turn" and "on".

    "turn it on" -> ["turn", "it", "on", "turn it", "it on"]; of a question with its answer only the terms.
    """
    return [*text_terms(text, stemmer), *text_bigrams(text, stemmer)] if is_wording(text) else text_terms(text, stemmer)


def is_wording(text: str) -> bool:
    """Whether a text of `vector_texts` is a wording alone, without an answer."""
    return "\n" not in text
