"""YAML as text: scalars stay what was written, and nothing is dropped in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder import yamltext
from faq_builder.yamltext import Mapping, Scalar, Sequence


def load(text: str, *, comments: bool = True) -> tuple[yamltext.Node | None, list[str]]:
    node, findings = yamltext.load(text, "a.md", "FAQ101", comments=comments)
    return node, [f"{d.where.line}: {d.message} | {d.help}" for d in findings]


@pytest.mark.parametrize("written", ["4.10", "no", "404", "1e3", "2024-01-01", "0x1F", "null"])
def test_a_scalar_stays_what_was_written(written: str) -> None:
    node, findings = load(f"a: {written}")
    assert isinstance(node, Mapping)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert (value.text, findings) == (written, [])


def test_values_know_their_line() -> None:
    node, _ = yamltext.load("a: 1\nb:\n  - x\n  - y\n", "a.md", "FAQ101", first_line=2)
    assert isinstance(node, Mapping)
    items = node.get("b")
    assert isinstance(items, Sequence)
    assert [item.line for item in items.items] == [4, 5]


def test_a_colon_in_a_title_gets_the_help_it_needs() -> None:
    _, findings = load("title: Error: it broke")
    assert findings == ['1: a value holds a colon and a space without quotes | put the value in quotes: title: "..."']


def test_a_line_that_is_indented_deeper_than_its_neighbour_is_no_matter_of_quotes() -> None:
    _, findings = load("faq:\n  version: 1\n   sources:\n    - key: forum\n")
    assert [f.split(" | ")[0] for f in findings] == [
        "3: the line is indented deeper than the one above, which has a value already"
    ]


@pytest.mark.parametrize(
    ("text", "comments", "found"),
    [
        ("title: crash #42", True, 1),
        ("title: crash # see 42", True, 0),
        ("title: crash # see 42", False, 1),
        ('title: "crash #42"', False, 0),
        ("# a comment\ntitle: crash", False, 0),
    ],
)
def test_text_lost_behind_a_hash_is_a_finding(text: str, comments: bool, found: int) -> None:
    assert len(load(text, comments=comments)[1]) == found


def test_a_key_that_stands_twice() -> None:
    assert load("a: 1\na: 2")[1] == ["2: the same key stands twice | keep one of them"]


def test_an_alias_that_contains_itself() -> None:
    assert load("- &a [*a]")[1] == ["1: an alias contains itself | write the value out"]


def test_aliases_of_aliases_stay_small() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    node, findings = load(text)
    assert isinstance(node, Mapping)
    assert findings == []


@given(st.text())
def test_any_text_gives_a_tree_or_findings_with_a_place(text: str) -> None:
    node, findings = yamltext.load(text, "a.md", "FAQ101", first_line=2)
    assert node is None or node.line >= 2
    assert all(d.where.line is not None and d.where.line >= 2 for d in findings)
