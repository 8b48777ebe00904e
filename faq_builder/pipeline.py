"""The whole pipeline on one page: read -> redact -> answer -> group (`prepare`), then publish (`publish_site`).

Publishing needs the frames that MkDocs renders, so `plugin` calls both halves with MkDocs' own work between them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from faq_builder.answer import choose_answers
from faq_builder.base.diagnostics import Diagnostic, Location, Severity, UsageError, worst_severity
from faq_builder.base.files import WriteResult, write_site
from faq_builder.base.progress import Progress
from faq_builder.config import Config, GroupRules, Source
from faq_builder.decisions import ResolvedDecisions, Targets, resolve_decisions
from faq_builder.decisions.reading import read_decisions
from faq_builder.decisions.written_answers import read_written_answers, resolve_written_answers, unused_answers
from faq_builder.group import group_threads, ledger_without
from faq_builder.ledger import load_ledger, unlocked_topics
from faq_builder.model import (
    Answered,
    Balance,
    Decision,
    DecisionKind,
    Grouping,
    Ledger,
    PublicThread,
    RawThread,
    ThreadKey,
)
from faq_builder.publish.site import Publication, publish
from faq_builder.read.finding_locations import locate_in_files
from faq_builder.read.sources import (
    Losses,
    check_accepted,
    file_texts,
    lost_threads,
    other_texts,
    read_sources,
)
from faq_builder.redact import find_private_data_in_files, redact_threads
from faq_builder.render.frame import Frames
from faq_builder.render.site import Site
from faq_builder.render.templates import theme_templates
from faq_builder.search import Fit
from faq_builder.search.meaning.fit_file import load_fit
from faq_builder.similarity import (
    EncoderError,
    LexicalEngine,
    MeaningEngine,
    Store,
    encoder_from_folder,
    installed_encoder,
)

CACHE = ".cache/faq.sqlite"  # may be deleted at any time
INDEX_CACHE = ".cache/search.index"  # may be deleted at any time
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OTHER_FILES = 100  # roughly the files of a site besides the pages of topics; the progress bar need not be exact


@dataclass(frozen=True, kw_only=True)
class Options:
    """What one run was asked to do."""

    locked: bool = False  # topics that the ledger does not hold are an error
    accept_loss: frozenset[str] = frozenset()  # keys of the sources that may have lost threads
    replace_outdated: bool = False  # threads that only the ledger keeps in a topic are placed from scratch
    jobs: int | None = None  # worker processes, in place of the configuration's


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The topics of a site, all that went into them, and what publishing needs besides."""

    config: Config
    answered: tuple[Answered, ...]  # every public thread with its answer, by key
    balance: Balance
    grouping: Grouping
    ledger: Ledger
    files: Mapping[ThreadKey, str]  # the Markdown files of threads, within the content folder
    now: datetime  # the newest date in the content, UTC
    taken_out: Mapping[str, Mapping[str, int]]  # topic id -> source -> threads that people or the source took out
    diagnostics: tuple[Diagnostic, ...]
    losses: Losses = field(default_factory=Losses)
    decisions: tuple[Decision, ...] = ()
    resolved: ResolvedDecisions = field(default_factory=ResolvedDecisions)
    targets: Targets
    fit: Fit | None = None  # None: the search knows words only
    split: frozenset[str] = frozenset()  # ids of topics that `replace_outdated` took threads out of

    @property
    def threads(self) -> tuple[PublicThread, ...]:
        """Every public thread, by key."""
        return tuple(one.thread for one in self.answered)


@dataclass(frozen=True, kw_only=True)
class PublicExport:
    """The threads of one export as they would be published."""

    answered: tuple[Answered, ...]
    balance: Balance
    diagnostics: tuple[Diagnostic, ...]


def prepare(config: Config, options: Options, progress: Progress) -> Prepared:
    """Read, redact, answer and group what a configuration names; raises UsageError."""
    ledger, findings = load_ledger(config.root)
    prepared = _prepare(config, options, progress, ledger, findings)
    outdated = prepared.grouping.outdated_joins if options.replace_outdated else ()
    if not outdated:
        return prepared
    # from the beginning, because decisions name the threads of pages by the ledger
    prepared = _prepare(config, options, progress, ledger_without(ledger, outdated), findings)
    return replace(prepared, split=frozenset(join.topic for join in outdated))


