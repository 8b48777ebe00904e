"""The commands: each takes the parsed arguments and gives the exit code."""

import errno
import json
import logging
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.commands.serve import serve as serve_with_mkdocs

from faq_builder import pipeline
from faq_builder.base.diagnostics import CODES, Severity, counted
from faq_builder.base.files import delete_file, write_file, write_text_file
from faq_builder.cli.annotations import annotate
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.mkdocs_log import mkdocs_speaks
from faq_builder.cli.progress import ProgressBar
from faq_builder.cli.site import load, prepared_site, run_options, thread_files
from faq_builder.config import Config, Permission, Source, load_config
from faq_builder.group import lock as lock_topics
from faq_builder.group import write_ledger
from faq_builder.model import Balance, ThreadKey, Url
from faq_builder.plugin import Run, build_site
from faq_builder.publish.machine_readable import thread_record, topic_record
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.read.imports import not_shown, plan_import
from faq_builder.read.sources import shown_path
from faq_builder.search import topic_document, write_fit
from faq_builder.search.meaning.fit_file import FIT_PATH, update_fit
from faq_builder.staff.requirement import installed_from, requirement
from faq_builder.staff.start import start

_MENDED = {"FAQ643", "FAQ644"}  # what a lock is run to mend cannot keep it from that
# Builds redact what these find; a commit would keep it, and the commit hook runs `faq check`
_COMMITTED = {"FAQ504", "FAQ505"}
EXTRACT_FROM = 200  # threads from which an import is written as one extract, as nobody curates that many files


NEXT = """
next: faq serve, and open http://127.0.0.1:8000/
then: set site_name, site_url and sources in mkdocs.yml; README.md says what each file is"""
LACKING = """\
before you publish: put {file} beside requirements.txt, which names it; `make wheel` in the project of
faq_builder builds it"""


def init(arguments: Namespace) -> int:
    """Start a site in a folder; files that are there stay as they are."""
    started = start(arguments.folder, requirement(installed_from()))
    for path in started.written:
        print(f"wrote {path}")
    for path in started.left:
        print(f"left as it is: {path}")
    print(NEXT if started.written else "everything is there already")
    if started.lacking:
        print(LACKING.format(file=started.lacking))
    return 0


def build(arguments: Namespace) -> int:
    """Build the site in place."""
    bar = ProgressBar()
    run = Run(options=run_options(arguments), progress=bar)
    with mkdocs_speaks(logging.WARNING):
        built = build_site(arguments.config_file, run, arguments.site_dir)
    bar.close()
    report(built.diagnostics)
    annotate(arguments, built.diagnostics)
    written = built.written
    print(pipeline.summary(built.prepared))
    print(
        f"wrote {written.files} files: {written.added} new, {written.changed} changed, "
        f"{written.unchanged} as before, {written.deleted} deleted"
    )
    if built.prepared.grouping.unlocked:
        print("this is a preview: `faq lock` gives the new topics their permanent address")
    return exit_code(built.diagnostics, arguments.fail_on)


def serve(arguments: Namespace) -> int:
    """Serve the site with MkDocs, and build again when a file changes."""
    load_config(arguments.config_file)  # first, as it reports every mistake at once
    try:
        with mkdocs_speaks(logging.INFO):
            serve_with_mkdocs(str(arguments.config_file), dev_addr=arguments.dev_addr)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        advice = "take another, for example --dev-addr 127.0.0.1:8001"
        raise wrong_use("faq serve", f"the address cannot be used ({error.strerror})", advice) from None
    return 0


def check(arguments: Namespace) -> int:
    """Prepare the site and say what is wrong; write nothing."""
    prepared = prepared_site(arguments, errors=_COMMITTED)
    annotate(arguments, prepared.diagnostics)
    print(pipeline.summary(prepared))
    return exit_code(prepared.diagnostics, arguments.fail_on)


def lock(arguments: Namespace) -> int:
    """Write the ledger with the topics that are new or changed."""
    prepared = prepared_site(arguments)
    code = exit_code((d for d in prepared.diagnostics if d.code not in _MENDED), arguments.fail_on)
    if code:
        print("the ledger was not changed; mend the errors first", file=sys.stderr)
        return code
    dated = prepared.now if prepared.now > pipeline.EPOCH else datetime.now(UTC)  # nothing in the content is dated
    lost = prepared.losses.accepted
    ledger = lock_topics(prepared.grouping, prepared.ledger, dated.date(), quiet=arguments.quiet, lost=lost)
    path = prepared.config.root / pipeline.LEDGER
    changed = write_text_file(path, write_ledger(ledger))
    count = len(prepared.grouping.unlocked)
    more = f"locked {counted(count, 'new topic')}" if count else "wrote what changed"
    print(f"{more} in {pipeline.LEDGER}" if changed else "the ledger is up to date")
    documents = [topic_document(topic) for topic in prepared.grouping.topics if topic.answered]
    similarity, language = pipeline.engine(prepared.config), prepared.config.publish.language
    fit = update_fit(None if arguments.refit else prepared.fit, documents, similarity, language)
    if fit and write_file(prepared.config.root / FIT_PATH, write_fit(fit)):
        print(f"wrote {FIT_PATH}, by which the search understands")
    unused = [finding for finding in prepared.diagnostics if finding.code == "FAQ644" and not fit]
    if unused:
        print(
            f"{FIT_PATH} was left as it is: a new one takes an answered topic and an encoder (the extra `meaning`) "
            "that knows the language of the site",
            file=sys.stderr,
        )
    return exit_code(unused, arguments.fail_on)


