"""What an answer replies to and its updates, on the page and wherever the answer is quoted."""

import json
import re
from dataclasses import replace

from sample_site import SOURCES, author, marked, message, sample_site, simple, thread, topic

from faq_builder.config import Permission
from faq_builder.model import (
    Answer,
    Grouping,
    JoinedBy,
    LikelyDuplicate,
    LinkedThread,
    PublicText,
    Reason,
    Role,
    Topic,
)
from faq_builder.render.context import answer_summary
from faq_builder.render.topic import topic_page
from faq_builder.search.topic_documents import site_documents

UPDATED = "Hey Fred, this is now possible for 90 days!"


def returns(*more: str, permission: str = "forum", reply: str = "Not at all. The days begin on the birthday.") -> Topic:
    zoe = author("Zoë")
    later = [message(str(n), text, Role.STAFF, zoe, day=n) for n, text in enumerate(more, start=3)]
    asked = message("1", "Bought in April. Is it too late to send it back?", Role.ASKER, author("Fred"))
    one = thread(permission, "5", "Late present", asked, message("2", reply, Role.STAFF, zoe, day=2), *later)
    found = topic("returns", (one, marked("2")))
    return replace(found, question=PublicText("How long may I send a widget back?"))


def body(one: Topic, *others: Topic) -> str:
    grouping = Grouping(topics=tuple(sorted((one, *others), key=lambda t: t.id)))
    return topic_page(replace(sample_site(), grouping=grouping), one).body.value


def test_the_words_stand_above_the_answer_and_wherever_it_is_quoted() -> None:
    site = replace(sample_site(), grouping=Grouping(topics=(returns(),)))
    page = topic_page(site, returns())
    words = "Is it too late to send it back?"
    assert f'Asked here as: <q dir="auto">{words}</q></p>' in page.body.value
    assert page.body.value.index(words) < page.body.value.index("Not at all.")
    quoted = f"Asked here as: “{words}” Not at all."
    assert page.description.value.startswith(quoted)
    record = json.loads(re.sub("^<script[^>]*>|</script>$", "", page.head.value))
    assert record["mainEntity"]["acceptedAnswer"]["text"].startswith(quoted)
    assert str(site_documents(site)[0].snippet).startswith(f"“{words}” Not at all.")
    assert len(str(site_documents(site)[0].snippet)) <= 110


def test_a_source_that_permits_only_links_quotes_no_words() -> None:
    assert SOURCES["list"].permission is Permission.LINK
    empty = returns(permission="list", reply="")
    (member,) = empty.members
    silent = tuple(replace(one, body=PublicText("")) for one in member.thread.messages)  # as redaction leaves it
    empty = replace(empty, members=(replace(member, thread=replace(member.thread, messages=silent)),))
    page = topic_page(replace(sample_site(), grouping=Grouping(topics=(empty,))), empty)
    assert "too late" not in page.body.value + page.head.value + page.description.value
    assert 'Asked here as: <q dir="auto">Late present</q>' in page.body.value


def test_a_further_answer_and_a_follow_up_say_what_they_reply_to() -> None:
    one = returns()
    follow = message("4", "Yes.", Role.STAFF, author("Zoë"), day=4)
    asked = replace(
        message("3", "And the little green slip, too?", Role.ASKER, author("Fred")),
        body=PublicText("And the little green slip, too?"),
    )
    (member,) = one.members
    messages = (*member.thread.messages, asked, replace(follow, reply_to="3"))
    member = replace(member, thread=replace(member.thread, messages=messages), answer=marked("2", "4"))
    other = simple("other", "May a widget go back by lorry?", "Yes, gladly.").members[0]
    page = body(replace(one, members=(member, other)))
    assert 'Replies to: <q dir="auto">And the little green slip, too?</q>' in page
    assert 'Asked there as: <q dir="auto">May a widget go back by lorry?' in page


def test_an_update_stands_below_the_answer_with_its_date() -> None:
    page = body(returns(UPDATED))
    assert "Update by <bdi>Zoë</bdi>, <time" in page
    assert page.index("Not at all.") < page.index("this is now possible") < page.index("faq-answer__source")
    assert '<p class="faq-opening">Hey Fred,</p>' in page
    summary = str(answer_summary(sample_site().labels, returns(UPDATED), 180))
    assert summary.endswith("Update: Hey Fred, this is now possible for 90 days!")
    assert len(summary) <= 180
    assert "Update" not in body(returns("This was fun."))


def test_linked_threads_are_listed_and_thanked_without_their_answers() -> None:
    other = simple("other", "Can I return it?", "Never on a Sunday.")
    (member,) = other.members
    for because, words in (
        (JoinedBy.SOURCE, "marked there as a duplicate of this question"),
        (JoinedBy.LINK, "a reply there links to this question"),
    ):
        one = replace(returns(), linked=(LinkedThread(thread=member.thread, because=because),))
        page = body(one, other)
        assert words in page
        assert 'href="https://forum.widgets.example/t/other"' in page
        assert "Never on a Sunday" not in page
        assert "Asked 2 times" in page
        assert "<bdi>grace</bdi>" in page


def test_likely_duplicates_are_told_apart_from_related_questions() -> None:
    other, near = simple("other", "Can I return it?", "Yes."), simple("near", "Is it safe?", "Yes.")
    likely = (LikelyDuplicate(topic=other.id, because=JoinedBy.MEANING, score=0.8),)
    page = body(replace(returns(), likely_duplicates=likely, related=(other.id, near.id)), other, near)
    assert page.count("../../q/other/") == 1
    section = page[page.index("Probably the same question") : page.index("Related questions")]
    assert "../../q/other/" in section
    assert "A program thinks so" in section
    assert "../../q/near/" in page[page.index("Related questions") :]


def test_a_fitted_model_gives_its_reason() -> None:
    one = returns()
    (member,) = one.members
    member = replace(member, answer=Answer(messages=("2",), reason=Reason.MODEL, confidence=0.8))
    assert "Nobody marked an answer. A program chose this reply" in body(replace(one, members=(member,)))
