"""The whole of grouping: who is together, what their topics say, and where every published address leads."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from faq_builder.config import GroupRules
from faq_builder.decide import Rulings
from faq_builder.diagnostics import Diagnostic, Location
from faq_builder.group.comparing import spoken
from faq_builder.group.duplicates import declared_duplicates
from faq_builder.group.linking import Linked, link_threads
from faq_builder.group.paths import Path, assign_paths
from faq_builder.group.placement import Placement, place_threads
from faq_builder.group.topics import (
    Draft,
    Joined,
    answer_order,
    choose_question,
    main_answer,
    make_members,
    notes,
    tags,
    wordings,
)
from faq_builder.model import Answer, Grouping, Ledger, PublicText, PublicThread, Suggestion, Topic
from faq_builder.similar import Difference, Lexical, Similarity, differing


def group_threads(  # noqa: PLR0913 - a stage that everything before it flows into
    threads: Sequence[PublicThread],
    answers: Sequence[Answer | None],
    rulings: Rulings,
    ledger: Ledger,
    rules: GroupRules,
    *,
    language: str,
    similarity: Similarity | None = None,
) -> tuple[Grouping, tuple[Diagnostic, ...]]:
    """All threads in topics, each in exactly one or hidden, whatever their order; and every address ever published.

    `answers` are those of the threads, in the same order; `language` is that of threads which do not say theirs.
    """
    chosen = {thread.key: answer for thread, answer in zip(threads, answers, strict=True)}
    shown = sorted((t for t in threads if t.key not in rulings.hidden), key=lambda t: t.key)
    by_key = {thread.key: thread for thread in shown}
    duplicates, findings = declared_duplicates(shown)
    placement = place_threads(
        by_key.keys(), rulings, ledger, duplicates, lambda key: answer_order(by_key[key], chosen[key])
    )
    linked = link_threads(shown, placement, rulings.apart, rules, similarity or Lexical(), language)

    joined = Joined.of(rulings, duplicates)
    drafts: list[Draft] = []
    for group, rows in zip(linked.groups.members, linked.rows, strict=True):
        members = make_members([shown[i] for i in group], chosen, joined, linked.closeness)
        question, contradiction = choose_question(members, rulings, linked.closeness)
        drafts.append(Draft(members=members, question=question, main=main_answer(members), rows=rows))
        findings += (contradiction,) if contradiction else ()

    paths = assign_paths(drafts, ledger)
    related = _related(drafts, paths.of_topics, linked, rules.related)
    topics = [
        _topic(draft, path, closest, rulings, language)
        for draft, path, closest in zip(drafts, paths.of_topics, related, strict=True)
    ]
    grouping = Grouping(
        topics=tuple(sorted(topics, key=lambda topic: topic.id)),
        redirects=paths.redirects,
        former_ids=paths.former_ids,
        withdrawn=paths.withdrawn,
        suggestions=tuple(_suggestions(drafts, paths.of_topics, linked, placement, rules.products)),
        unlocked=tuple(sorted(topic.id for topic in topics if topic.answered and topic.published is None)),
        hidden=tuple(sorted(thread.key for thread in threads if thread.key in rulings.hidden)),
    )
    return grouping, (*findings, *_in_doubt(placement))


def _topic(draft: Draft, path: Path, related: tuple[str, ...], rulings: Rulings, language: str) -> Topic:
    row = draft.rows[0] if draft.rows else None
    return Topic(
        id=path.id,
        slug=path.slug,
        former_slugs=path.former,
        question=draft.question,
        language=spoken(draft.members[0].thread, language),
        wordings=wordings(draft.question, draft.members),
        members=draft.members,
        main=draft.main,
        tags=tags(draft.members),
        related=related,
        notes=notes(draft.members, rulings),
        published=row.published if row else None,
        changed=row.changed if row else None,
    )


def _related(drafts: Sequence[Draft], paths: Sequence[Path], linked: Linked, most: int) -> list[tuple[str, ...]]:
    """For each topic the ids of the answered topics that are closest to it."""
    close: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    for one, other, score in linked.near.rows():
        if drafts[one].main and drafts[other].main:
            close[one].append((-score, paths[other].id))
            close[other].append((-score, paths[one].id))
    return [tuple(topic for _, topic in sorted(close[number])[:most]) for number in range(len(drafts))]


def _suggestions(
    drafts: Sequence[Draft], paths: Sequence[Path], linked: Linked, placement: Placement, products: Sequence[str]
) -> Iterator[Suggestion]:
    """Topics that may be one, the most alike first; those that a source declares the same come before all others."""
    scores = {(one, other): score for one, other, score in linked.suggested.rows()}
    for one_key, other_key in placement.in_doubt:
        groups = linked.group_of[one_key], linked.group_of[other_key]
        if (min(groups), max(groups)) not in linked.apart:
            scores[min(groups), max(groups)] = 1.0
    found: list[tuple[float, str, str, PublicText]] = []
    for (one, other), score in scores.items():
        first, second = sorted((one, other), key=lambda group: paths[group].id)
        unlike = differing(drafts[first].question.value, drafts[second].question.value, products)
        told = _told(drafts[first].question, unlike)
        found.append((-round(score, 4), paths[first].id, paths[second].id, told))
    for negative, first_id, second_id, told in sorted(found):
        yield Suggestion(topics=(first_id, second_id), score=-negative, difference=told)


def _told(question: PublicText, unlike: Difference) -> PublicText:
    """The difference between a question and another one, both of them public."""
    return question.map(lambda _: str(unlike))


def _in_doubt(placement: Placement) -> Iterator[Diagnostic]:
    for one, _ in placement.in_doubt:
        yield Diagnostic(
            code="FAQ622",
            where=Location(path=one.source, item=one.native),
            message="the source declares threads of two published topics the same",
            help="decide whether they are one topic, with `same` or `apart`",
        )
