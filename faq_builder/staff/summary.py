"""One line that says where all threads of a run went."""

from faq_builder.base.diagnostics import counted
from faq_builder.pipeline import Prepared


def summary(prepared: Prepared) -> str:
    """Return the balance of a run in one line that adds up."""
    balance, grouping = prepared.balance, prepared.grouping
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
