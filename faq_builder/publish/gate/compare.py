"""Two manifests -> what changed, address by address, and what forbids publishing."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.publish.manifest import MANIFEST, PERMANENT, Manifest, ManifestPage, PageKind, source_of


class ChangeKind(Enum):
    """What happens to an address."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"  # a topic became part of another one
    REDIRECTED = "redirected"  # it leads to another place than before
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"  # an answer stands again where none stood
    LOST = "lost"
    LIST_GONE = "lists gone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One address that is not as it was; `before` or `after` is None where nothing stood or stands."""

    kind: ChangeKind
    before: ManifestPage | None
    after: ManifestPage | None

    @property
    def page(self) -> ManifestPage:
        """What stands there, or stood."""
        page = self.after or self.before
        assert page is not None
        return page


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """The published topics in which a source has no answered thread any more."""

    source: str
    lost: int
    taken_out: int  # lost because people said so: `hide` decisions and opt-outs
    published: int
    accepted: bool

    @property
    def unexplained(self) -> int:
        """How many went without anybody's decision."""
        return self.lost - self.taken_out


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What publishing would do: changes sorted by address, losses by source."""

    old: Manifest
    new: Manifest
    changes: tuple[Change, ...] = ()
    losses: tuple[Loss, ...] = ()

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def compare(old: Manifest, new: Manifest, accepted: Collection[str]) -> tuple[Changes, tuple[Diagnostic, ...]]:
    """What changes from the published site to the new one, and every reason not to publish it.

    `accepted` are the sources that may lose topics. An address may never be lost, whatever is accepted.
    """
    addresses = sorted(old.by_address.keys() | new.by_address.keys())
    found = (_change(old.by_address.get(a), new.by_address.get(a), new) for a in addresses)
    changes = Changes(
        old=old,
        new=new,
        changes=tuple(change for change in found if change is not None),
        losses=tuple(_losses(old, new, accepted)),
    )
    findings = (*_moved(old, new), *_lost_addresses(changes), *_dead_ends(new), *_loss_findings(changes.losses))
    return changes, (*findings, *_accepted_in_vain(changes, accepted))


def _change(before: ManifestPage | None, after: ManifestPage | None, new: Manifest) -> Change | None:
    kind = _appeared(after) if before is None else _became(before, after, new)
    return Change(kind=kind, before=before, after=after) if kind else None


def _appeared(after: ManifestPage | None) -> ChangeKind | None:
    """What it is when something stands where nothing stood; lists follow from topics and are not worth a word."""
    kinds = {PageKind.REDIRECT: ChangeKind.REDIRECTED, PageKind.WITHDRAWN: ChangeKind.WITHDRAWN}
    if after is None or after.kind is PageKind.LIST:
        return None
    return kinds.get(after.kind, ChangeKind.ADDED)


def _became(before: ManifestPage, after: ManifestPage | None, new: Manifest) -> ChangeKind | None:
    """What it is when something stood there before."""
    if after is None:
        return ChangeKind.LOST if before.kind in PERMANENT else ChangeKind.LIST_GONE
    if before.kind is after.kind:
        if before.target != after.target:
            return ChangeKind.REDIRECTED
        told = (before.id, before.question, before.threads, before.digest)
        same = before.kind is not PageKind.TOPIC or told == (after.id, after.question, after.threads, after.digest)
        return None if same else ChangeKind.CHANGED
    if after.kind is PageKind.REDIRECT:
        heir = new.by_address.get(after.target)
        merged = before.kind is PageKind.TOPIC and heir is not None and heir.id not in ("", before.id)
        return ChangeKind.MERGED if merged else ChangeKind.REDIRECTED
    if after.kind is PageKind.WITHDRAWN:
        return ChangeKind.WITHDRAWN
    return ChangeKind.RETURNED if after.kind is PageKind.TOPIC else ChangeKind.CHANGED


def _losses(old: Manifest, new: Manifest, accepted: Collection[str]) -> Iterator[Loss]:
    """For each source that lost something, how much of what was published.

    Threads are followed, not numbers: merging and splitting topics loses nothing, and what is new makes up for nothing.
    """
    placed = {key for page in new.topics for key in page.threads}
    lost: Counter[str] = Counter()
    taken_out: Counter[str] = Counter()
    for page in old.topics:
        for source, (kept, missing) in _kept(page, placed).items():
            if not kept:
                lost[source] += 1
                taken_out[source] += _taken(new, page, source) - _taken(old, page, source) >= missing
    for source, count in sorted(lost.items()):
        yield Loss(
            source=source,
            lost=count,
            taken_out=taken_out[source],
            published=old.sources[source].topics,
            accepted=source in accepted,
        )


def _kept(page: ManifestPage, placed: Collection[str]) -> Mapping[str, tuple[int, int]]:
    """By source, how many of a topic's threads are still in an answered topic, and how many are not."""
    sources = {source_of(key) for key in page.threads}
    kept = Counter(source_of(key) for key in page.threads if key in placed)
    missing = Counter(source_of(key) for key in page.threads if key not in placed)
    return {source: (kept[source], missing[source]) for source in sources}


