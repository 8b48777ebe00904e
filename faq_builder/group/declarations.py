"""Which threads are called the same as others: by duplicate marks of sources, and by replies that link to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import GroupRules, MergeLevel
from faq_builder.decisions import Targets
from faq_builder.group.agreement import agreeing_pairs
from faq_builder.group.by_declaration import ThreadPair
from faq_builder.group.duplicates import circle_findings, declared_duplicates
from faq_builder.group.guideposts import GuidepostReply, find_guideposts, trusted_links
from faq_builder.model import Answered, JoinedBy, ThreadKey
from faq_builder.similarity import SimilarityEngine


@dataclass(frozen=True, kw_only=True)
class Declarations:
    """Pairs of a duplicate and its original."""

    marks: tuple[ThreadPair, ...] = ()  # of sources, sorted
    links: tuple[ThreadPair, ...] = ()  # of trusted guideposts, sorted
    guideposts: tuple[GuidepostReply, ...] = ()  # those that are only a guess, too
    agreeing: frozenset[ThreadPair] = frozenset()  # pairs that the machine may put on one page

    @property
    def pairs(self) -> Mapping[ThreadPair, JoinedBy]:
        """Every pair with what declares it: SOURCE, or LINK if no source does."""
        return dict.fromkeys(self.links, JoinedBy.LINK) | dict.fromkeys(self.marks, JoinedBy.SOURCE)

    @property
    def trusted(self) -> frozenset[tuple[ThreadKey, str]]:
        """Thread key and message id of each trusted guidepost."""
        return frozenset((g.thread, g.message) for g in self.guideposts if g.is_trusted)

    def guesses(self) -> Iterator[ThreadPair]:
        """Yield each thread with the thread that somebody else linked to as the same."""
        yield from ((g.thread, g.linked[0]) for g in self.guideposts if not g.is_trusted)


def read_declarations(
    shown: Sequence[Answered], targets: Targets, similarity: SimilarityEngine, rules: GroupRules
) -> tuple[Declarations, tuple[Diagnostic, ...]]:
    """Return what sources and replies declare about the threads, and findings about marks and links that are wrong."""
    threads = [one.thread for one in shown]
    marks, findings = declared_duplicates(threads, targets)
    guideposts, broken_links = find_guideposts(threads, {one.thread.key: one.answer for one in shown}, targets)
    links = trusted_links(guideposts)
    by_key = {one.thread.key: one for one in shown}
    comparable = sorted({pair for pair in (*marks, *links) if by_key.keys() >= set(pair)})
    may_merge = rules.merge is not MergeLevel.OFF
    agreeing = agreeing_pairs(comparable, by_key, similarity, rules) if may_merge and comparable else frozenset()
    declarations = Declarations(marks=marks, links=links, guideposts=guideposts, agreeing=agreeing)
    return declarations, (*findings, *broken_links, *circle_findings({*marks, *links}))
