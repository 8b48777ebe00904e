"""Find the topics that answer a question in somebody's own words, and write a reply that links there (a guidepost)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

import numpy as np

from faq_builder.group import compared_text
from faq_builder.model import Topic, Url
from faq_builder.render.site import Site, topic_site_path
from faq_builder.similarity import Difference, Matches, find_difference

BEST = 5
# A topic below this share of the engine's bar is not even near: it shares nothing but words such as "how do I"
NEAR_SHARE = 0.6


class Engine(Protocol):
    """Any engine of `similarity`: how similar questions are to the texts of a site."""

    def match(self, asked: Sequence[str], texts: Sequence[str], topics: Sequence[int]) -> Matches:
        """Compare questions with texts, each of which belongs to the topic of a number."""


class Relevance(Enum):
    """What a topic is to a question."""

    ANSWERS = "answers"  # it probably asks the same, and it has an answer
    NEAR = "near"  # the most similar of the rest; it asks something else
    WAITING = "waiting"  # it probably asks the same, and nobody has answered yet


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A topic that may answer, and the similarity of its closest wording, 1 at most."""

    topic: Topic
    score: float
    relevance: Relevance
    difference: Difference | None = None  # how it differs from the question, if a rule tells the two apart
    same_as: tuple[Topic, ...] = ()  # topics that were found too and are likely duplicates of this one


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One text of a topic that a question is compared with."""

    topic: Topic
    title: str
    text: str


def suggest_topics(
    title: str,
    body: str,
    topics: Sequence[Topic],
    engine: Engine,
    *,
    products: Sequence[str] = (),
    best: int = BEST,
) -> tuple[Suggested, ...]:
    """Return the topics most similar to a question: those that answer it, those that wait for an answer, the near ones.

    Within each kind the most similar comes first; of equals the most asked. At most `best` topics that answer or are
    near are returned, and as many that wait.
    """
    ordered = sorted(topics, key=lambda topic: topic.id)
    entries = [entry for topic in ordered for entry in _entries(topic)]
    asked = [text for text in dict.fromkeys((title.strip(), compared_text(title, body))) if text]
    if not asked or not entries:
        return ()
    number = {topic.id: place for place, topic in enumerate(ordered)}
    matches = engine.match(asked, [entry.text for entry in entries], [number[entry.topic.id] for entry in entries])
    closest = np.max(matches.scores, axis=0).tolist()
    by_topic: dict[str, list[tuple[float, _Entry]]] = {}
    for entry, score in zip(entries, closest, strict=True):
        if score >= NEAR_SHARE * matches.bar:
            by_topic.setdefault(entry.topic.id, []).append((score, entry))
    found = [_judged(title.strip() or asked[0], scored, matches.bar, products) for scored in by_topic.values()]
    found = [s for s in found if s.topic.answered or s.relevance is Relevance.WAITING]
    found.sort(key=lambda s: (-s.score, -s.topic.asked, s.topic.id))
    answer, waiting, near = ([s for s in found if s.relevance is kind] for kind in _ORDER)
    shown = _folded([*answer, *near])[:best]
    return (
        *(s for s in shown if s.relevance is Relevance.ANSWERS),
        *waiting[:best],
        *(s for s in shown if s.relevance is Relevance.NEAR),
    )


_ORDER = (Relevance.ANSWERS, Relevance.WAITING, Relevance.NEAR)


def _judged(asked: str, scored: Sequence[tuple[float, _Entry]], bar: float, products: Sequence[str]) -> Suggested:
    """Return what the topic of some texts is to a question: one text above the bar without a difference is enough."""
    ordered = sorted(scored, key=lambda pair: -pair[0])
    score, closest = ordered[0]
    difference = None
    for similarity, entry in ordered:
        if similarity < bar:
            break
        found = find_difference(asked, entry.title, products)
        if found is None or not found.certain:
            relevance = Relevance.ANSWERS if entry.topic.answered else Relevance.WAITING
            return Suggested(topic=entry.topic, score=round(similarity, 4), relevance=relevance)
        difference = difference or found
    return Suggested(topic=closest.topic, score=round(score, 4), relevance=Relevance.NEAR, difference=difference)


def _folded(found: Sequence[Suggested]) -> list[Suggested]:
    """Return each topic without its likely duplicates that come later; they are named beside it."""
    shown: list[Suggested] = []
    for one in found:
        for number, other in enumerate(shown):
            if other.relevance is one.relevance and _are_likely_duplicates(one.topic, other.topic):
                shown[number] = replace(other, same_as=(*other.same_as, one.topic))
                break
        else:
            shown.append(one)
    return shown


def _are_likely_duplicates(one: Topic, other: Topic) -> bool:
    return any(d.topic == other.id for d in one.likely_duplicates) or any(
        d.topic == one.id for d in other.likely_duplicates
    )


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


def suggestions_record(site: Site, question: str, found: Sequence[Suggested]) -> dict[str, object]:
    """Return the suggestions for one question as printed by `faq suggest --json`."""
    return {
        "question": question,
        "answered": any(s.relevance is Relevance.ANSWERS for s in found),
        "topics": [_topic_record(site, s) for s in found if s.relevance is not Relevance.WAITING],
        "waiting": [_waiting_record(s) for s in found if s.relevance is Relevance.WAITING],
    }


def _topic_record(site: Site, suggested: Suggested) -> dict[str, object]:
    """Return a topic with an answer; only one that answers the question has a reply."""
    url = page_url(site, suggested.topic)
    record: dict[str, object] = {
        "id": suggested.topic.id,
        "score": suggested.score,
        "relevance": suggested.relevance.value,
        "question": suggested.topic.question.value,
        "url": str(url) if url else None,
        "asked": suggested.topic.asked,
    }
    if suggested.difference:
        record["difference"] = str(suggested.difference)
    if suggested.same_as:
        record["same_as"] = [topic.id for topic in suggested.same_as]
    if suggested.relevance is Relevance.ANSWERS:
        record["reply"] = ready_reply(site, suggested.topic)
    return record


def _waiting_record(suggested: Suggested) -> dict[str, object]:
    """Return an open question; its URL is that of the discussion, as it has no page."""
    url = suggested.topic.members[0].thread.url
    return {
        "id": suggested.topic.id,
        "score": suggested.score,
        "question": suggested.topic.question.value,
        "url": str(url) if url else None,
        "asked": suggested.topic.asked,
    }


def _entries(topic: Topic) -> Iterator[_Entry]:
    """Yield the texts that find a topic: its wordings, and each question with the beginning of its text."""
    texts = [(wording.value, wording.value) for wording in topic.wordings]
    for member in topic.members:
        title = member.thread.title.value
        texts.append((compared_text(title, member.thread.question.body.value), title or topic.question.value))
    titles = {text: title for text, title in reversed(texts) if text.strip()}
    return (_Entry(topic=topic, title=titles[text], text=text) for text in reversed(titles))


def _label(text: str) -> str:
    """Escape a text for use as the words of a Markdown link."""
    return "".join(f"\\{c}" if c in "[]\\" else c for c in " ".join(text.split()))
