"""Find the topics that answer a question in somebody's own words, and write a reply that links there (a guidepost)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from faq_builder.group import compared_text
from faq_builder.model import Topic, Url
from faq_builder.render.site import Site, topic_site_path
from faq_builder.similarity import Vectors

BEST = 5
LEAST = 0.2  # similarity below which a topic is not suggested: shared words such as "how do I" score lower


class Engine(Protocol):
    """Any engine of `similarity`: texts to vectors."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text, of unit length, so that a product is a cosine."""


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A topic that may answer, and the similarity of its closest wording, 0 to 1."""

    topic: Topic
    score: float


def suggest_topics(
    title: str, body: str, topics: Sequence[Topic], engine: Engine, *, best: int = BEST, least: float = LEAST
) -> tuple[Suggested, ...]:
    """Return the answered topics most similar to a question, the most similar first; of equals the most asked."""
    answered = sorted((topic for topic in topics if topic.answered), key=lambda topic: topic.id)
    entries = [(topic, text) for topic in answered for text in _texts(topic)]
    asked = [text for text in dict.fromkeys((title.strip(), compared_text(title, body))) if text]
    if not asked or not entries:
        return ()
    vectors = engine.vectors([*asked, *(text for _, text in entries)])
    closest = np.max([vectors.similarities_to(query)[len(asked) :] for query in range(len(asked))], axis=0)
    scores: dict[str, float] = {}
    for (topic, _), score in zip(entries, closest.tolist(), strict=True):
        scores[topic.id] = max(score, scores.get(topic.id, 0.0))
    found = [Suggested(topic=topic, score=round(scores[topic.id], 4)) for topic in answered]
    found.sort(key=lambda s: (-s.score, -s.topic.asked, s.topic.id))
    return tuple(s for s in found[:best] if s.score >= least)


def ready_reply(site: Site, topic: Topic) -> str:
    """Return a reply in Markdown: a link to the topic's page and an excerpt of the answer."""
    url = page_url(site, topic)
    where = str(url) if url else str(topic.members[0].thread.url or f"/{topic_site_path(topic)}")
    said = site.excerpts[topic.id].value
    quoted = f"\n\n> {said}" if said else ""
    return f"This was asked before: [{_label(topic.question.value)}]({where}){quoted}"


def page_url(site: Site, topic: Topic) -> Url | None:
    """Return the URL of a topic's page; None if `site_url` is not set or the page is only a preview."""
    root = site.rules.site_url
    return Url(f"{root}{topic_site_path(topic)}") if root and topic.published else None


def suggestion_record(site: Site, suggested: Suggested) -> dict[str, object]:
    """Return a suggestion as printed by `faq suggest --json`."""
    url = page_url(site, suggested.topic)
    return {
        "id": suggested.topic.id,
        "score": suggested.score,
        "question": suggested.topic.question.value,
        "url": str(url) if url else None,
        "asked": suggested.topic.asked,
        "reply": ready_reply(site, suggested.topic),
    }


def _texts(topic: Topic) -> Iterator[str]:
    """Yield the texts that find a topic: its wordings, and each question with the beginning of its text."""
    texts = [wording.value for wording in topic.wordings]
    texts += [compared_text(m.thread.title.value, m.thread.question.body.value) for m in topic.members]
    return (text for text in dict.fromkeys(texts) if text.strip())


def _label(text: str) -> str:
    """Escape a text for use as the words of a Markdown link."""
    return "".join(f"\\{c}" if c in "[]\\" else c for c in " ".join(text.split()))
