"""`faq threads EXPORT`: list the public threads of one export and the balance."""

import json
from argparse import Namespace
from pathlib import Path

from faq_builder import pipeline
from faq_builder.base.diagnostics import Severity
from faq_builder.cli.exports import balance_lines, read_or_explain
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.loading import load
from faq_builder.config import Config, Permission, Source
from faq_builder.model import ThreadKey, Url
from faq_builder.publish.machine_readable import balance_record, thread_record


def threads(arguments: Namespace) -> int:
    """Print the public threads of one export and the balance."""
    config, source = ad_hoc_source(arguments)
    reading = read_or_explain(arguments.export, source)
    if reading is None:
        return 1
    public = pipeline.public_export(reading.threads, reading.balance, {source.key: source}, config)
    for one in public.answered:
        if arguments.json:
            print(json.dumps(thread_record(one.thread, one.answer), ensure_ascii=False))
        else:
            thread, state = one.thread, one.answer.reason.value if one.answer else "no answer"
            print(f"{thread.key.native:>10}  {len(thread.messages):3} messages  {state:9}  {thread.title}")
    print(json.dumps(balance_record(public.balance)) if arguments.json else balance_lines(public.balance))
    diagnostics = (*reading.diagnostics, *public.diagnostics)
    report(diagnostics)
    return exit_code(diagnostics, Severity.ERROR)


def ad_hoc_source(arguments: Namespace) -> tuple[Config, Source]:
    """Return the configuration (empty if there is no file) and the source under which to read the export.

    If the export belongs to no configured source, one is made up with the permission `full`, because looking at an
    export publishes nothing.
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
        raise wrong_use("faq threads", "--base-url is not a URL", "write https://...")
    path = arguments.export.resolve()
    of_path = next((s for s in config.sources if s.path and s.path.resolve() == path), None)
    configured = config.source(key) or of_path or Source(key=key, place=key, permission=Permission.FULL)
    return config, configured.with_export(
        base_url=base_url or configured.base_url,
        public_channels=frozenset(arguments.public_channel) or configured.public_channels,
    )
