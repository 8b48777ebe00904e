"""Published values that are not texts: ids, account keys, licences, languages."""

from dataclasses import replace

import planted
import pytest
from conversations import ANNA, FORUM, FRED, message, thread
from hypothesis import given, settings
from hypothesis import strategies as st

from faq_builder.config import AuthorNames, OptOut, RedactRules
from faq_builder.model import Author, PublicThread, RawThread, ThreadKey
from faq_builder.read.formats.markdown.thread_keys import opaque_if_private
from faq_builder.redact import Redacted, redact_threads

RULES = RedactRules()
MAIL = "fred.doe@rain-widgets.com"
KEY = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def redacted(*threads: RawThread, rules: RedactRules = RULES) -> Redacted:
    return redact_threads(threads, {"forum": FORUM}, rules)


def public(raw: RawThread, rules: RedactRules = RULES) -> PublicThread:
    return redacted(raw, rules=rules).threads[0]


@pytest.mark.parametrize("native", [MAIL, f"t/5?user={MAIL}", f"t/5?key={KEY}", "t/fred%40rain-widgets.com"])
def test_a_private_thread_id_becomes_a_stable_hash(native: str) -> None:
    key = ThreadKey("forum", native)
    raw = thread(message(1, FRED, f"I am {MAIL}"), key=key)
    twin = thread(message(1, FRED, "Same"), duplicate_of=(key, ThreadKey("forum", "7")))
    result = redacted(raw, twin)
    hidden = result.threads[0].key
    assert hidden.source == "forum"
    assert native not in repr(result)
    assert "fred" not in hidden.native
    assert result.threads[1].duplicate_of == (hidden, ThreadKey("forum", "7"))
    assert [d.where.item for d in result.diagnostics] == [f"{hidden.native}/1"]
    assert public(replace(thread(message(1, FRED, "x")), key=hidden)).key == hidden


@given(private=st.one_of(planted.emails, planted.keys), before=st.sampled_from(("", "t/5?user=", "u/", "t/5#")))
@settings(deadline=None)
def test_readers_leave_nothing_to_hide_in_an_id(private: str, before: str) -> None:
    key = ThreadKey("forum", opaque_if_private(before + private))
    assert private not in key.native
    assert public(thread(message(1, FRED, "x"), key=key)).key == key


@pytest.mark.parametrize("native", ["42", "how-to/red-widgets#comment-12", "t/5?user=@fred"])
def test_other_ids_stay(native: str) -> None:
    assert public(thread(message(1, FRED, "x"), key=ThreadKey("forum", native))).key.native == native


def test_a_key_is_no_message_id() -> None:
    first, second = replace(message(1, FRED, "x"), id=KEY), message(2, ANNA, f"I am {MAIL}", reply_to=KEY)
    result = redacted(thread(first, second))
    messages = result.threads[0].messages
    assert KEY not in repr(result)
    assert messages[1].reply_to == messages[0].id
    assert messages[1].id == "2"


@pytest.mark.parametrize("key", [MAIL, f"https://forum.example/u/{MAIL}", "+49 30 1234567", KEY])
@pytest.mark.parametrize("names", list(AuthorNames))
def test_an_account_key_tells_nothing_private(key: str, names: AuthorNames) -> None:
    raw = thread(message(1, Author(key=key, name="fred"), "x"), message(2, Author(key=key), "y"))
    shown = redact_threads([raw], {"forum": replace(FORUM, names=names)}, RULES).threads[0]
    assert key not in repr(shown)
    assert len({m.author.key for m in shown.messages if m.author}) == 1


def test_an_account_key_of_one_who_opted_out_is_the_same_hash() -> None:
    raw = thread(message(1, Author(key=MAIL, name="fred"), "x"))
    hidden = public(raw, RedactRules(opt_outs=(OptOut(account=MAIL),))).question.author
    shown = public(raw).question.author
    assert hidden is not None
    assert shown is not None
    assert (hidden.name, hidden.key) == (None, shown.key)


@pytest.mark.parametrize(
    "licence",
    [f"<b>{MAIL}", MAIL, "<script>alert(1)</script>", "CC BY\nSA", "", "long " * 30, "\u202eCC BY", f"MIT {KEY}"],
)
def test_a_licence_is_the_name_of_one(licence: str) -> None:
    assert public(thread(message(1, FRED, "x", licence=licence))).question.licence is None


@pytest.mark.parametrize(
    "licence",
    [
        "CC BY-SA 4.0",
        "CC0 1.0",
        "MIT",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "Open Licence (© 2024), v. 2",
    ],
)
def test_licences_stay(licence: str) -> None:
    assert public(thread(message(1, FRED, "x", licence=licence))).question.licence == licence


def test_a_licence_does_not_name_who_opted_out() -> None:
    rules = RedactRules(opt_outs=(OptOut(handle="fred_rain"),))
    assert public(thread(message(1, FRED, "x", licence="© fred_rain")), rules).question.licence is None


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "en"), ("zh-Hant-TW", "zh-Hant-TW"), (MAIL, None), ('"><b', None)]
)
def test_a_language_is_a_tag(language: str, shown: str | None) -> None:
    assert public(thread(message(1, FRED, "x"), language=language)).language == shown


@pytest.mark.parametrize(("name", "shown"), [("github-discussions", "github-discussions"), (MAIL, "unknown")])
def test_a_format_is_the_name_of_one(name: str, shown: str) -> None:
    assert public(thread(message(1, FRED, "x"), format=name)).format == shown
