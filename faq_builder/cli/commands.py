"""The commands that build a site or read one export: each takes the parsed arguments and returns the exit code."""

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
from faq_builder.base.files import write_file, write_text_file
from faq_builder.cli.annotations import annotate
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.loading import load, prepared_site, run_options
from faq_builder.cli.mkdocs_log import mkdocs_log
from faq_builder.cli.progress import ProgressBar
from faq_builder.config import Config, Permission, Source, load_config
from faq_builder.ledger import LEDGER, ledger_text
from faq_builder.model import Balance, ThreadKey, Url
from faq_builder.plugin import Run, build_site
from faq_builder.publish.machine_readable import balance_record, thread_record, topic_record
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import Reading, read_export
from faq_builder.read.sources import display_path
from faq_builder.search import write_fit
from faq_builder.search.meaning.fit_file import FIT_PATH
from faq_builder.staff.importing import import_export, thread_files, write_plan
from faq_builder.staff.lock import lock_site, preventing
from faq_builder.staff.requirement import installed_from, requirement
from faq_builder.staff.start import start
from faq_builder.staff.summary import summary

# errors for `faq check` only: a build redacts what they find, but a commit would keep it, and the hook runs `faq check`
_COMMITTED = {"FAQ504", "FAQ505"}

NEXT = """
next: faq serve, and open http://127.0.0.1:8000/
then: set site_name, site_url and sources in mkdocs.yml; README.md says what each file is"""
LACKING = """\
before you publish: put {file} beside requirements.txt, which names it; `make wheel` in the project of
faq_builder builds it"""


def init(arguments: Namespace) -> int:
    """Write the files of a new site into a folder; files that exist stay as they are."""
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
    with mkdocs_log(logging.WARNING):
        built = build_site(arguments.config_file, run, arguments.site_dir)
    bar.close()
    report(built.diagnostics)
    annotate(arguments, built.diagnostics)
    written = built.written
    print(summary(built.prepared))
    print(
        f"wrote {written.files} files: {written.added} new, {written.changed} changed, "
        f"{written.unchanged} as before, {written.deleted} deleted"
    )
    if built.prepared.grouping.unlocked:
        print("this is a preview: `faq lock` gives the new topics their permanent address")
    return exit_code(built.diagnostics, arguments.fail_on)


def serve(arguments: Namespace) -> int:
    """Serve the site with MkDocs and rebuild it when a file changes."""
    load_config(arguments.config_file)  # before MkDocs reads it, as it reports every mistake at once
    try:
        with mkdocs_log(logging.INFO):
            serve_with_mkdocs(str(arguments.config_file), dev_addr=arguments.dev_addr)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        advice = "use another one, for example --dev-addr 127.0.0.1:8001"
        raise wrong_use("faq serve", f"the address cannot be used ({error.strerror})", advice) from None
    return 0


def check(arguments: Namespace) -> int:
    """Run the pipeline up to grouping and print what is wrong; write nothing."""
    prepared = prepared_site(arguments, errors=_COMMITTED)
    annotate(arguments, prepared.diagnostics)
    print(summary(prepared))
    return exit_code(prepared.diagnostics, arguments.fail_on)


def lock(arguments: Namespace) -> int:
    """Write the ledger with the topics that are new or changed, and the fit of the search."""
    prepared = prepared_site(arguments)
    code = exit_code(preventing(prepared.diagnostics), arguments.fail_on)
    if code:
        print("the ledger was not changed; correct the errors first", file=sys.stderr)
        return code
    locked = lock_site(prepared, datetime.now(UTC).date(), keep_dates=arguments.quiet, refit=arguments.refit)
    root = prepared.config.root
    changed = write_text_file(root / LEDGER, ledger_text(locked.ledger))
    more = f"locked {counted(locked.new_topics, 'new topic')}" if locked.new_topics else "wrote what changed"
    print(f"{more} in {LEDGER}" if changed else "the ledger is up to date")
    if locked.fit and write_file(root / FIT_PATH, write_fit(locked.fit)):
        print(f"wrote {FIT_PATH}, which the search by meaning needs")
    if locked.diagnostics:
        print(
            f"{FIT_PATH} was left as it is: training it takes an answered topic and an encoder (the extra `meaning`) "
            "that knows the language of the site",
            file=sys.stderr,
        )
    return exit_code(locked.diagnostics, arguments.fail_on)


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
    reading = _read(arguments.export, source)
    if reading is None:
        return 1
    public = pipeline.public_export(reading.threads, reading.balance, {source.key: source}, config)
    for one in public.answered:
        if arguments.json:
            print(json.dumps(thread_record(one.thread, one.answer), ensure_ascii=False))
        else:
            thread, state = one.thread, one.answer.reason.value if one.answer else "no answer"
            print(f"{thread.key.native:>10}  {len(thread.messages):3} messages  {state:9}  {thread.title}")
    print(json.dumps(balance_record(public.balance)) if arguments.json else _balance_line(public.balance))
    diagnostics = (*reading.diagnostics, *public.diagnostics)
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
    reading = _read(arguments.export, source)
    if reading is None:
        return 1
    folder, is_dry = config.content / "threads", arguments.dry_run
    imported = import_export(reading, source, config, thread_files(folder), arguments.shape)
    if not is_dry:
        write_plan(imported.plan, folder)
    for name in imported.plan.files:
        print(f"{'would write' if is_dry else 'wrote'} {display_path(folder / name, config.root)}")
    for name in imported.plan.deleted:
        print(f"{'would delete' if is_dry else 'deleted'} {display_path(folder / name, config.root)}")
    files, found = counted(len(imported.plan.files), "file"), counted(len(imported.public.answered), "thread")
    print(f"{files} {'would be written' if is_dry else 'written'} for {found}")
    print(_balance_line(imported.public.balance))
    report(imported.diagnostics)
    return exit_code(imported.diagnostics, Severity.ERROR)


def _read(path: Path, source: Source) -> Reading | None:
    """Return what one export holds; None, after printing why, if it cannot be read."""
    try:
        return read_export(open_export(path, str(path)), source)
    except ExportError as error:
        print(error.diagnostic, file=sys.stderr)
        return None


def explain(arguments: Namespace) -> int:
    """Print what a diagnostic code means."""
    name = arguments.code.upper()
    name = f"FAQ{name}" if name.isdecimal() else name
    code = CODES.get(name)
    if code is None:
        raise wrong_use("faq explain", f"there is no code {name}", "give a code as a finding shows it, such as FAQ101")
    print(f"{name} ({code.severity}): {code.title}\n\n{code.explanation}")
    return 0


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
    """Return the configuration, and the source to read an export as; neither has to exist.

    A source that is not configured has the permission `full`, because looking at an export publishes nothing.
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