def topics(arguments: Namespace) -> int:
    """Print the topics, as JSON (one object a line) or for people."""
    prepared = prepared_site(arguments)
    site_url = prepared.config.publish.site_url
    for topic in prepared.grouping.topics:
        if arguments.json:
            print(json.dumps(topic_record(topic, site_url), ensure_ascii=False))
        else:
            state = "answered" if topic.answered else "open"
            print(f"{topic.id}  {state:8}  asked {topic.asked:3}x  {topic.question}")
    return exit_code(prepared.diagnostics, arguments.fail_on)


def threads(arguments: Namespace) -> int:
    """Print the public threads of one export and the balance."""
    config, source = ad_hoc_source(arguments)
    try:
        export = open_export(arguments.export, str(arguments.export))
        reading = read_export(export, source)
    except ExportError as error:
        print(error.diagnostic, file=sys.stderr)
        return 1
    public, findings = pipeline.public_threads(reading.threads, reading.balance, {source.key: source}, config)
    for thread, answer in zip(public.threads, public.answers, strict=True):
        if arguments.json:
            print(json.dumps(thread_record(thread, answer), ensure_ascii=False))
        else:
            state = answer.reason.value if answer else "no answer"
            print(f"{thread.key.native:>10}  {len(thread.messages):3} messages  {state:9}  {thread.title}")
    record = balance_record(public.balance)
    print(json.dumps(record) if arguments.json else _balance_line(public.balance))
    diagnostics = (*reading.diagnostics, *findings)
    report(diagnostics)
    return exit_code(diagnostics, Severity.ERROR)


def import_(arguments: Namespace) -> int:
    """Write an export's public threads into content/threads, as Markdown files or as one extract."""
    config = load(arguments.config_file)
    source = config.source(arguments.source)
    if source is None:
        names = ", ".join(s.key for s in config.sources) or "none yet"
        raise wrong_use(
            arguments.config_file.name, f"there is no source {arguments.source}", f"the sources are: {names}"
        )
    try:
        reading = read_export(open_export(arguments.export, str(arguments.export)), source)
    except ExportError as error:
        print(error.diagnostic, file=sys.stderr)
        return 1
    public, findings = pipeline.public_threads(reading.threads, reading.balance, {source.key: source}, config)
    folder = config.content / "threads"
    as_markdown = (arguments.shape or ("markdown" if len(public.threads) < EXTRACT_FROM else "extract")) == "markdown"
    plan = plan_import(
        public.threads,
        thread_files(folder),
        source=source,
        sources=config.sources,
        as_markdown=as_markdown,
        taken_back=reading.taken_back | not_shown(reading.threads, public.threads),
    )
    if not arguments.dry_run:
        for name, text in plan.files.items():
            write_text_file(folder / name, text)
        for name in plan.deleted:
            delete_file(folder / name)
    for name in plan.files:
        print(f"{'would write' if arguments.dry_run else 'wrote'} {shown_path(folder / name, config.root)}")
    for name in plan.deleted:
        print(f"{'would delete' if arguments.dry_run else 'deleted'} {shown_path(folder / name, config.root)}")
    written = "would be written" if arguments.dry_run else "written"
    print(f"{counted(len(plan.files), 'file')} {written} for {counted(len(public.threads), 'thread')}")
    print(_balance_line(public.balance))
    diagnostics = (*reading.diagnostics, *findings, *plan.diagnostics)
    report(diagnostics)
    return exit_code(diagnostics, Severity.ERROR)


def explain(arguments: Namespace) -> int:
    """Print what a diagnostic code means."""
    name = arguments.code.upper()
    name = f"FAQ{name}" if name.isdecimal() else name
    code = CODES.get(name)
    if code is None:
        raise wrong_use("faq explain", f"there is no code {name}", "give a code as a finding shows it, such as FAQ101")
    print(f"{name} ({code.severity}): {code.title}\n\n{code.explanation}")
    return 0


def balance_record(balance: Balance) -> dict[str, object]:
    """The balance as the last line of `faq threads --json` gives it."""
    return {
        "balance": {
            "threads": {
                "read": balance.threads_read,
                "public": balance.threads_public,
                "left_out": dict(sorted(balance.threads_left_out.items())),
            },
            "messages": {
                "read": balance.messages_read,
                "public": balance.messages_public,
                "left_out": dict(sorted(balance.messages_left_out.items())),
            },
        }
    }


def _balance_line(balance: Balance) -> str:
    def part(what: str, read: int, public: int, left_out: Iterable[tuple[str, int]]) -> str:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out))
        return f"{counted(read, what)}: {public} public, {read - public} left out" + (
            f" ({reasons})" if reasons else ""
        )

    return "\n".join(
        (
            part("thread", balance.threads_read, balance.threads_public, balance.threads_left_out.items()),
            part("message", balance.messages_read, balance.messages_public, balance.messages_left_out.items()),
        )
    )


def ad_hoc_source(arguments: Namespace) -> tuple[Config, Source]:
    """The configuration and source for an export that need not be configured.

    A source that is not configured shows all of the texts: nothing is published by looking at it.
    """
    file: Path = arguments.config_file
    config = load(file) if file.exists() else Config(root=Path.cwd(), path=file)
    key = arguments.source or "export"
    try:
        ThreadKey(key, "x")
    except ValueError as error:
        raise wrong_use("faq threads", "--source is not a valid key", str(error)) from None
    base_url = Url.parse(arguments.base_url)
    if arguments.base_url and base_url is None:
        raise wrong_use("faq threads", "--base-url is not an address", "write https://...")
    path = arguments.export.resolve()
    of_path = next((s for s in config.sources if s.path and s.path.resolve() == path), None)
    configured = config.source(key) or of_path or Source(key=key, place=key, permission=Permission.FULL)
    return config, configured.with_export(
        base_url=base_url or configured.base_url,
        public_channels=frozenset(arguments.public_channel) or configured.public_channels,
    )
