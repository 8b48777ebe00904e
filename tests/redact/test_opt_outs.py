"""Opt-outs: people's names, or their texts too, are removed, also from texts that others wrote."""

from dataclasses import replace

import pytest
from conversations import ANNA, BEA, FORUM, FRED, message, thread

from faq_builder.config import OptOut, RedactRules
from faq_builder.model import Author, RawThread, ThreadKey, Url
from faq_builder.redact import Redacted, redact_threads

NAME = OptOut(source="forum", handle="Fred_Rain")
TEXT = replace(NAME, removes_text=True)


def redacted(*threads: RawThread, opt_out: OptOut) -> Redacted:
    return redact_threads(threads, {"forum": FORUM}, RedactRules(opt_outs=(opt_out,)))


def bodies(result: Redacted) -> list[str]:
    return [m.body.value for t in result.threads for m in t.messages]


@pytest.mark.parametrize(
    "opt_out",
    [
        NAME,
        OptOut(handle="@FRED_RAIN"),
        OptOut(source="forum", account="826"),
        OptOut(profile=Url("http://forum.example/u/Fred_Rain/")),
    ],
    ids=["handle", "handle in every source", "account", "profile"],
)
def test_a_person_is_met_by_handle_account_or_profile(opt_out: OptOut) -> None:
    raw = thread(message(1, FRED, "It broke"), message(2, ANNA, "@fred_rain: blue ones hold"))
    result = redacted(raw, opt_out=opt_out)
    author = result.threads[0].question.author
    assert author is not None
    assert (author.name, author.profile) == (None, None)
    assert "826" not in author.key
    assert bodies(result) == ["It broke", "[name removed]: blue ones hold"]


@pytest.mark.parametrize(
    "opt_out",
    [OptOut(source="chat", handle="fred_rain"), OptOut(handle="fred"), OptOut(account="82")],
    ids=["another source", "a part of the handle", "a part of the account"],
)
def test_others_are_not_met(opt_out: OptOut) -> None:
    result = redacted(thread(message(1, FRED, "@fred_rain and fred_rain wrote")), opt_out=opt_out)
    author = result.threads[0].question.author
    assert author is not None
    assert author.name is not None
    assert bodies(result) == ["@fred_rain and fred_rain wrote"]
    assert [d.code for d in result.diagnostics] == ["FAQ503"]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("@fred_rain look", "[name removed] look"),
        ("as Fred_Rain wrote:\n> it broke", "as [name removed] wrote:\n> it broke"),
        ("fred\\_rain said so", "[name removed] said so"),
        ("[@fred_rain](https://forum.example/u/fred_rain) look", "[name removed] look"),
        ("see https://forum.example/u/fred_rain/activity", "see https://forum.example/u/name-removed/activity"),
        ("> @fred_rain:\n> it broke", "> [name removed]:\n> it broke"),
        ("fred_rainy and xfred_rain are others", "fred_rainy and xfred_rain are others"),
    ],
)
def test_mentions_by_others_are_removed(written: str, published: str) -> None:
    raw = thread(message(1, BEA, "Welcome"), message(2, FRED, "Hi"), message(3, ANNA, written))
    result = redacted(raw, opt_out=NAME)
    assert bodies(result) == ["Welcome", "Hi", published]
    assert "fred_rain" not in result.threads[0].title.value


def test_a_name_that_is_a_word_goes_only_where_it_is_somebody() -> None:
    rain = replace(ANNA, name="Rain")
    raw = thread(
        message(1, FRED, "Where is rain?"),
        message(2, rain, "x"),
        message(3, BEA, "Thanks Rain, rain said"),
        title="Rain and @rain",
        tags=("rain", "@rain"),
    )
    result = redacted(raw, opt_out=OptOut(handle="rain"))
    assert bodies(result)[0] == "Where is rain?"
    assert bodies(result)[2] == "Thanks [name removed], [name removed] said"
    assert result.threads[0].title.value == "Rain and [name removed]"
    assert [tag.value for tag in result.threads[0].tags] == ["rain"]


STONE = Author(key="55", name="fredstone", profile=Url("https://forum.example/u/fredstone"))


