"""Answered topics -> documents."""

from collections.abc import Sequence
from dataclasses import replace

from faq_builder.model import NoteKind, Reason, Topic
from faq_builder.render.context import answer_summary
from faq_builder.render.markdown import to_plain
from faq_builder.render.site import Site, topic_site_path
from faq_builder.search.documents import SNIPPET_LENGTH, Document, Standing
from faq_builder.similarity import mentioned_products


def site_documents(site: Site) -> Sequence[Document]:
    """Return a document for each answered topic of a site, in the order of publication, unpublished topics last."""
    ordered = sorted(site.answered, key=lambda topic: (topic.published is None, str(topic.published), topic.id))
    return tuple(
        replace(
            topic_document(topic),
            snippet=answer_summary(site.labels, topic, SNIPPET_LENGTH),
            places=tuple(site.source(key).place for key in topic.places),
            products=_mentioned_products(topic, site.products),
        )
        for topic in ordered
    )


def topic_document(topic: Topic) -> Document:
    """Return the document of a topic without the fields that only its site knows: snippet, places, products."""
    answers = [message for _, message in topic.answers]
    asked, answered = topic.first_asked, max((m.written_at for m in answers if m.written_at), default=None)
    return Document(
        id=topic.id,
        site_path=str(topic_site_path(topic)),
        question=topic.question,
        wordings=topic.wordings[1:],
        tags=topic.tags,
        answers=tuple(to_plain(message.body) for message in answers),
        asked=topic.asked,
        language=topic.language,
        versions=tuple(n.version for n in topic.notes if n.kind is NoteKind.CONFIRMED and n.version),
        first_asked=asked.date() if asked else None,
        last_answered=answered.date() if answered else None,
        reason=_main_answer_reason(topic),
        standing=_standing(topic),
    )


def _mentioned_products(topic: Topic, products: tuple[str, ...]) -> tuple[str, ...]:
    """Return the product names that the texts of a topic mention, sorted; "Hub Mini" does not mention "Hub"."""
    text = "\n".join(map(str, (topic.question, *topic.wordings, *topic.tags)))
    return tuple(sorted(mentioned_products(text, products)))


def _main_answer_reason(topic: Topic) -> Reason | None:
    """Return the reason that the page of the topic gives for its main answer (render/answers.py)."""
    if topic.written:
        return Reason.WRITTEN
    main = topic.main_member
    return main.answer.reason if main and main.answer else None


def _standing(topic: Topic) -> Standing:
    """Return what the notes of a topic say about its answer; outdated if they contradict each other."""
    kinds = {note.kind for note in topic.notes}
    if NoteKind.OUTDATED in kinds:
        return Standing.OUTDATED
    return Standing.CONFIRMED if NoteKind.CONFIRMED in kinds else Standing.UNKNOWN
