"""Two manifests -> what changed at each site path, and the findings that stop publishing."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.publish.manifest import MANIFEST, PERMANENT, Manifest, ManifestPage, PageKind, source_of


class ChangeKind(Enum):
    """What happens to the page at a site path."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"  # a topic became part of another one
    REDIRECTED = "redirected"  # to another page than before
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"  # a withdrawn or redirected topic is answered again
    LOST = "lost"
    LIST_REMOVED = "list removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The change at one site path; `before` or `after` is None if there was or is no page."""

    kind: ChangeKind
    before: ManifestPage | None
    after: ManifestPage | None

    @property
    def page(self) -> ManifestPage:
        """The new page, or the former one if there is no new page."""
        page = self.after or self.before
        assert page is not None
        return page

    @property
    def new_lead(self) -> bool:
        """Whether another reply leads the topic's page than before."""
        before, after = self._topics
        return before is not None and after is not None and before.lead not in ("", after.lead)

    @property
    def new_question(self) -> bool:
        """Whether the topic's page has another headline than before."""
        before, after = self._topics
        return before is not None and after is not None and before.question != after.question

    @property
    def new_threads(self) -> bool:
        """Whether threads joined or left the topic's page."""
        before, after = self._topics
        return before is not None and after is not None and before.threads != after.threads

    @property
    def _topics(self) -> tuple[ManifestPage, ManifestPage] | tuple[None, None]:
        """The topic before and after; None if one of the pages shows no topic."""
        if self.before is None or self.after is None or {self.before.kind, self.after.kind} != {PageKind.TOPIC}:
            return None, None
        return self.before, self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """The topics that a source lost: none of its threads in them is in an answered topic any more."""

    source: str
    lost: int  # topics, including those in `taken_out`
    taken_out: int  # topics that people took out by `hide` decisions and opt-outs
    published: int  # topics of the source on the published site
    accepted: bool  # by --accept-loss

    @property
    def unexplained(self) -> int:
        """The number of topics that were lost without anybody's decision."""
        return self.lost - self.taken_out


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What publishing would change: changes sorted by site path, losses by source."""

    old: Manifest
    new: Manifest
    changes: tuple[Change, ...] = ()
    losses: tuple[Loss, ...] = ()

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def compare_manifests(
    old: Manifest, new: Manifest, accepted: Collection[str]
) -> tuple[Changes, tuple[Diagnostic, ...]]:
    """Return what changes from the published site to the new one, and findings; any error stops publishing.

    `accepted` are the sources that may lose topics. A site path may never be lost, whatever is accepted.
    """
    site_paths = sorted(old.by_site_path.keys() | new.by_site_path.keys())
    found = (_change(old.by_site_path.get(path), new.by_site_path.get(path), new) for path in site_paths)
    changes = Changes(
        old=old,
        new=new,
        changes=tuple(change for change in found if change is not None),
        losses=tuple(_losses(old, new, accepted)),
    )
    findings = (
        *_moved_site_findings(old, new),
        *_lost_page_findings(changes),
        *_dead_redirect_findings(new),
        *_loss_findings(changes.losses),
        *_needless_acceptance_findings(changes, accepted),
    )
    return changes, findings


def _change(before: ManifestPage | None, after: ManifestPage | None, new: Manifest) -> Change | None:
    """Return the change from one page to another at a site path; None if nothing visible changed."""
    kind = _kind_of_new_page(after) if before is None else _kind_of_change(before, after, new)
    return Change(kind=kind, before=before, after=after) if kind else None


def _kind_of_new_page(after: ManifestPage | None) -> ChangeKind | None:
    """Return the change at a site path that had no page; new list pages follow from topics and are not reported."""
    kinds = {PageKind.REDIRECT: ChangeKind.REDIRECTED, PageKind.WITHDRAWN: ChangeKind.WITHDRAWN}
    if after is None or after.kind is PageKind.LIST:
        return None
    return kinds.get(after.kind, ChangeKind.ADDED)


def _kind_of_change(before: ManifestPage, after: ManifestPage | None, new: Manifest) -> ChangeKind | None:
    """Return the change at a site path that had a page; None if nothing visible changed."""
    if after is None:
        return ChangeKind.LOST if before.kind in PERMANENT else ChangeKind.LIST_REMOVED
    if before.kind is after.kind:
        if before.target != after.target:
            return ChangeKind.REDIRECTED
        is_changed = before.kind is PageKind.TOPIC and _topic_content(before) != _topic_content(after)
        return ChangeKind.CHANGED if is_changed else None
    if after.kind is PageKind.REDIRECT:
        heir = new.by_site_path.get(after.target)
        merged = before.kind is PageKind.TOPIC and heir is not None and heir.id not in ("", before.id)
        return ChangeKind.MERGED if merged else ChangeKind.REDIRECTED
    if after.kind is PageKind.WITHDRAWN:
        return ChangeKind.WITHDRAWN
    return ChangeKind.RETURNED if after.kind is PageKind.TOPIC else ChangeKind.CHANGED


def _topic_content(page: ManifestPage) -> tuple[object, ...]:
    """Return what has to be equal for a topic's page to count as unchanged."""
    return page.id, page.question, page.threads, page.fingerprint


