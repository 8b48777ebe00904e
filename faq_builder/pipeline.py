"""The pipeline up to publishing: read, redact, answer, group. Reads as a table of contents.

The last step, `publish`, needs the frames that MkDocs renders, so `plugin` calls it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from faq_builder.answer.choose import choose_answers
from faq_builder.base.diagnostics import Diagnostic, Location, UsageError, counted
from faq_builder.config import Config, GroupRules, Source
from faq_builder.decisions import Addresses, Rulings, resolve, resolve_written, unplaced
from faq_builder.decisions.reading import read_decisions
from faq_builder.decisions.written_files import WrittenAnswer, read_written
from faq_builder.group import group_threads, read_ledger
from faq_builder.model import (
    Answer,
    Balance,
    Decision,
    DecisionKind,
    Grouping,
    Ledger,
    PublicThread,
    RawThread,
    ThreadKey,
)
from faq_builder.read.sources import Losses, Progress, file_texts, lost_threads, read_sources
from faq_builder.redact import find_in_files, redact_threads
from faq_builder.search import Fit
from faq_builder.search.meaning.fit_file import load_fit
from faq_builder.similarity import EncoderError, Lexical, Meaning, Similarity, Store, from_folder, installed

LEDGER = "content/ledger.jsonl"
CACHE = ".cache/faq.sqlite"  # may be deleted at any time
INDEX_CACHE = ".cache/search.index"  # as well
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What one run was asked to do."""

    locked: bool = False  # topics that the ledger does not hold are an error
    accept_loss: frozenset[str] = frozenset()  # sources that may have lost threads
    jobs: int | None = None  # worker processes, in place of the configuration's


