"""Whole threads: every field is redacted, permissions and names are respected, findings quote nothing."""

from dataclasses import replace

import pytest
from conversations import ANNA, BEA, FORUM, FRED, message, thread

from faq_builder.base.diagnostics import Severity
from faq_builder.config import AuthorNames, Permission, RedactRules, Source
from faq_builder.model import Author, PublicText, PublicThread, RawThread, Role, ThreadKey, Url
from faq_builder.redact import redact_threads, role_labels

RULES = RedactRules()
KEY = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
MAIL = "fred.miller@rain-widgets.com"


def public(raw: RawThread, source: Source = FORUM, rules: RedactRules = RULES) -> PublicThread:
    redacted = redact_threads([raw], {source.key: source}, rules)
    assert len(redacted.threads) == 1
    return redacted.threads[0]


def test_every_text_of_a_thread_is_cleaned() -> None:
    raw = thread(
        message(1, replace(FRED, name=f"Fred {MAIL}"), f"I am {MAIL}"),
        message(2, ANNA, f"Use {KEY}"),
        title=f"Mail of {MAIL} is gone",
        tags=("widgets", MAIL),
        versions=("4.8.81.200", MAIL),
    )
    shown = public(raw)
    assert MAIL not in repr(shown)
    assert KEY not in repr(shown)
    assert shown.title.value == "Mail of [e-mail removed] is gone"
    assert shown.messages[0].author is not None
    assert shown.messages[0].author.name == PublicText("Fred [e-mail removed]")
    assert shown.tags == (PublicText("widgets"),)
    assert shown.versions == (PublicText("4.8.81.200"),)


def test_addresses_that_hold_private_data_are_dropped() -> None:
    secret = Url(f"https://forum.example/t/42?user={MAIL}")
    token = Url(f"https://forum.example/t/42?key={KEY}")
    author = replace(FRED, profile=secret)
    raw = thread(message(1, author, "Help", url=token), url=secret, duplicate_of=(secret, ThreadKey("forum", "7")))
    shown = public(raw)
    assert shown.url is None
    assert shown.question.url is None
    assert shown.question.author is not None
    assert shown.question.author.profile is None
    assert shown.duplicate_of == (ThreadKey("forum", "7"),)


def test_what_is_no_text_stays_as_it_is() -> None:
    raw = thread(
        message(1, FRED, "Help", url=Url("https://forum.example/t/42/1")),
        message(2, ANNA, "Blue ones hold.", accepted=True, votes=3, reply_to="1", licence="CC BY-SA 4.0"),
        language="en",
    )
    shown = public(raw)
    assert [m.id for m in shown.messages] == ["1", "2"]
    answer = shown.messages[1]
    assert (answer.accepted, answer.votes, answer.reply_to, answer.licence) == (True, 3, "1", "CC BY-SA 4.0")
    assert answer.written_at == raw.messages[1].written_at
    assert shown.url == raw.url
    assert shown.language == "en"


def test_findings_name_the_place_and_quote_nothing() -> None:
    raw = thread(message(1, FRED, f"I am {MAIL}, +49 30 1234567"), message(2, ANNA, f"Use {KEY}"))
    found = redact_threads([raw], {"forum": FORUM}, RULES).diagnostics
    assert [(d.code, str(d.where), d.level) for d in found] == [
        ("FAQ501", "forum:42/1", Severity.INFO),
        ("FAQ502", "forum:42/2", Severity.WARNING),
    ]
    assert "e-mail 1, phone number 1" in found[0].message
    assert "create a new key" in found[1].help
    assert not any(text in str(d) for d in found for text in (MAIL, KEY, "1234567"))


def test_a_thread_without_findings_has_none() -> None:
    redacted = redact_threads([thread(message(1, FRED, "Help"))], {"forum": FORUM}, RULES)
    assert redacted.diagnostics == ()
    assert redacted.threads_left_out == {}
    assert redacted.messages_left_out == {}


def test_a_source_that_is_not_configured_is_the_companys_own() -> None:
    long = "A long sentence about red widgets. " * 30
    assert redact_threads([thread(message(1, FRED, long))], {}, RULES).threads[0].question.body.value == long


