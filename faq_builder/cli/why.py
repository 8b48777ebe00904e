"""`faq why URL`: explain a topic: its threads, its answer, the decisions about it."""

from argparse import Namespace

from faq_builder.base.diagnostics import Severity
from faq_builder.cli.findings import wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.staff.lookup import find_target
from faq_builder.staff.why import explain_hidden, explain_topic, topics_of

ADVICE = "give the URL of a discussion, a reply or a page, or an id that `faq topics` prints"


def why(arguments: Namespace) -> int:
    """Explain the topics behind a URL or id; say so if a thread is hidden or gone."""
    prepared = prepared_site(arguments, Severity.ERROR)
    place = find_target(prepared, arguments.address)
    if place is None:
        raise wrong_use("faq why", "no thread, message or page of this FAQ has this URL", ADVICE)
    topics = topics_of(place, prepared.grouping)
    for number, topic in enumerate(topics):
        print("\n" * (number > 0), end="")
        lines = explain_topic(topic, prepared.grouping, prepared.ledger, prepared.decisions, prepared.targets)
        print("\n".join(lines))
    for key in place.threads if not topics else ():
        if key in prepared.grouping.hidden:
            print("\n".join(explain_hidden(key, prepared.decisions, prepared.targets)))
        else:
            print(f"{key} was published here; no source contains it any more")
    return 0