@pytest.mark.parametrize(
    "opt_out",
    [
        OptOut(handle="fredstone"),
        OptOut(handle="@fredstone"),
        OptOut(handle="@FREDstone"),
        OptOut(handle=" @fredstone "),
        OptOut(source="forum", account="55"),
        OptOut(profile=Url("https://forum.example/u/FredStone")),
    ],
    ids=["handle", "handle with a sign", "other case", "white space", "account", "profile"],
)
def test_a_name_that_is_no_word_goes_everywhere(opt_out: OptOut) -> None:
    raw = thread(
        message(1, STONE, "I am Fredstone (FREDSTONE)."),
        message(2, ANNA, "A question for fredstone: the fredstones and a redstone?"),
        title="Red widgets with FredStone things",
        tags=("fredstone", "FredStone", "@fredstone", "rain"),
        versions=("fredstone",),
    )
    result = redacted(raw, opt_out=opt_out)
    shown = result.threads[0]
    assert shown.title.value == "Red widgets with [name removed] things"
    assert [tag.value for tag in shown.tags] == ["rain"]
    assert shown.versions == ()
    assert bodies(result) == [
        "I am [name removed] ([name removed]).",
        "A question for [name removed]: the fredstones and a redstone?",
    ]
    assert result.diagnostics == ()


def test_an_account_that_is_a_handle_is_met_in_any_case_and_goes_from_texts() -> None:
    raw = thread(
        message(1, Author(key="FredStone", name="Fred S."), "x"), message(2, ANNA, "fredstone and Fred S. ask")
    )
    for account in ("FredStone", "@fredstone"):
        result = redacted(raw, opt_out=OptOut(account=account))
        assert bodies(result)[1] == "[name removed] and [name removed] ask"


def test_a_person_is_also_removed_from_threads_in_which_they_did_not_write() -> None:
    other = thread(message(1, ANNA, "@fred_rain told me"), key=ThreadKey("forum", "43"), title="What @fred_rain said")
    result = redacted(thread(message(1, FRED, "It broke")), other, opt_out=OptOut(account="826"))
    assert bodies(result)[1] == "[name removed] told me"
    assert result.threads[1].title.value == "What [name removed] said"


def test_texts_are_left_out_and_counted() -> None:
    raw = thread(
        message(1, ANNA, "It broke"),
        message(2, FRED, "Mine too, in heavy rain"),
        message(3, BEA, "Blue ones hold", reply_to="2", accepted=True),
    )
    result = redacted(raw, opt_out=TEXT)
    assert bodies(result) == ["It broke", "Blue ones hold"]
    assert result.threads[0].messages[1].reply_to is None
    assert result.messages_left_out == {"opted out": 1}
    assert result.threads_left_out == {}


def test_quotes_of_their_texts_go_too() -> None:
    said = "My red widget shattered when the rain began"
    others = [
        f"> {said}\n\nOh dear.",
        f"@fred_rain wrote:\n> {said[:25]}\n\nOh dear.",
        "> @fred_rain, [post](https://forum.example/t/42/2):\n> It broke\n\nOh dear.",
        "> Somebody else said this\n\nOh dear.",
    ]
    raw = thread(
        message(1, ANNA, "Does it hold?"),
        message(2, FRED, said),
        *(message(n, BEA, t) for n, t in enumerate(others, 3)),
    )
    shown = bodies(redacted(raw, opt_out=TEXT))[1:]
    assert not any(said[:25] in body or "It broke" in body for body in shown)
    assert all("Oh dear." in body for body in shown)
    assert shown[0].startswith("> [quote removed]")
    assert shown[3] == others[3]


def test_a_thread_whose_question_must_go_goes_whole() -> None:
    raw = thread(message(1, FRED, "It broke"), message(2, ANNA, "Blue ones hold"))
    result = redacted(raw, opt_out=TEXT)
    assert result.threads == ()
    assert result.threads_left_out == {"opted out": 1}
    assert result.messages_left_out == {"opted out": 2}


def test_an_accepted_answer_by_somebody_else_keeps_its_thread() -> None:
    raw = thread(message(1, FRED, "It broke"), message(2, ANNA, "Blue ones hold", accepted=True))
    result = redacted(raw, opt_out=TEXT)
    assert bodies(result) == ["", "Blue ones hold"]
    assert result.threads[0].question.author is not None
    assert result.threads[0].question.author.name is None
    assert result.messages_left_out == {}


def test_nothing_of_a_person_is_left() -> None:
    raw = thread(
        message(1, ANNA, "Fred_Rain, fred_rain's and (fred_rain)"),
        message(2, FRED, "I am the one"),
        message(3, BEA, "Thanks fred_rain! > fred_rain: hello, see /u/fred_rain"),
        title="fred_rain asks",
        tags=("fred_rain", "rain"),
    )
    for opt_out in (NAME, TEXT):
        assert "fred_rain" not in repr(redacted(raw, opt_out=opt_out).threads).casefold()
