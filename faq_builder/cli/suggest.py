"""`faq suggest "a question"`: the topics that answer it and a reply that links to the page, or that none answers."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

from faq_builder.base.diagnostics import Severity
from faq_builder.cli.findings import wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.config import Permission, Source
from faq_builder.model import Topic
from faq_builder.pipeline import engine, site_of
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.render.site import Site
from faq_builder.staff.suggest import (
    Relevance,
    Suggested,
    page_url,
    ready_reply,
    suggest_topics,
    suggestions_record,
)


def suggest(arguments: Namespace) -> int:
    """Print the topics that answer, or that none does; the exit code is 0 in either case."""
    questions = list(_questions(arguments))
    prepared = prepared_site(arguments, Severity.ERROR)
    site, similarity, products = site_of(prepared), engine(prepared.config), prepared.config.group.products
    for number, (title, body) in enumerate(questions):
        found = suggest_topics(
            title, body, prepared.grouping.topics, similarity, products=products, best=arguments.limit
        )
        if arguments.json:
            print(json.dumps(suggestions_record(site, title, found), ensure_ascii=False))
            continue
        print("\n" * (number > 0), end="")
        if len(questions) > 1:
            print(f"{title}\n")
        print("\n".join(_report(site, found)))
    return 0


def _report(site: Site, found: Sequence[Suggested]) -> Iterator[str]:
    """Yield the lines about one question: what answers it, who waits for the same answer, what is only near."""
    answers, waiting, near = (
        [s for s in found if s.relevance is kind] for kind in (Relevance.ANSWERS, Relevance.WAITING, Relevance.NEAR)
    )
    if not answers:
        yield "nothing here answers that"
    for suggested in answers:
        yield from _topic_lines(site, suggested)
    if waiting:
        yield "\nasked before, waiting for an answer:\n"
    for suggested in waiting:
        yield f"{suggested.score:.2f}  {suggested.topic.question}  ({_asked(suggested.topic)})"
        yield f"      {suggested.topic.members[0].thread.url or suggested.topic.id}"
    if near:
        yield "\nnear, but it asks something else:\n"
    for suggested in near:
        yield from _topic_lines(site, suggested)
    if answers:
        yield f"\nA reply that links there:\n\n{ready_reply(site, answers[0].topic)}"


def _topic_lines(site: Site, suggested: Suggested) -> Iterator[str]:
    topic = suggested.topic
    yield f"{suggested.score:.2f}  {topic.question}  ({topic.id}, {_asked(topic)})"
    yield f"      {_page(site, topic)}"
    if suggested.difference:
        yield f"      differs by {suggested.difference}"
    for other in suggested.same_as:
        yield f"      probably the same question: {other.question}  ({other.id})"


def _asked(topic: Topic) -> str:
    return f"asked by {topic.asked}" if topic.asked > 1 else "asked once"


def _page(site: Site, topic: Topic) -> str:
    """Return the URL of a topic's page, or why it has none."""
    missing = "set `site_url` in mkdocs.yml" if topic.published else "a preview: `faq lock` makes its URL permanent"
    return str(page_url(site, topic) or missing)


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
