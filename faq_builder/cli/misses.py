"""`faq misses LOG...`: list the topics that people searched for and did not find."""

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Severity, counted
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.pipeline import engine, site_of
from faq_builder.staff.misses import Missing, Searched, missing_record, missing_topics, read_log
from faq_builder.staff.suggest import page_url


def misses(arguments: Namespace) -> int:
    """Print missing topics, most asked first; report lines that are not searches."""
    logs = [_read(path) for path in arguments.logs]
    searched = [one for found, _ in logs for one in found]
    findings = [finding for _, found in logs for finding in found]
    missed = [one for one in searched if one.results <= arguments.results]
    prepared = prepared_site(arguments, Severity.ERROR)
    report(findings)
    site, config = site_of(prepared), prepared.config
    topics = prepared.grouping.topics
    found = missing_topics(missed, topics, config.group, engine(config), language=config.publish.language)
    for missing in found[: arguments.limit]:
        page = page_url(site, missing.nearest) if missing.nearest else None
        url = page.value if page else None
        if arguments.json:
            print(json.dumps(missing_record(missing, url), ensure_ascii=False))
        else:
            print("\n".join(_lines(missing, url)))
    if not arguments.json:
        print(_balance(len(searched), len(findings), len(missed), len(found), arguments.results))
    return exit_code(findings, Severity.ERROR)


def _read(path: Path) -> tuple[tuple[Searched, ...], tuple[Diagnostic, ...]]:
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return read_log(lines, str(path))
    except OSError:
        raise wrong_use(str(path), "the log cannot be opened", "name a file with one JSON object a line") from None


def _balance(read: int, left_out: int, missed: int, topics: int, most: int) -> str:
    few = f"found at most {most}" if most else "found nothing"
    return (
        f"read {counted(read + left_out, 'line')}: {missed} {few}, in {counted(topics, 'missing topic')}; "
        f"{read - missed} found more, {left_out} left out"
    )


def _lines(missing: Missing, url: str | None) -> Iterator[str]:
    first, *others = missing.wordings
    yield f"{missing.asked:4}x  {first[0]}"
    if others:
        yield from (f"        {times:4}x  {query}" for query, times in missing.wordings)
    if missing.nearest:
        where = url or f"`faq why {missing.nearest.id}`"
        yield f"       near: {missing.nearest.question}  ({missing.score:.2f})  {where}"
    yield ""
