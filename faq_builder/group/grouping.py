"""Grouping, step by step: threads in groups, topics of groups, slugs of topics, redirects of published slugs."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import GroupRules
from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.group.by_declaration import Placement, ThreadPair, place_threads
from faq_builder.group.by_similarity import LinkedThreads, link_threads
from faq_builder.group.contradicting_replies import correction_findings, find_corrections
from faq_builder.group.duplicates import circle_findings, declared_duplicates
from faq_builder.group.guideposts import GuidepostReply, find_guideposts, trusted_links, without_guideposts
from faq_builder.group.likely_duplicates import suggested_topics, with_likely_duplicates
from faq_builder.group.slugs_and_redirects import TopicPath, assign_paths
from faq_builder.group.splitting import find_split_topics
from faq_builder.group.topics import (
    JoinReasons,
    TopicDraft,
    choose_question,
    main_thread,
    make_members,
    topic_notes,
    topic_tags,
    topic_wordings,
    written_answer,
)
from faq_builder.model import (
    Answered,
    Grouping,
    JoinedBy,
    Ledger,
    Suggestion,
    ThreadKey,
    Topic,
    answer_order,
)
from faq_builder.similarity import LexicalEngine, SimilarityEngine


def group_threads(  # noqa: PLR0913 - a stage that everything before it flows into
    answered: Sequence[Answered],
    resolved: ResolvedDecisions,
    ledger: Ledger,
    rules: GroupRules,
    *,
    language: str,
    similarity: SimilarityEngine | None = None,
    targets: Targets | None = None,
) -> tuple[Grouping, tuple[Diagnostic, ...]]:
    """Group threads into topics: each thread is in exactly one topic or hidden, whatever the order of the threads.

    The result has a topic, redirect or withdrawn page for every slug ever published. `language` is the
    language of threads that do not state theirs; `targets` finds the threads that duplicate marks and links name
    (without it, only the given threads and the ledger are searched).
    """
    threads = [one.thread for one in answered]
    targets = targets or Targets(threads, ledger, None)
    chosen = {one.thread.key: one.answer for one in answered}
    shown = sorted((t for t in threads if t.key not in resolved.hidden), key=lambda t: t.key)
    by_key = {thread.key: thread for thread in shown}
    duplicates, findings = declared_duplicates(shown, targets)
    guideposts, broken_links = find_guideposts(shown, chosen, targets)
    links = trusted_links(guideposts)
    placement = place_threads(
        by_key.keys(), resolved, ledger, (*duplicates, *links), lambda key: answer_order(by_key[key], chosen[key])
    )
    pairs = [Answered(thread, chosen[thread.key]) for thread in shown]
    linked = link_threads(pairs, placement, resolved.apart, rules, similarity or LexicalEngine(), language)

    findings = (*findings, *broken_links, *circle_findings({*duplicates, *links}))
    reasons = JoinReasons.collect(resolved, duplicates, links)
    trusted = {(g.thread, g.message) for g in guideposts if g.is_trusted}
    drafts: list[TopicDraft] = []
    for group, rows in zip(linked.groups.members, linked.rows, strict=True):
        own = without_guideposts(chosen, [shown[i].key for i in group], trusted)
        members = make_members([shown[i] for i in group], own, reasons, linked.closeness)
        question, contradiction = choose_question(members, resolved, linked.closeness)
        written = written_answer(members, rows, resolved)
        main = main_thread(members)
        drafts.append(TopicDraft(members=members, question=question, main=main, rows=rows, written=written))
        findings += (contradiction,) if contradiction else ()

    paths = assign_paths(drafts, ledger)
    related = _related(drafts, paths.of_topics, linked, rules.related)
    parts = find_split_topics(drafts, paths, ledger)
    topics = [
        replace(_topic(draft, path, resolved, linked.language_of), related=closest, split_into=parts.get(path.id, ()))
        for draft, path, closest in zip(drafts, paths.of_topics, related, strict=True)
    ]
    topics = with_likely_duplicates(topics, paths.of_topics, linked, rules.products)
    topics.sort(key=lambda topic: topic.id)
    closest_of = {topic.id: topic.related for topic in topics}
    withdrawn = (
        replace(gone, related=tuple(dict.fromkeys((*parts.get(gone.id, ()), *closest_of.get(gone.id, ())))))
        for gone in paths.withdrawn
    )
    grouping = Grouping(
        topics=tuple(topics),
        redirects=paths.redirects,
        former_ids=paths.former_ids,
        withdrawn=tuple(withdrawn),
        suggestions=tuple(_suggestions(paths.of_topics, linked, placement, guideposts)),
        suggested_groups=suggested_topics(paths.of_topics, linked),
        corrections=find_corrections(topics),
        unlocked=tuple(sorted(topic.id for topic in topics if topic.answered and topic.published is None)),
        hidden=tuple(sorted(thread.key for thread in threads if thread.key in resolved.hidden)),
    )
    findings = (
        *findings,
        *_possible_duplicate_findings(placement, duplicates),
        *correction_findings(grouping.corrections),
    )
    return grouping, findings


def _topic(
    draft: TopicDraft, path: TopicPath, resolved: ResolvedDecisions, languages: Mapping[ThreadKey, str]
) -> Topic:
    """Return the topic of a draft, without its related and split topics."""
    row = draft.rows[0] if draft.rows else None
    return Topic(
        id=path.id,
        slug=path.slug,
        former_slugs=path.former,
        question=draft.question,
        language=languages[draft.members[0].thread.key],
        wordings=topic_wordings(draft.question, draft.members),
        members=draft.members,
        main=draft.main,
        written=draft.written,
        tags=topic_tags(draft.members),
        notes=topic_notes(draft.members, resolved),
        published=row.published if row else None,
        changed=row.changed if row else None,
    )


def _related(
    drafts: Sequence[TopicDraft], paths: Sequence[TopicPath], linked: LinkedThreads, most: int
) -> list[tuple[str, ...]]:
    """Return, for each topic, the ids of the answered topics that are most similar to it, `most` of them at most."""
    close: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    answered = np.array([draft.answered for draft in drafts], dtype=bool)
    near = linked.near
    for one, other, score in near.where(answered[near.left] | answered[near.right]).rows():
        for topic, close_one in ((one, other), (other, one)):
            if answered[close_one]:
                close[topic].append((-score, paths[close_one].id))
    return [tuple(topic for _, topic in sorted(close[number])[:most]) for number in range(len(drafts))]


def _suggestions(
    paths: Sequence[TopicPath],
    linked: LinkedThreads,
    placement: Placement,
    guideposts: Sequence[GuidepostReply],
) -> Iterator[Suggestion]:
    """Yield pairs of topics that may be one: first those that a source or a reply says are the same (score 1).

    Pairs with similar wordings follow, the most similar first.
    """
    found = {(one, other): (score, JoinedBy.MEANING) for one, other, score in linked.suggested.rows()}
    claims = [(one, other, JoinedBy.SOURCE) for one, other in placement.in_doubt]
    claims += [(g.thread, g.linked[0], JoinedBy.LINK) for g in guideposts]
    for one_key, other_key, because in claims:
        groups = {linked.group_of.get(one_key), linked.group_of.get(other_key)} - {None}
        pair = tuple(sorted(group for group in groups if group is not None))
        if len(pair) == 2 and pair not in linked.apart:
            found[pair] = (1.0, because)
    rows: list[tuple[float, str, str, JoinedBy]] = []
    for (one, other), (score, because) in found.items():
        first, second = sorted((paths[one].id, paths[other].id))
        rows.append((-round(score, 4), first, second, because))
    for negative, first, second, because in sorted(rows, key=lambda row: row[:3]):
        yield Suggestion(topics=(first, second), score=-negative, because=because)


def _possible_duplicate_findings(placement: Placement, duplicates: Collection[ThreadPair]) -> Iterator[Diagnostic]:
    """Yield FAQ622 for each two published topics that a duplicate mark or a linking reply says are the same."""
    for one, other in placement.in_doubt:
        by_source = (one, other) in duplicates
        yield Diagnostic(
            code="FAQ622",
            where=Location.in_thread(one),
            message="a source marks threads of two published topics as duplicates"
            if by_source
            else "a reply in a thread of one published topic links to another published topic",
            help="decide with `same` or `apart` whether they are one topic",
        )