def _taken(manifest: Manifest, page: ManifestPage, source: str) -> int:
    return manifest.taken_out.get(page.id, {}).get(source, 0)


def _moved(old: Manifest, new: Manifest) -> Iterator[Diagnostic]:
    if old.site_url and old.site_url != new.site_url:
        yield _finding(
            "FAQ776", None, "site_url is not that of the published site", "let every old address lead to the new host"
        )


def _lost_addresses(changes: Changes) -> Iterator[Diagnostic]:
    for change in changes.of(ChangeKind.LIST_GONE):
        advice = "publish all the same; if people need the list, bring back what stood in it"
        yield _finding("FAQ777", change.page.address, "a list of the published site is gone", advice)
    for change in changes.of(ChangeKind.LOST):
        page = change.page
        if page.kind is PageKind.PAGE:
            advice = "put a page there in content/pages; it may be one that leads on"
            yield _finding("FAQ774", page.address, "a page of the published site is gone", advice)
        else:
            advice = "restore content/ledger.jsonl, which keeps it; where the ledger never had it, restore the "
            advice += "thread and run `faq lock`"
            yield _finding("FAQ774", page.address, "an address of the published site is gone", advice)


def _dead_ends(new: Manifest) -> Iterator[Diagnostic]:
    for page in new.pages:
        if page.kind is PageKind.REDIRECT and page.target not in new.by_address:
            advice = "build again; if the finding stays, report it as a bug of faq_builder"
            yield _finding("FAQ778", page.address, "a redirect leads nowhere", advice)


def _loss_findings(losses: Collection[Loss]) -> Iterator[Diagnostic]:
    for loss in losses:
        if loss.unexplained:
            message = f"source {loss.source} lost {loss.unexplained} of its {loss.published} answered topics"
            advice = f"restore its threads, or accept the loss with --accept-loss {loss.source}"
            yield Diagnostic(
                code="FAQ775",
                where=Location(path=MANIFEST, item=loss.source),
                message=f"{message}, which was accepted" if loss.accepted else message,
                help="" if loss.accepted else advice,
                severity=Severity.INFO if loss.accepted else Severity.ERROR,
            )


def _accepted_in_vain(changes: Changes, accepted: Collection[str]) -> Iterator[Diagnostic]:
    losing = {loss.source for loss in changes.losses if loss.unexplained}
    for source in sorted(set(accepted) - losing):
        advice = f"leave --accept-loss {source} out, so that it does not hide a loss to come"
        yield _finding("FAQ780", source, f"source {source} lost nothing that had to be accepted", advice)


def _finding(code: str, item: str | None, message: str, advice: str) -> Diagnostic:
    return Diagnostic(code=code, where=Location(path=MANIFEST, item=item), message=message, help=advice)