def test_an_excerpt_is_short_and_cleaned_before_it_is_cut() -> None:
    body = "Word " * 58 + f"my key is {KEY} and so on. " + "More. " * 100
    shown = public(thread(message(1, FRED, body)), replace(FORUM, permission=Permission.EXCERPT))
    assert len(shown.question.body.value) < 400
    assert shown.question.body.value.endswith(" …")
    assert "gh" + "p_" not in shown.question.body.value


def test_a_link_has_a_title_and_no_texts() -> None:
    shown = public(thread(message(1, FRED, "Help")), replace(FORUM, permission=Permission.LINK))
    assert shown.title.value == "Why did my red widget shatter?"
    assert shown.question.body.value == ""


def test_where_roles_are_shown_nobody_has_a_name() -> None:
    raw = thread(
        message(1, FRED, "Hi anna, can you help?"),
        message(2, ANNA, "@fred_rain yes. Bea-Widgets said so, see [@Bea-Widgets](https://forum.example/u/x)."),
        message(3, BEA, "fred_rain wrote:\n> it broke\n\nThanks anna! A banana is no anna\\_b."),
        message(4, Author(key="9", name="carl"), "What @anna says"),
    )
    shown = public(raw, replace(FORUM, names=AuthorNames.ROLES))
    assert [m.author.name for m in shown.messages if m.author] == [None] * 4
    assert [m.author.profile for m in shown.messages if m.author] == [None] * 4
    assert [m.body.value for m in shown.messages] == [
        "Hi person 2, can you help?",
        "asker yes. staff said so, see staff.",
        "asker wrote:\n> it broke\n\nThanks person 2! A banana is no anna\\_b.",
        "What person 2 says",
    ]


def test_handles_that_are_no_words_go_bare_too_where_roles_are_shown() -> None:
    raw = thread(
        message(1, Author(key="5", name="fredstone"), "Does it hold in rain?", role=Role.ASKER),
        message(2, Author(key="6", name="rain"), "Look at what Fredstone built; rain is wet."),
        title="Rain and FredStone things",
        tags=("fredstone", "rain"),
    )
    shown = public(raw, replace(FORUM, names=AuthorNames.ROLES))
    assert shown.title.value == "Rain and asker things"
    assert shown.tags == (PublicText("rain"),)
    assert [m.body.value for m in shown.messages] == [
        "Does it hold in rain?",
        "Look at what asker built; rain is wet.",
    ]


def test_roles_count_people_and_not_messages() -> None:
    raw = thread(message(1, FRED, "a"), message(2, ANNA, "b"), message(3, ANNA, "c"), message(4, Author(key="9"), "d"))
    assert role_labels(raw) == {"826": "asker", "7": "person 2", "9": "person 3"}


def test_a_licence_that_demands_the_name_keeps_it() -> None:
    raw = thread(message(1, FRED, "a", licence="CC BY-SA 4.0"), message(2, ANNA, "b"))
    shown = public(raw, replace(FORUM, names=AuthorNames.ROLES))
    assert [m.author.name and m.author.name.value for m in shown.messages if m.author] == ["fred_rain", None]


@pytest.mark.parametrize("names", list(AuthorNames))
@pytest.mark.parametrize("permission", list(Permission))
def test_redacting_what_was_redacted_changes_nothing(names: AuthorNames, permission: Permission) -> None:
    raw = thread(
        message(1, FRED, f"I am {MAIL}. " + "Red widgets shatter in rain. " * 40, votes=2),
        message(2, ANNA, f"@fred_rain use {KEY}\n\n```\ncode\n```\n" + "Blue ones hold. " * 40),
    )
    source = replace(FORUM, names=names, permission=permission)
    once = public(raw, source)
    again = replace(
        raw,
        title=once.title.value,
        messages=tuple(
            replace(before, body=after.body.value, author=Author(key=before.author.key) if before.author else None)
            for before, after in zip(raw.messages, once.messages, strict=True)
        ),
    )
    twice = public(again, source)
    assert [m.body for m in twice.messages] == [m.body for m in once.messages]
    assert twice.title == once.title