def _losses(old: Manifest, new: Manifest, accepted: Collection[str]) -> Iterator[Loss]:
    """Yield the loss of each source that lost topics.

    Threads are followed, not counted: merging and splitting topics loses nothing, and new topics replace no lost ones.
    """
    placed = {key for page in new.topics for key in page.threads}
    lost: Counter[str] = Counter()
    taken_out: Counter[str] = Counter()
    for page in old.topics:
        for source, (kept, missing) in _kept_and_missing(page, placed).items():
            if not kept:
                lost[source] += 1
                taken_out[source] += (
                    _taken_out_threads(new, page, source) - _taken_out_threads(old, page, source) >= missing
                )
    for source, count in sorted(lost.items()):
        yield Loss(
            source=source,
            lost=count,
            taken_out=taken_out[source],
            published=old.sources[source].topics,
            accepted=source in accepted,
        )


def _kept_and_missing(page: ManifestPage, placed: Collection[str]) -> Mapping[str, tuple[int, int]]:
    """Return by source how many threads of a topic are still in an answered topic, and how many are not."""
    sources = {source_of(key) for key in page.threads}
    kept = Counter(source_of(key) for key in page.threads if key in placed)
    missing = Counter(source_of(key) for key in page.threads if key not in placed)
    return {source: (kept[source], missing[source]) for source in sources}


def _taken_out_threads(manifest: Manifest, page: ManifestPage, source: str) -> int:
    """Return how many threads of a source people took out of a topic."""
    return manifest.taken_out.get(page.id, {}).get(source, 0)


def _moved_site_findings(old: Manifest, new: Manifest) -> Iterator[Diagnostic]:
    if old.site_url and old.site_url != new.site_url:
        advice = "redirect every URL of the old host to the new one"
        yield _finding("FAQ776", None, "site_url differs from that of the published site", advice)


def _lost_page_findings(changes: Changes) -> Iterator[Diagnostic]:
    for change in changes.of_kind(ChangeKind.LIST_REMOVED):
        advice = _list_removed_advice(change.page.site_path)
        yield _finding("FAQ777", change.page.site_path, "a list page of the published site is missing", advice)
    for change in changes.of_kind(ChangeKind.LOST):
        page = change.page
        if page.kind is PageKind.PAGE:
            advice = "put the page back in content/pages, or a page at the same path that links to its replacement"
            yield _finding("FAQ774", page.site_path, "a page of the published site is missing", advice)
        else:
            advice = "restore content/ledger.jsonl, which keeps this URL; if the ledger never had it, restore the "
            advice += "thread and run `faq lock`"
            yield _finding("FAQ774", page.site_path, "a URL of the published site is missing", advice)


def _list_removed_advice(site_path: str) -> str:
    """Return the help for a missing list page: what the list contained."""
    contents = {"tags": "threads with this tag", "places": "threads from this place"}
    wanted = contents.get(site_path.partition("/")[0], "threads that were listed here")
    return f"this is only a list page, so you can publish; if people need it, restore the {wanted}"


def _dead_redirect_findings(new: Manifest) -> Iterator[Diagnostic]:
    for page in new.pages:
        if page.kind is PageKind.REDIRECT and page.target not in new.by_site_path:
            advice = "build again; if that does not help, report a bug in faq_builder"
            yield _finding("FAQ778", page.site_path, "a redirect leads to a page that does not exist", advice)


def _loss_findings(losses: Collection[Loss]) -> Iterator[Diagnostic]:
    for loss in losses:
        if loss.unexplained:
            message = f"source {loss.source} lost {loss.unexplained} of its {loss.published} answered topics"
            advice = f"restore its threads, or accept the loss with --accept-loss {loss.source}"
            yield Diagnostic(
                code="FAQ775",
                where=Location(path=MANIFEST, item=loss.source),
                message=f"{message}, and the loss was accepted" if loss.accepted else message,
                help="" if loss.accepted else advice,
                severity=Severity.INFO if loss.accepted else Severity.ERROR,
            )


def _needless_acceptance_findings(changes: Changes, accepted: Collection[str]) -> Iterator[Diagnostic]:
    losing = {loss.source for loss in changes.losses if loss.unexplained}
    for source in sorted(set(accepted) - losing):
        advice = f"remove --accept-loss {source}, so that it does not hide a later loss"
        yield _finding("FAQ780", source, f"source {source} lost nothing that needs to be accepted", advice)


def _finding(code: str, item: str | None, message: str, advice: str) -> Diagnostic:
    return Diagnostic(code=code, where=Location(path=MANIFEST, item=item), message=message, help=advice)