@dataclass(frozen=True, kw_only=True)
class Public:
    """Public threads with the answer of each, in the same order, and where everything else went."""

    threads: tuple[PublicThread, ...]
    answers: tuple[Answer | None, ...]
    balance: Balance


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Everything that publishing needs."""

    config: Config
    public: Public
    grouping: Grouping
    ledger: Ledger
    files: Mapping[ThreadKey, str]  # the Markdown files of threads, within the content folder
    now: datetime  # the newest date in the content, UTC
    taken_out: Mapping[str, Mapping[str, int]]  # threads that people or the source took out, by topic and source
    diagnostics: tuple[Diagnostic, ...]
    losses: Losses = field(default_factory=Losses)
    decisions: tuple[Decision, ...] = ()
    rulings: Rulings = field(default_factory=Rulings)
    addresses: Addresses
    written: Mapping[str, str] = field(default_factory=dict)  # by topic id the file of an answer, within the content
    fit: Fit | None = None  # what the meaning index was fitted to; without one words are searched alone


def prepare(config: Config, options: Options, progress: Progress) -> Prepared:
    """Read, redact, answer and group what a configuration names."""
    ledger, ledger_findings = _ledger(config)
    fit, fit_findings = load_fit(config)
    decisions, decision_findings = read_decisions(config.content / "decisions")
    texts, text_findings = read_written(config.content / "topics")
    harmless = frozenset(d.text for d in decisions if d.kind is DecisionKind.PUBLIC and d.text)
    rules = replace(config.redact, public=config.redact.public | harmless)

    _check_accepted(config, ledger, options)
    read = read_sources(config, options.accept_loss, progress)
    lost = lost_threads(ledger, read, options.accept_loss)

    progress("redacting", 0, 1)
    sources = {s.key: s for s in config.sources}
    in_files = find_in_files(file_texts(config, read.files), rules)
    redacted = redact_threads(read.threads, sources, rules, in_files.kinds)

    progress("answering", 0, 1)
    addresses = Addresses.of(redacted.threads, ledger, config.publish.site_url, config.sources)
    rulings, ruling_findings = resolve(decisions, redacted.threads, addresses, rules)
    written, written_findings = resolve_written(texts, ledger, rules)
    rulings = replace(rulings, written=written)
    answers, answer_findings = choose_answers(redacted.threads, config.answer, rulings)

    progress("grouping", 0, 1)
    grouping, group_findings = group_threads(
        redacted.threads,
        answers,
        rulings,
        ledger,
        config.group,
        language=config.publish.language,
        similarity=engine(config),
        addresses=addresses,
    )
    return Prepared(
        config=config,
        public=Public(
            threads=redacted.threads,
            answers=answers,
            balance=_after(read.balance, redacted.threads_left_out, redacted.messages_left_out),
        ),
        grouping=grouping,
        ledger=ledger,
        files=read.files,
        losses=lost,
        decisions=decisions,
        rulings=rulings,
        addresses=addresses,
        written={text.topic: text.path for text in texts},
        fit=fit,
        now=config.epoch or newest(redacted.threads),
        taken_out=_taken_out(ledger, redacted.opted_out.union(grouping.hidden, read.taken_back)),
        diagnostics=(
            *ledger_findings,
            *fit_findings,
            *decision_findings,
            *text_findings,
            *read.diagnostics,
            *lost.diagnostics,
            *in_files.diagnostics,
            *(_in_file(finding, read.files) for finding in redacted.diagnostics),
            *ruling_findings,
            *written_findings,
            *_unplaced(texts, grouping, ledger),
            *answer_findings,
            *(_in_file(finding, read.files) for finding in group_findings),
            *_unlocked(grouping, options),
        ),
    )


def engine(config: Config) -> Similarity:
    """What compares wordings: a sentence encoder where there is one, else words alone. Raises UsageError."""
    if not config.group.meaning:
        return Lexical()
    try:
        encoder = from_folder(config.group.encoder) if config.group.encoder else installed()
    except EncoderError as error:
        where, advice = Location(path=config.path.name), "correct `encoder` under `group`, or write `encoder: none`"
        raise UsageError(Diagnostic(code="FAQ110", where=where, message=str(error), help=advice)) from None
    return Meaning(encoder=encoder, store=Store(path=config.root / CACHE)) if encoder else Lexical()


def regrouped(prepared: Prepared, rules: GroupRules) -> Grouping:
    """The same threads and decisions grouped by other rules, as if nothing had been published yet."""
    public, config = prepared.public, prepared.config
    return group_threads(
        public.threads,
        public.answers,
        prepared.rulings,
        Ledger(),
        rules,
        language=config.publish.language,
        similarity=engine(config),
        addresses=prepared.addresses,
    )[0]


def spared(prepared: Prepared) -> frozenset[str]:
    """The page files of topics that a broken or missing input took all threads of, which nobody accepted.

    A run with errors leaves them as they are: a published page does not vanish because a file is broken.
    """
    missing = prepared.losses.missing
    return frozenset(
        f"q/{row.slug}/index.html" for row in prepared.ledger.rows if row.members and missing.issuperset(row.members)
    )


def public_threads(
    threads: Sequence[RawThread], balance: Balance, sources: Mapping[str, Source], config: Config
) -> tuple[Public, tuple[Diagnostic, ...]]:
    """Some raw threads as they would be published, for `faq threads` and `faq import`."""
    redacted = redact_threads(threads, sources, config.redact)
    answers, findings = choose_answers(redacted.threads, config.answer, Rulings())
    after = _after(balance, redacted.threads_left_out, redacted.messages_left_out)
    public = Public(threads=redacted.threads, answers=answers, balance=after)
    return public, (*redacted.diagnostics, *findings)


def newest(threads: Collection[PublicThread]) -> datetime:
    """The newest date in the content, which stands for "now"; 1970 where nothing is dated."""
    return max((at for thread in threads if (at := thread.last_at)), default=EPOCH)


def summary(prepared: Prepared) -> str:
    """The balance of a run in one line that adds up."""
    balance, grouping = prepared.public.balance, prepared.grouping
    hidden = len(grouping.hidden)
    answered = [topic for topic in grouping.topics if topic.answered]
    waiting = [topic for topic in grouping.topics if not topic.answered]
    published = sum(len(topic.members) for topic in answered)
    left_out = sum(balance.threads_left_out.values())
    open_threads = sum(len(topic.members) for topic in waiting)
    assert balance.threads_read == published + open_threads + hidden + left_out
    line = (
        f"read {counted(balance.threads_read, 'thread')}: {published} published in {counted(len(answered), 'topic')}, "
        f"{open_threads} waiting for an answer in {len(waiting)}, {hidden} hidden, {left_out} left out"
    )
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(balance.threads_left_out.items()))
    return f"{line} ({reasons})" if reasons else line


def _in_file(finding: Diagnostic, files: Mapping[ThreadKey, str]) -> Diagnostic:
    """A finding about a thread (`forum:231`) or message (`forum:231/1`) that has a file, at the place of the file."""
    source, item = finding.where.path, finding.where.item or ""
    native, _, message = item.rpartition("/")
    for key, path in files.items():
        if (key.source, key.native) == (source, item):
            return replace(finding, where=Location(path=f"content/{path}"))
        if (key.source, key.native) == (source, native):
            return replace(finding, where=Location(path=f"content/{path}", item=f"message {message}"))
    return finding


def _check_accepted(config: Config, ledger: Ledger, options: Options) -> None:
    """Raise UsageError where a loss is accepted for a source that there is not."""
    known = {source.key for source in config.sources} | {key.source for key in ledger.by_member()}
    unknown = ", ".join(sorted(options.accept_loss - known))
    if unknown:
        where, advice = Location(path="--accept-loss"), f"the sources are: {', '.join(sorted(known))}"
        raise UsageError(Diagnostic(code="FAQ108", where=where, message=f"there is no source {unknown}", help=advice))


def _ledger(config: Config) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    path = config.root / LEDGER
    if not path.exists():
        return Ledger(), ()
    try:
        return read_ledger(path.read_text(encoding="utf-8"), LEDGER)
    except (OSError, UnicodeDecodeError):
        where = Location(path=LEDGER)
        finding = Diagnostic(
            code="FAQ641", where=where, message="the ledger cannot be read", help="restore it from the last commit"
        )
        return Ledger(), (finding,)


def _taken_out(ledger: Ledger, keys: Collection[ThreadKey]) -> Mapping[str, Mapping[str, int]]:
    """By the id of each published topic and by source, how many of the threads stand in it."""
    placed = ledger.by_member()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key in keys:
        if key in placed:
            counts[placed[key].id][key.source] += 1
    return counts


def _after(balance: Balance, threads: Mapping[str, int], messages: Mapping[str, int]) -> Balance:
    """A reader's balance after redaction left more out."""
    for reason in sorted(threads.keys() | messages.keys()):
        balance = balance.leave_out(reason, threads=threads.get(reason, 0), messages=messages.get(reason, 0))
    return balance


def _unplaced(texts: Sequence[WrittenAnswer], grouping: Grouping, ledger: Ledger) -> Iterator[Diagnostic]:
    """A finding for each answer in content/topics whose topic is not shown."""
    shown = {topic.id for topic in grouping.topics} | {former for former, _ in grouping.former_ids}
    for text in texts:
        if text.topic not in shown:
            is_known = text.topic in ledger.by_id()
            message = (
                "the topic of this answer is hidden or has no threads any more" if is_known else "no topic has this id"
            )
            yield unplaced(text.path, message, "`faq why ADDRESS` prints the id of a topic; name the file after it")


def _unlocked(grouping: Grouping, options: Options) -> Iterator[Diagnostic]:
    if grouping.unlocked and options.locked:
        count = len(grouping.unlocked)
        message = f"{count} topics are not in the ledger" if count > 1 else "a topic is not in the ledger"
        yield Diagnostic(
            code="FAQ642", where=Location(path=LEDGER), message=message, help="run `faq lock` and commit the ledger"
        )