def _prepare(
    config: Config, options: Options, progress: Progress, ledger: Ledger, ledger_findings: Sequence[Diagnostic]
) -> Prepared:
    """Do what `prepare` does, with a given ledger."""
    fit, fit_findings = load_fit(config)
    decisions, decision_findings = read_decisions(config.content / "decisions")
    texts, text_findings = read_written_answers(config.content / "topics")
    not_private = frozenset(d.text for d in decisions if d.kind is DecisionKind.PUBLIC and d.text)
    rules = replace(config.redact, public=config.redact.public | not_private)

    check_accepted(options.accept_loss, config.sources, ledger)
    read = read_sources(config, options.accept_loss, progress)
    losses = lost_threads(ledger, read, options.accept_loss)

    progress("redacting", 0, 1)
    texts_of_files = tuple(file_texts(config, read.files))
    in_files = find_private_data_in_files((*texts_of_files, *other_texts(config, read.files)), rules)
    redacted = redact_threads(read.threads, {s.key: s for s in config.sources}, rules, in_files.kinds)

    progress("answering", 0, 1)
    targets = Targets.of(redacted.threads, ledger, config.publish.site_url, config.sources)
    resolved, ruling_findings = resolve_decisions(decisions, redacted.threads, targets, rules)
    written, written_findings = resolve_written_answers(texts, ledger, rules)
    resolved = replace(resolved, written=written)
    answered, answer_findings = choose_answers(redacted.threads, config.answer, resolved)

    progress("grouping", 0, 1)
    grouping, group_findings = group_threads(
        answered,
        resolved,
        ledger,
        config.group,
        language=config.publish.language,
        similarity=engine(config),
        targets=targets,
    )
    findings = (
        *ledger_findings,
        *fit_findings,
        *decision_findings,
        *text_findings,
        *read.diagnostics,
        *losses.diagnostics,
        *in_files.diagnostics,
        *redacted.diagnostics,
        *ruling_findings,
        *written_findings,
        *unused_answers(texts, grouping, ledger),
        *answer_findings,
        *group_findings,
        *(unlocked_topics(grouping) if options.locked else ()),
    )
    return Prepared(
        config=config,
        answered=answered,
        balance=redacted.balance_after(read.balance),
        grouping=grouping,
        ledger=ledger,
        files=read.files,
        losses=losses,
        decisions=decisions,
        resolved=resolved,
        targets=targets,
        fit=fit,
        now=config.epoch or newest(redacted.threads),
        taken_out=ledger.count_by_topic(redacted.opted_out.union(grouping.hidden, read.removed_at_source)),
        diagnostics=tuple(locate_in_files(findings, texts_of_files)),
    )


def site_of(prepared: Prepared, custom: tuple[Path, ...] = ()) -> Site:
    """Return what pages are made from; templates in the `custom` folders win over ours."""
    return Site(
        grouping=prepared.grouping,
        sources={source.key: source for source in prepared.config.sources},
        rules=prepared.config.publish,
        level=prepared.config.answer,
        files=prepared.files,
        products=prepared.config.group.products,
        templates=theme_templates(custom),
    )


def publish_site(
    prepared: Prepared,
    site: Site,
    rendered: "Rendered",
    site_dir: Path,
    progress: Progress,
    diagnostics: Sequence[Diagnostic],
) -> WriteResult:
    """Write every file of the site; raises UsageError if the folder cannot be written to.

    If one of `diagnostics` is an error, pages that lost all their threads are kept (`pages_to_keep`).
    """
    publication = Publication(
        site=site,
        frames=rendered.frames,
        mkdocs_files=rendered.files,
        now=prepared.now,
        taken_out=prepared.taken_out,
        fit=prepared.fit,
        cache=prepared.config.root / INDEX_CACHE,
        jobs=rendered.jobs,
    )
    files = _with_progress(publish(publication), progress, OTHER_FILES + len(site.answered))
    keep = pages_to_keep(prepared) if worst_severity(diagnostics) is Severity.ERROR else frozenset()
    return write_site(files, site_dir, keep)


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What MkDocs rendered for a site."""

    frames: Frames
    files: Mapping[str, Path]  # files of the site that are complete, by site path
    jobs: int = 0  # worker processes that may fill frames; 0: as many as there are processors


def engine(config: Config) -> MeaningEngine | LexicalEngine:
    """Return what compares wordings: the sentence encoder if there is one, else words alone. Raises UsageError."""
    if not config.group.meaning:
        return LexicalEngine()
    try:
        encoder = encoder_from_folder(config.group.encoder) if config.group.encoder else installed_encoder()
    except EncoderError as error:
        where, advice = Location(path=config.path.name), "correct `encoder` under `group`, or write `encoder: none`"
        raise UsageError(Diagnostic(code="FAQ110", where=where, message=str(error), help=advice)) from None
    return MeaningEngine(encoder=encoder, store=Store(path=config.root / CACHE)) if encoder else LexicalEngine()


def regrouped(prepared: Prepared, rules: GroupRules) -> Grouping:
    """Group the same threads and decisions by other rules, as if nothing had been published yet."""
    config = prepared.config
    return group_threads(
        prepared.answered,
        prepared.resolved,
        Ledger(),
        rules,
        language=config.publish.language,
        similarity=engine(config),
        targets=prepared.targets,
    )[0]


def pages_to_keep(prepared: Prepared) -> frozenset[str]:
    """Return the pages that a failing build must not delete: all their threads are missing without `--accept-loss`.

    A published page does not vanish because a file is broken.
    """
    missing = prepared.losses.missing
    return frozenset(
        f"q/{row.slug}/index.html" for row in prepared.ledger.rows if row.members and missing.issuperset(row.members)
    )


def public_export(
    threads: Sequence[RawThread], balance: Balance, sources: Mapping[str, Source], config: Config
) -> PublicExport:
    """Redact and answer the threads of one export, for `faq threads` and `faq import`."""
    redacted = redact_threads(threads, sources, config.redact)
    answered, findings = choose_answers(redacted.threads, config.answer, ResolvedDecisions())
    return PublicExport(
        answered=answered,
        balance=redacted.balance_after(balance),
        diagnostics=(*redacted.diagnostics, *findings),
    )


def newest(threads: Collection[PublicThread]) -> datetime:
    """Return the newest date in the content, which stands for "now"; 1970 if nothing is dated."""
    return max((at for thread in threads if (at := thread.last_at)), default=EPOCH)


def _with_progress(files: Iterable[tuple[str, bytes]], progress: Progress, about: int) -> Iterator[tuple[str, bytes]]:
    """Pass the files on and report each; `about` is roughly how many there are."""
    for number, file in enumerate(files):
        progress("publishing", min(number, about), about)
        yield file
    progress("publishing", about, about)
