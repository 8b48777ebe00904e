"""Reading YAML: scalars stay as written, and nothing is dropped silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.base import yaml
from faq_builder.base.yaml import Mapping, Scalar, Sequence


def load(text: str, *, comments: bool = True) -> tuple[yaml.Node | None, list[str]]:
    node, findings = yaml.load_content(text, "a.md", "FAQ101", comments=comments)
    return node, [f"{d.where.line}: {d.message} | {d.help}" for d in findings]


@pytest.mark.parametrize("written", ["4.10", "no", "404", "1e3", "2024-01-01", "0x1F", "null"])
def test_a_scalar_stays_what_was_written(written: str) -> None:
    node, findings = load(f"a: {written}")
    assert isinstance(node, Mapping)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert (value.text, findings) == (written, [])


def test_values_know_their_line() -> None:
    node, _ = yaml.load_content("a: 1\nb:\n  - x\n  - y\n", "a.md", "FAQ101", first_line=2)
    assert isinstance(node, Mapping)
    items = node.get("b")
    assert isinstance(items, Sequence)
    assert [item.line for item in items.items] == [4, 5]


def test_a_colon_in_a_title_gets_the_help_it_needs() -> None:
    _, findings = load("title: Error: it broke")
    assert findings == [
        '1: a value contains a colon and a space without quotes | put the value in quotes: title: "..."'
    ]


def test_a_line_that_is_indented_deeper_than_its_neighbour_is_no_matter_of_quotes() -> None:
    _, findings = load("faq:\n  version: 1\n   sources:\n    - key: forum\n")
    assert [f.split(" | ")[0] for f in findings] == [
        "3: the line is indented more than the line above, which already has a value"
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


def test_a_duplicate_key() -> None:
    assert load("a: 1\na: 2")[1] == ["2: the same key occurs twice | keep one of them"]


def test_an_alias_that_contains_itself() -> None:
    assert load("- &a [*a]")[1] == ["1: an alias contains itself | write the value out"]


def test_aliases_of_aliases_stay_small() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    node, findings = load(text)
    assert isinstance(node, Mapping)
    assert findings == []


@given(st.text())
def test_any_text_gives_a_tree_or_findings_with_a_place(text: str) -> None:
    node, findings = yaml.load_content(text, "a.md", "FAQ101", first_line=2)
    assert node is None or node.line >= 2
    assert all(d.where.line is not None and d.where.line >= 2 for d in findings)


TAG = "a value begins with `!`, which makes its first word a YAML tag"
IN_QUOTES = "put the whole value in quotes"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("title: !ENV FAQ_TEST_TOKEN", [1]),
        ("tags:\n  - !ENV FAQ_TEST_TOKEN\n  - !ENV [NOPE, FAQ_TEST_TOKEN, d]", [2, 3]),
        ("%TAG !e! !EN\n---\ntitle: !e!V FAQ_TEST_TOKEN", [3]),
        ("title: !<!ENV> FAQ_TEST_TOKEN", [1]),
        ("title: &a !ENV FAQ_TEST_TOKEN\nurl: *a", [1]),
        ("!ENV FAQ_TEST_TOKEN", [1]),
        ("!ENV FAQ_TEST_TOKEN: x", [1]),
        ("title: !important does not win, why?", [1]),
        ("title: ! does not win, why?", [1]),
        ("title: !", [1]),
        ("title: !!str 404", [1]),
        ("title: !!python/object/apply:os.getenv [FAQ_TEST_TOKEN]", [1]),
    ],
)
def test_a_tag_in_content_is_a_finding_and_reads_no_environment(
    monkeypatch: pytest.MonkeyPatch, text: str, lines: list[int]
) -> None:
    monkeypatch.setenv("FAQ_TEST_TOKEN", "made-up-token")
    node, findings = load(text)
    assert findings == [f"{line}: {TAG} | {IN_QUOTES}; `!ENV` works in mkdocs.yml only" for line in lines]
    assert "made-up-token" not in repr(node)


@pytest.mark.parametrize(
    "text", ['title: "!ENV HOME"', "title: '!important'", "title: wow! it works", "a: |\n  !ENV HOME"]
)
def test_an_exclamation_mark_in_quotes_or_within_a_text_is_no_tag(text: str) -> None:
    assert load(text)[1] == []


@pytest.mark.parametrize(
    "value", ["!wow! this", '!"x" y', "!a !b", "*bold* is", "*gone", "&amp; is", "@ann", "`x`", "%s"]
)
def test_a_value_that_begins_with_a_character_of_yaml_gets_the_help_it_needs(value: str) -> None:
    assert load(f"a: 1\ntitle: {value}")[1] == [
        f"2: a value begins with a character that has a meaning in YAML | {IN_QUOTES}"
    ]


def test_escapes_of_a_surrogate_pair_are_one_character() -> None:
    node, findings = load('"\\uD83D\\uDE00": "a \\uD83D\\uDE00\\uD83D\\uDE00"')
    assert (node, findings) == (Mapping(((Scalar("😀", 1), Scalar("a 😀😀", 1, plain=False)),), 1), [])


@pytest.mark.parametrize(
    ("escaped", "whole"),
    [(r"\uD83D", "�"), (r"\uDE00\uD83D x", "�� x"), (r"\U0000D83D\uD83D\uDE00", "�😀"), (r"\uFFFD\uDE00", "��")],
)
def test_half_of_a_character_is_a_finding(escaped: str, whole: str) -> None:
    for load_text in (yaml.load_content, yaml.load_configuration):
        node, findings = load_text(f'a: 1\nb: "{escaped}"', "a.md", "FAQ101")
        assert isinstance(node, Mapping)
        assert node.get("b") == Scalar(whole, 2, plain=False)
        assert [(d.where.line, d.message) for d in findings] == [(2, "an escape is only half of a character")]


@pytest.mark.parametrize("escape", [r"\U00110000", r"\UFFFFFFFF"])
def test_an_escape_of_no_character_is_a_finding(escape: str) -> None:
    assert load(f'a: 1\nb: "{escape}"')[1] == [
        "2: not YAML: found an escape of a character that does not exist | check quotes and indentation"
    ]
