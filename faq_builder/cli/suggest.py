"""`faq suggest "a question"`: the topics that answer it, and a reply that links to the page."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from faq_builder.base.diagnostics import Severity
from faq_builder.cli.findings import wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.config import Permission, Source
from faq_builder.pipeline import engine, site_of
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.staff.suggest import page_url, ready_reply, suggest_topics, suggestion_record


def suggest(arguments: Namespace) -> int:
    """Print the topics that answer; the exit code is 0 even if none does."""
    questions = list(_questions(arguments))
    prepared = prepared_site(arguments, Severity.ERROR)
    site, similarity = site_of(prepared), engine(prepared.config)
    for number, (title, body) in enumerate(questions):
        found = suggest_topics(title, body, prepared.grouping.topics, similarity, best=arguments.limit)
        if arguments.json:
            records = [suggestion_record(site, suggested) for suggested in found]
            print(json.dumps({"question": title, "topics": records}, ensure_ascii=False))
            continue
        print("\n" * (number > 0), end="")
        if len(questions) > 1:
            print(f"{title}\n")
        for suggested in found:
            topic = suggested.topic
            times = f"asked by {topic.asked}" if topic.asked > 1 else "asked once"
            print(f"{suggested.score:.2f}  {topic.question}  ({topic.id}, {times})")
            why = "set `site_url` in mkdocs.yml" if topic.published else "a preview: `faq lock` makes its URL permanent"
            print(f"      {page_url(site, topic) or why}")
        print(f"\nA reply that links there:\n\n{ready_reply(site, found[0].topic)}" if found else "nothing is close")
    return 0


def _questions(arguments: Namespace) -> Iterator[tuple[str, str]]:
    """Yield the title and body of each question: one from the command line, or those of a file of threads."""
    if arguments.thread is None:
        words = " ".join(arguments.question) or ("" if sys.stdin.isatty() else sys.stdin.read())
        if not words.strip():
            raise wrong_use("faq suggest", "there is no question", 'faq suggest "How do I ...?", or --thread FILE')
        title, _, body = words.strip().partition("\n")
        yield title, body
        return
    try:
        export = open_export(arguments.thread, str(arguments.thread))
        source = Source(key="asked", place="asked", permission=Permission.FULL)
        threads = read_export(export, source).threads
    except ExportError as error:
        raise wrong_use(str(arguments.thread), error.diagnostic.message, error.diagnostic.help) from None
    if not threads:
        raise wrong_use(str(arguments.thread), "this file contains no thread", "`faq threads FILE` says why")
    yield from ((thread.title, thread.question.body) for thread in threads)
