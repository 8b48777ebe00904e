"""`faq why ADDRESS`: why a topic is as it is."""

from argparse import Namespace

from faq_builder.base.diagnostics import Severity
from faq_builder.cli.findings import wrong_use
from faq_builder.cli.site import prepared_site
from faq_builder.decisions import Target
from faq_builder.model import Topic
from faq_builder.pipeline import Prepared
from faq_builder.staff.why import explain_hidden, explain_topic, topics_of

ADVICE = "give the address of a discussion, a reply or a page, or an id as `faq topics` prints it"


def why(arguments: Namespace) -> int:
    """Print the topics that an address leads to, with everything that made them so."""
    prepared = prepared_site(arguments, Severity.ERROR)
    place = find_place(prepared, arguments.address)
    if place is None:
        raise wrong_use("faq why", "this address leads to no thread, message or page of this FAQ", ADVICE)
    topics = topics_of(place, prepared.grouping)
    for number, topic in enumerate(topics):
        print("\n" * (number > 0), end="")
        lines = explain_topic(topic, prepared.grouping, prepared.ledger, prepared.decisions, prepared.addresses)
        print("\n".join(lines))
    for key in place.threads if not topics else ():
        if key in prepared.grouping.hidden:
            print("\n".join(explain_hidden(key, prepared.decisions, prepared.addresses)))
        else:
            print(f"{key} was published here; no source holds it any more")
    return 0


def find_place(prepared: Prepared, address: str) -> Target | None:
    """Where an address leads, also that of a page which is only a preview so far."""
    place = prepared.addresses.find(address)
    if place is None:
        topic = preview_at(prepared, address)
        return Target(threads=(topic.members[0].thread.key,)) if topic else None
    return place


def preview_at(prepared: Prepared, address: str) -> Topic | None:
    """The topic without permanent address whose page would stand at this one."""
    name = address.partition("#")[0].partition("?")[0].rstrip("/").removesuffix("/index.html").rpartition("/q/")[2]
    return next((t for t in prepared.grouping.topics if t.published is None and name in (t.slug, t.id)), None)
