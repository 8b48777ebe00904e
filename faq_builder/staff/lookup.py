"""What a URL or id on the command line refers to: threads of the site, or a topic that is not locked yet."""

from faq_builder.decisions import Target
from faq_builder.model import ThreadKey, Topic
from faq_builder.pipeline import Prepared


def find_target(prepared: Prepared, url: str) -> Target | None:
    """Return the thread, message or page that a URL or id refers to, previews included; None if there is none."""
    target = prepared.targets.find(url)
    if target is None:
        topic = preview_at(prepared, url)
        return Target(threads=(topic.members[0].thread.key,)) if topic else None
    return target


def preview_at(prepared: Prepared, url: str) -> Topic | None:
    """Return the topic that is not locked yet and whose page would have this URL or id.

    Example: `https://faq.example/q/my-hub-blinks/` and `my-hub-blinks` give the same topic.
    """
    name = url.partition("#")[0].partition("?")[0].rstrip("/").removesuffix("/index.html").rpartition("/q/")[2]
    return next((t for t in prepared.grouping.topics if t.published is None and name in (t.slug, t.id)), None)


def threads_at(prepared: Prepared, url: str) -> tuple[ThreadKey, ...]:
    """Return the keys of all threads that a URL or id refers to, those of a whole page included."""
    target = prepared.targets.find(url)
    if target is not None:
        return target.threads
    topic = preview_at(prepared, url)
    return tuple(member.thread.key for member in topic.members) if topic else ()
