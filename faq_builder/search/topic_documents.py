"""Answered topics -> documents."""

from collections.abc import Sequence
from dataclasses import replace

from faq_builder.model import NoteKind, Reason, Topic
from faq_builder.render.markdown import to_plain, truncated
from faq_builder.render.site import Site, topic_site_path
from faq_builder.search.documents import PASSAGE, Document, Standing
from faq_builder.similarity import mentioned_products


def documents(site: Site) -> Sequence[Document]:
    """The answered topics as search sees them, in the order of their publication, new ones last."""
    ordered = sorted(site.answered, key=lambda topic: (topic.published is None, str(topic.published), topic.id))
    return tuple(
        replace(
            search_document(topic),
            passage=truncated(site.excerpts[topic.id], PASSAGE),
            places=tuple(site.source(key).place for key in topic.places),
            products=_products(topic, site.products),
        )
        for topic in ordered
    )


def search_document(topic: Topic) -> Document:
    """A topic as search sees it, without what only its site knows."""
    answers = [message for _, message in topic.answers]
    asked, answered = topic.first_asked, max((m.written_at for m in answers if m.written_at), default=None)
    return Document(
        id=topic.id,
        address=str(topic_site_path(topic)),
        question=topic.question,
        wordings=topic.wordings[1:],
        tags=topic.tags,
        answers=tuple(to_plain(message.body) for message in answers),
        asked=topic.asked,
        language=topic.language,
        versions=tuple(n.version for n in topic.notes if n.kind is NoteKind.CONFIRMED and n.version),
        first_asked=asked.date() if asked else None,
        last_answered=answered.date() if answered else None,
        chosen=_chosen(topic),
        standing=_standing(topic),
    )


def _products(topic: Topic, products: tuple[str, ...]) -> tuple[str, ...]:
    """The products that a topic is about, of the names that the site keeps apart; "Hub Mini" is not a "Hub"."""
    text = "\n".join(map(str, (topic.question, *topic.wordings, *topic.tags)))
    return tuple(sorted(mentioned_products(text, products)))


def _chosen(topic: Topic) -> Reason | None:
    """As the page of the topic says it (render/answers.py)."""
    if topic.written:
        return Reason.WRITTEN
    main = topic.main_member
    return main.answer.reason if main and main.answer else None


def _standing(topic: Topic) -> Standing:
    kinds = {note.kind for note in topic.notes}
    if NoteKind.OUTDATED in kinds:
        return Standing.OUTDATED
    return Standing.CONFIRMED if NoteKind.CONFIRMED in kinds else Standing.UNKNOWN
