"""Decisions that commands append: what people wrote in the file stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.base.diagnostics import Location
from faq_builder.decisions.appending import append_decisions, decisions_file, remove_decision
from faq_builder.decisions.reading import parse_decisions
from faq_builder.model import Decision, DecisionKind

HERE = Location(path="new")
SAME = Decision(kind=DecisionKind.SAME, references=("forum:1", "https://a.example/t/2"), reason="alike", where=HERE)
BY_HAND = """\
# ours; ask Theo before you change it
version: 1
decisions:

- hide: forum:9   # spam
  reason:   'twice  said'
"""


def contents(text: str) -> list[tuple[object, ...]]:
    decisions, findings = parse_decisions(text, "x.yml")
    assert not findings
    return [(d.kind, d.references, d.reason, d.text, d.on, d.version, d.instead) for d in decisions]


def test_a_new_file_is_a_file_of_decisions() -> None:
    assert append_decisions("", [SAME]) == (
        "version: 1\ndecisions:\n  - same:\n      - forum:1\n      - https://a.example/t/2\n    reason: alike\n"
    )


def test_what_people_wrote_stays_as_it_is() -> None:
    text = append_decisions(BY_HAND, [SAME, SAME])
    assert text is not None
    assert text.startswith(BY_HAND)
    assert "\n\n- same:\n    - forum:1\n" in text
    assert [c[0] for c in contents(text)] == [DecisionKind.HIDE, DecisionKind.SAME, DecisionKind.SAME]


@pytest.mark.parametrize("text", ["version: 1\ndecisions: []\n", "version: 1\ndecisions:", "decisions:\nversion: 1\n"])
def test_files_without_a_decision(text: str) -> None:
    grown = append_decisions(text, [SAME])
    if text.startswith("decisions"):
        assert grown is None  # the list would have to go in the middle
    else:
        assert grown is not None
        assert len(contents(grown)) == 1


@pytest.mark.parametrize(
    "text",
    ["version: 1\ndecisions: [{hide: forum:9, reason: spam}]\n", "version: 1\ndecisions:\n  - hide: [x\n", "- a\n"],
)
def test_a_file_that_would_have_to_change_is_left_alone(text: str) -> None:
    assert append_decisions(text, [SAME]) is None


def test_removing_takes_away_only_what_was_added() -> None:
    one, two = (text for text in (append_decisions(BY_HAND, [SAME]), append_decisions("", [SAME, SAME])) if text)
    assert remove_decision(one, SAME) == BY_HAND
    assert two is not None
    assert remove_decision(two, SAME) == append_decisions("", [SAME])
    assert remove_decision(BY_HAND, SAME) is None


def test_an_entry_in_the_middle_is_removed_with_nothing_else() -> None:
    text = append_decisions(f"{BY_HAND}\n# about rain\n", [SAME]) or ""
    text = f"{text}\n# the last one\n- hide: forum:10\n  reason: spam\n"
    cut = remove_decision(text, SAME)
    assert cut is not None
    assert [c[1] for c in contents(cut)] == [("forum:9",), ("forum:10",)]
    assert "# about rain" in cut
    assert "# the last one" in cut


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Fred", "fred"),
        ("Zoë Zimt", "zoe-zimt"),
        ("../../etc/passwd", "etc-passwd"),
        ("fred@widgets.example", "faq"),
        ("  ", "faq"),
        ("A" * 99, "a" * 40),
    ],
)
def test_a_reviewers_file_is_named_after_the_reviewer(name: str, file: str) -> None:
    assert decisions_file(name) == f"content/decisions/{file}.yml"


def test_two_names_without_latin_letters_are_two_files() -> None:
    assert len({decisions_file(name) for name in ("山田", "鈴木", "山田")}) == 2


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(
    lambda t: t.strip() == t and t.isprintable()
)
ADDRESSES = st.one_of(st.from_regex(r"https://[a-z]{1,5}\.example/[a-z0-9#?=&_.-]{1,9}", fullmatch=True), TEXTS)


@given(ADDRESSES, TEXTS, TEXTS)
def test_any_words_come_back_as_they_were(address: str, text: str, reason: str) -> None:
    decision = Decision(kind=DecisionKind.NOTE, references=(address,), reason=reason, text=text, where=HERE)
    grown = append_decisions(BY_HAND, [decision])
    assert grown is not None
    assert contents(grown)[1] == (DecisionKind.NOTE, (address,), reason, text, None, None, None)
    assert remove_decision(grown, decision) == BY_HAND
