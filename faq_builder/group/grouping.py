"""The whole of grouping: who is together, what their topics say, and where every published address leads."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import GroupRules
from faq_builder.decisions import Addresses, Rulings
from faq_builder.group.corrections import correction_findings, find_corrections
from faq_builder.group.duplicates import circle_findings, declared_duplicates
from faq_builder.group.guideposts import Guidepost, find_guideposts, links, without_guideposts
from faq_builder.group.linking import Linked, link_threads
from faq_builder.group.paths import Path, assign_paths
from faq_builder.group.placement import Placement, place_threads
from faq_builder.group.splitting import split_into
from faq_builder.group.topics import (
    Draft,
    Joined,
    choose_question,
    main_answer,
    make_members,
    notes,
    tags,
    wordings,
    written_answer,
)
from faq_builder.model import (
    Answer,
    Grouping,
    JoinedBy,
    Ledger,
    PublicThread,
    Suggestion,
    ThreadKey,
    Topic,
    answer_order,
)
from faq_builder.similarity import LexicalEngine, SimilarityEngine


def group_threads(  # noqa: PLR0913 - a stage that everything before it flows into
    threads: Sequence[PublicThread],
    answers: Sequence[Answer | None],
    rulings: Rulings,
    ledger: Ledger,
    rules: GroupRules,
    *,
    language: str,
    similarity: SimilarityEngine | None = None,
    addresses: Addresses | None = None,
) -> tuple[Grouping, tuple[Diagnostic, ...]]:
    """All threads in topics, each in exactly one or hidden, whatever their order; and every address ever published.

    `answers` are those of the threads, in the same order; `language` is that of threads which do not say theirs;
    `addresses` (those of the threads, if not given) say where duplicate marks and links in replies lead.
    """
    addresses = addresses or Addresses(threads, ledger, None)
    chosen = {thread.key: answer for thread, answer in zip(threads, answers, strict=True)}
    shown = sorted((t for t in threads if t.key not in rulings.hidden), key=lambda t: t.key)
    by_key = {thread.key: thread for thread in shown}
    duplicates, findings = declared_duplicates(shown, addresses)
    guideposts, dangling = find_guideposts(shown, chosen, addresses)
    leads = links(guideposts)
    placement = place_threads(
        by_key.keys(), rulings, ledger, (*duplicates, *leads), lambda key: answer_order(by_key[key], chosen[key])
    )
    linked = link_threads(shown, placement, rulings.apart, rules, similarity or LexicalEngine(), language)

    findings = (*findings, *dangling, *circle_findings({*duplicates, *leads}))
    joined = Joined.of(rulings, duplicates, leads)
    proofs = {(g.thread, g.message): g.is_proof for g in guideposts}
    drafts: list[Draft] = []
    for group, rows in zip(linked.groups.members, linked.rows, strict=True):
        own = without_guideposts(chosen, [shown[i].key for i in group], proofs)
        members = make_members([shown[i] for i in group], own, joined, linked.closeness)
        question, contradiction = choose_question(members, rulings, linked.closeness)
        written = written_answer(members, rows, rulings)
        drafts.append(Draft(members=members, question=question, main=main_answer(members), rows=rows, written=written))
        findings += (contradiction,) if contradiction else ()

    paths = assign_paths(drafts, ledger)
    related = _related(drafts, paths.of_topics, linked, rules.related)
    parts = split_into(drafts, paths, ledger)
    topics = [
        replace(_topic(draft, path, rulings, linked.language_of), related=closest, split_into=parts.get(path.id, ()))
        for draft, path, closest in zip(drafts, paths.of_topics, related, strict=True)
    ]
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
        corrections=find_corrections(topics),
        unlocked=tuple(sorted(topic.id for topic in topics if topic.answered and topic.published is None)),
        hidden=tuple(sorted(thread.key for thread in threads if thread.key in rulings.hidden)),
    )
    findings = (*findings, *_in_doubt(placement, duplicates), *correction_findings(grouping.corrections))
    return grouping, findings


def _topic(draft: Draft, path: Path, rulings: Rulings, languages: Mapping[ThreadKey, str]) -> Topic:
    row = draft.rows[0] if draft.rows else None
    return Topic(
        id=path.id,
        slug=path.slug,
        former_slugs=path.former,
        question=draft.question,
        language=languages[draft.members[0].thread.key],
        wordings=wordings(draft.question, draft.members),
        members=draft.members,
        main=draft.main,
        written=draft.written,
        tags=tags(draft.members),
        notes=notes(draft.members, rulings),
        published=row.published if row else None,
        changed=row.changed if row else None,
    )


def _related(drafts: Sequence[Draft], paths: Sequence[Path], linked: Linked, most: int) -> list[tuple[str, ...]]:
    """For each topic the ids of the answered topics that are closest to it."""
    close: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    answered = np.array([draft.answered for draft in drafts], dtype=bool)
    near = linked.near
    for one, other, score in near.where(answered[near.left] | answered[near.right]).rows():
        for topic, close_one in ((one, other), (other, one)):
            if answered[close_one]:
                close[topic].append((-score, paths[close_one].id))
    return [tuple(topic for _, topic in sorted(close[number])[:most]) for number in range(len(drafts))]


def _suggestions(
    paths: Sequence[Path],
    linked: Linked,
    placement: Placement,
    guideposts: Sequence[Guidepost],
) -> Iterator[Suggestion]:
    """Topics that may be one, the most alike first; before all what a source or a reply declares the same."""
    found = {(one, other): (score, JoinedBy.MEANING) for one, other, score in linked.suggested.rows()}
    claims = [(one, other, JoinedBy.SOURCE) for one, other in placement.in_doubt]
    claims += [(g.thread, g.leads_to[0], JoinedBy.LINK) for g in guideposts]
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


def _in_doubt(placement: Placement, duplicates: Collection[tuple[ThreadKey, ThreadKey]]) -> Iterator[Diagnostic]:
    for one, other in placement.in_doubt:
        by_source = (one, other) in duplicates
        yield Diagnostic(
            code="FAQ622",
            where=Location(path=one.source, item=one.native),
            message="the source declares threads of two published topics the same"
            if by_source
            else "a reply leads from a thread of one published topic to another",
            help="decide whether they are one topic, with `same` or `apart`",
        )
