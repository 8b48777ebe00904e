"""Find the questions that a person should decide, and how many people each verdict would help."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from faq_builder.config import folded_tag
from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.decisions.reading import read_proposals
from faq_builder.group import correcting_sentence
from faq_builder.model import Correction, DecisionKind, Grouping, PublicText, PublicThread, Topic
from faq_builder.pipeline import Prepared
from faq_builder.staff.review.join_questions import join_questions
from faq_builder.staff.review.passages import Passages
from faq_builder.staff.review.proposals import with_proposals
from faq_builder.staff.review.questions import (
    SAME,
    Choice,
    Passage,
    QuestionKind,
    ReviewQuestion,
    Ruling,
    order,
)
from faq_builder.staff.review.reply_questions import reply_questions
from faq_builder.staff.review.same_questions import same_questions


def questions_of(prepared: Prepared) -> tuple[ReviewQuestion, ...]:
    """Return all questions about a site, the most valuable first."""
    products, threads = prepared.config.group.products, prepared.threads
    found = find_questions(prepared.grouping, threads, prepared.resolved, prepared.targets, products)
    proposals, _ = read_proposals(prepared.config.content / "decisions")  # their mistakes are no finding of the site
    passages = Passages.of(prepared.targets, threads)
    return tuple(sorted(with_proposals(found, proposals, prepared.decisions, threads, passages), key=order))


def find_questions(
    grouping: Grouping,
    threads: Sequence[PublicThread],
    resolved: ResolvedDecisions,
    targets: Targets,
    products: Sequence[str],
) -> tuple[ReviewQuestion, ...]:
    """Return all questions, the most valuable first. `products` are names that tell questions apart."""
    topics = {topic.id: topic for topic in grouping.topics}
    passages = Passages.of(targets, threads)
    joins = [(join.topic, join.leaving) for join in grouping.outdated_joins]
    groups = [group.topics for group in grouping.suggested_groups]
    found = [
        *join_questions(joins, topics, passages),
        *(_correction(topics[c.topic], c, passages) for c in grouping.corrections),
        *reply_questions(grouping, threads, resolved, passages),
        *same_questions(grouping.suggestions, groups, topics, passages, products),
        *_tags(topics),
    ]
    return tuple(sorted(found, key=order))


def _correction(topic: Topic, correction: Correction, passages: Passages) -> ReviewQuestion:
    """Return the question whether a newer reply corrects a published answer; all askers may read a wrong answer."""
    member, leading = topic.answers[0]
    thread = next(m.thread for m in topic.members if m.thread.key == correction.thread)
    reply = thread.message(correction.message)
    assert reply is not None
    if leading is topic.written:
        published = passages.written("published answer", member.thread, leading)
    else:
        published = passages.reply("published answer", member.thread, leading)
    newer = passages.reply("newer reply", thread, reply, correcting_sentence(reply) or "", number=1)
    page = (passages.targets.name(topic.members[0].thread),)
    choices = (
        ("1", "the newer reply is the answer", DecisionKind.ANSWER, (newer.reference,), "it corrects the older answer"),
        ("x", "the answer is outdated", DecisionKind.OUTDATED, page, "a newer reply says so"),
        ("c", "checked: it still holds", DecisionKind.CONFIRM, page, "checked, it still holds"),
    )
    return ReviewQuestion(
        kind=QuestionKind.CORRECTION,
        question="Does the newer reply say that the published answer no longer holds?",
        value=topic.asked,
        score=0.0,
        passages=(published, newer),
        choices=tuple(
            Choice(key=key, words=words, rulings=(Ruling(kind=kind, references=about),), because=because)
            for key, words, kind, about, because in choices
        ),
        topics=(topic,),
        origin="A reply is newer than the published answer, and its title here is the sentence that contradicts.",
    )


def _tags(topics: Mapping[str, Topic]) -> Iterator[ReviewQuestion]:
    """Yield tags that are spelled nearly alike; one tag helps readers of the rarer one."""
    counts = Counter(tag for topic in topics.values() if topic.answered for tag in topic.tags)
    plain: dict[str, list[PublicText]] = {}
    for tag in sorted(counts):
        plain.setdefault(_stem(tag.value), []).append(tag)
    for alike in plain.values():
        for pair in combinations(sorted(alike, key=lambda t: (-counts[t], t)), 2):
            yield ReviewQuestion(
                kind=QuestionKind.TAG,
                question="Is this one tag?",
                value=counts[pair[1]],
                score=1.0,
                passages=tuple(
                    Passage(head=f"{counts[tag]} questions", title=tag.value, text="", reference=tag.value)
                    for tag in pair
                ),
                choices=(Choice(key=SAME, words="the same"),),
                origin="The two are spelled nearly alike. Tags are joined in mkdocs.yml, which you write yourself.",
            )


def _stem(tag: str) -> str:
    """Return a tag without spaces, hyphens, dots and plural ending: "Red-Widgets" -> "redwidget"."""
    plain = re.sub(r"[\W_]+", "", folded_tag(tag)) or tag
    if len(plain) > 4 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain
