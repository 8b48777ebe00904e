"""Grouping, step by step: threads in groups, topics of groups, slugs of topics, redirects of published slugs."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import GroupRules
from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.group.by_declaration import Placement, Rank, ThreadPair, closed_threads, place_threads
from faq_builder.group.by_similarity import LinkedThreads, link_threads
from faq_builder.group.contradicting_replies import correction_findings, find_corrections
from faq_builder.group.declarations import Declarations, read_declarations
from faq_builder.group.denials import find_denials
from faq_builder.group.guideposts import answered_elsewhere, without_guideposts
from faq_builder.group.likely_duplicates import suggested_topics, with_likely_duplicates
from faq_builder.group.outdated_joins import find_outdated_joins, merged_by_people, outdated_join_findings
from faq_builder.group.slugs_and_redirects import TopicPath, TopicPaths, assign_paths
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
from faq_builder.group.unconfirmed import (
    UnconfirmedPair,
    declared_likely_duplicates,
    declared_suggestions,
    linked_threads,
    unconfirmed_pairs,
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

_FIRST = 2.0  # above every similarity


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
    targets = targets or Targets([one.thread for one in answered], ledger, None)
    shown = sorted((a for a in answered if a.thread.key not in resolved.hidden), key=lambda a: a.thread.key)
    engine = similarity or LexicalEngine()
    declarations, findings = read_declarations(shown, targets, engine, rules)
    placed = _place(shown, resolved, ledger, declarations)
    linked = link_threads(
        shown, placed.placement, resolved.apart, rules, engine, declared=placed.declared, language=language
    )
    drafts, contradictions = _drafts(shown, resolved, linked, declarations)

    paths = assign_paths(drafts, ledger)
    pairs = unconfirmed_pairs(declarations, placed.placement, linked.group_of, linked.apart)
    topics = _topics(drafts, paths, ledger, resolved, linked, pairs=pairs, rules=rules)
    closest_of = {topic.id: topic.related for topic in topics}
    parts = find_split_topics(drafts, paths, ledger)
    withdrawn = (
        replace(gone, related=tuple(dict.fromkeys((*parts.get(gone.id, ()), *closest_of.get(gone.id, ())))))
        for gone in paths.withdrawn
    )
    grouping = Grouping(
        topics=topics,
        redirects=paths.redirects,
        former_ids=paths.former_ids,
        withdrawn=tuple(withdrawn),
        suggestions=tuple(_suggestions(paths.of_topics, linked, pairs, declarations)),
        suggested_groups=suggested_topics(paths.of_topics, linked),
        corrections=find_corrections(topics),
        outdated_joins=find_outdated_joins(placed.placement, linked.unaided, placed.rank),
        unlocked=tuple(sorted(topic.id for topic in topics if topic.answered and topic.published is None)),
        hidden=tuple(sorted(one.thread.key for one in answered if one.thread.key in resolved.hidden)),
    )
    findings = (
        *findings,
        *contradictions,
        *_possible_duplicate_findings(placed.placement, declarations.marks),
        *outdated_join_findings(grouping.outdated_joins, rules.merge),
        *correction_findings(grouping.corrections),
        *find_denials(grouping.topics),
    )
    return grouping, findings


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """Where decisions, the ledger and declarations put the threads."""

    placement: Placement
    declared: Placement  # as if there were no ledger
    rank: Rank


def _place(
    shown: Sequence[Answered], resolved: ResolvedDecisions, ledger: Ledger, declarations: Declarations
) -> _Placed:
    by_key = {one.thread.key: one for one in shown}
    pairs, agreeing = declarations.pairs, declarations.agreeing

    def rank(key: ThreadKey) -> tuple[object, ...]:
        return answer_order(by_key[key].thread, by_key[key].answer)

    closed = closed_threads(resolved, ledger, by_key.keys(), rank)
    confirmed = replace(resolved, same=(*resolved.same, *merged_by_people(ledger)))
    return _Placed(
        placement=place_threads(by_key.keys(), resolved, ledger, pairs, rank, agreeing=agreeing, closed=closed),
        declared=place_threads(by_key.keys(), confirmed, Ledger(), pairs, rank, agreeing=agreeing),
        rank=rank,
    )


def _drafts(
    shown: Sequence[Answered], resolved: ResolvedDecisions, linked: LinkedThreads, declarations: Declarations
) -> tuple[list[TopicDraft], list[Diagnostic]]:
    """Return the draft of each group, and a finding for each group with two titles."""
    chosen = {one.thread.key: one.answer for one in shown}
    led_away = answered_elsewhere(chosen, declarations.guideposts)
    reasons = JoinReasons.collect(resolved, declarations.marks, declarations.links)
    drafts: list[TopicDraft] = []
    findings: list[Diagnostic] = []
    for group, rows in zip(linked.groups.members, linked.rows, strict=True):
        keys = [shown[i].thread.key for i in group]
        own = without_guideposts(chosen, keys, declarations.trusted, led_away=frozenset() if rows else led_away)
        members = make_members([shown[i].thread for i in group], own, reasons, linked.closeness)
        written, main = written_answer(members, rows, resolved), main_thread(members)
        lead = None if written else main
        question, contradiction = choose_question(members, lead, resolved, linked.closeness)
        drafts.append(TopicDraft(members=members, question=question, main=main, rows=rows, written=written))
        findings += [contradiction] if contradiction else []
    return drafts, findings


def _topics(  # noqa: PLR0913 - everything that a topic consists of
    drafts: Sequence[TopicDraft],
    paths: TopicPaths,
    ledger: Ledger,
    resolved: ResolvedDecisions,
    linked: LinkedThreads,
    *,
    pairs: Sequence[UnconfirmedPair],
    rules: GroupRules,
) -> tuple[Topic, ...]:
    """Return the topics, sorted by id."""
    by_key = {member.thread.key: member.thread for draft in drafts for member in draft.members}
    answered = {n: path.id for n, path in enumerate(paths.of_topics) if drafts[n].answered}
    related = _related(drafts, paths.of_topics, linked, pairs, rules.related)
    counted_here = linked_threads(pairs, by_key)
    likely = declared_likely_duplicates(pairs, by_key, answered, rules.products)
    parts = find_split_topics(drafts, paths, ledger)
    topics = [
        replace(
            _topic(draft, path, resolved, linked.language_of),
            linked=counted_here.get(number, ()),
            likely_duplicates=likely.get(number, ()),
            related=related[number],
            split_into=parts.get(path.id, ()),
        )
        for number, (draft, path) in enumerate(zip(drafts, paths.of_topics, strict=True))
    ]
    topics = with_likely_duplicates(topics, paths.of_topics, linked, rules.products)
    return tuple(sorted(topics, key=lambda topic: topic.id))


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
    drafts: Sequence[TopicDraft],
    paths: Sequence[TopicPath],
    linked: LinkedThreads,
    pairs: Sequence[UnconfirmedPair],
    most: int,
) -> list[tuple[str, ...]]:
    """Return, for each topic, the ids of the answered topics that are most similar to it, `most` of them at most.

    A duplicate of several originals and these originals come first: they are related in any case.
    """
    close: defaultdict[int, dict[str, float]] = defaultdict(dict)
    answered = np.array([draft.answered for draft in drafts], dtype=bool)
    near = linked.near
    similar = near.where(answered[near.left] | answered[near.right]).rows()
    divided = ((*pair.topics, _FIRST) for pair in pairs if pair.is_divided)
    for one, other, score in (*similar, *divided):
        for topic, close_one in ((one, other), (other, one)):
            if answered[close_one]:
                close[topic][paths[close_one].id] = -score
    return [
        tuple(sorted(close[number], key=lambda topic: (close[number][topic], topic))[:most])
        for number in range(len(drafts))
    ]


def _suggestions(
    paths: Sequence[TopicPath],
    linked: LinkedThreads,
    pairs: Sequence[UnconfirmedPair],
    declarations: Declarations,
) -> Iterator[Suggestion]:
    """Yield pairs of topics that may be one: first those that a source or a reply says are the same (score 1).

    Pairs with similar wordings follow, the most similar first.
    """
    found = {(one, other): (score, JoinedBy.MEANING) for one, other, score in linked.suggested.rows()}
    declared = declared_suggestions(pairs, declarations.guesses(), linked.group_of, linked.apart)
    found |= {topics: (1.0, because) for topics, because in declared.items()}
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
