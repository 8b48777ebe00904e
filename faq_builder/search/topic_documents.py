"""Topics -> documents."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from faq_builder.model import NoteKind, Reason, Topic
from faq_builder.render.context import answer_summary
from faq_builder.render.likely import likely_topics
from faq_builder.render.markdown import to_plain
from faq_builder.render.open_lists import most_discussed_thread, reply_count
from faq_builder.render.site import Site, topic_site_path
from faq_builder.search.documents import SNIPPET_LENGTH, Document, LikelyTopic, OpenDocument, Standing
from faq_builder.similarity import mentioned_products

MAX_LIKELY = 3  # likely duplicates that a result names; a page lists all


def site_documents(site: Site) -> Sequence[Document]:
    """Return a document for each answered topic of a site, in the order of publication, unpublished topics last."""
    ordered = sorted(site.answered, key=lambda topic: (topic.published is None, str(topic.published), topic.id))
    return tuple(
        replace(
            topic_document(topic),
            snippet=answer_summary(site.labels, topic, SNIPPET_LENGTH),
            places=tuple(site.source(key).place for key in topic.places),
            products=_mentioned_products(topic, site.products),
            likely=_likely(site, topic),
        )
        for topic in ordered
    )


def open_documents(site: Site) -> Sequence[OpenDocument]:
    """Return a document for each open topic of a site, the one that has waited longest first.

    A document has titles and tags only, whatever the source permits: the texts of unconfirmed threads stay there.
    """
    return tuple(_open_document(site, topic) for topic in site.waiting)


def _open_document(site: Site, topic: Topic) -> OpenDocument:
    thread, asked = most_discussed_thread(topic), topic.first_asked
    keys = dict.fromkeys((thread.key.source, *topic.places))
    return OpenDocument(
        question=topic.question,
        url=thread.url.value if thread.url else "",
        replies=reply_count(thread),
        wordings=topic.wordings[1:],
        tags=topic.tags,
        asked=topic.asked,
        places=tuple(dict.fromkeys(site.source(key).place for key in keys)),
        language=topic.language,
        first_asked=asked.date() if asked else None,
        likely=_likely(site, topic),
    )


def _likely(site: Site, topic: Topic) -> tuple[LikelyTopic, ...]:
    """Return the first MAX_LIKELY answered topics that probably ask the same."""
    found = islice(likely_topics(site, topic), MAX_LIKELY)
    return tuple(
        LikelyTopic(site_path=str(topic_site_path(other)), question=other.question, because=likely.because)
        for likely, other in found
    )


def topic_document(topic: Topic) -> Document:
    """Return the document of a topic without what only its site knows: snippet, places, products, likely."""
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
