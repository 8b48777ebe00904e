"""The ledger's file: reading returns what was written, and repairs what a merge broke without losing a slug."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.base.diagnostics import Severity
from faq_builder.ledger import ledger_text, parse_ledger
from faq_builder.model import Ledger, LedgerRow
from thread_samples import key

SHOWN = "content/ledger.jsonl"
DAYS = [date(2024, 1, day) for day in range(1, 10)]


def row(name: str, *members: str, slug: str | None = None, day: int = 0, **more: object) -> LedgerRow:
    keys = tuple(sorted(key(member) for member in members))
    return LedgerRow(id=name, slug=slug or f"slug-{name}", members=keys, published=DAYS[day], changed=DAYS[day], **more)


def text_of(*rows: LedgerRow) -> str:
    """The lines in the order given."""
    return "".join(ledger_text(Ledger(rows=(r,))) for r in rows)


def repaired(text: str) -> Ledger:
    """The ledger of a text that needs repair; reading the repaired text finds nothing more."""
    ledger, findings = parse_ledger(text, SHOWN)
    assert {f.code for f in findings} == {"FAQ643"}
    assert {f.level for f in findings} == {Severity.WARNING}
    assert parse_ledger(ledger_text(ledger), SHOWN) == (ledger, ())
    return ledger


A, B = row("aaa", "1", "2"), row("bbb", "3", day=1)


def test_one_line_a_topic_sorted_by_id() -> None:
    older = row("aaa", "2", "1", former_slugs=("x",), split_off=(key("9"),))
    ledger = Ledger(rows=(row("bbb", "blog:1", slug="blue"), older))
    assert ledger_text(ledger) == (
        '{"id": "aaa", "slug": "slug-aaa", "former_slugs": ["x"], "members": ["forum:1", "forum:2"], '
        '"split_off": ["forum:9"], "published": "2024-01-01", "changed": "2024-01-01"}\n'
        '{"id": "bbb", "slug": "blue", "members": ["blog:1"], "published": "2024-01-01", "changed": "2024-01-01"}\n'
    )


def test_nothing_is_an_empty_ledger() -> None:
    assert parse_ledger("", SHOWN) == (Ledger(), ())
    assert ledger_text(Ledger()) == ""


def test_lines_may_be_in_any_order_and_end_as_on_windows() -> None:
    assert parse_ledger(text_of(B, A).replace("\n", "\r\n") + "\n\n", SHOWN) == (Ledger(rows=(A, B)), ())


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        '{"id": "aaa"}',
        '{"id": "aaa", "slug": "Not A Slug", "members": [], "published": "2024-01-01", "changed": "2024-01-01"}',
        '{"id": "aaa", "slug": "a", "members": [], "published": "soon", "changed": "2024-01-01"}',
        '{"id": "aaa", "slug": "a", "members": "forum:1", "published": "2024-01-01", "changed": "2024-01-01"}',
        '{"id": "aaa", "slug": "a", "members": ["nowhere"], "published": "2024-01-01", "changed": "2024-01-01"}',
        '{"id": "aaa", "slug": "a", "members": ["a:\\ud83d"], "published": "2024-01-01", "changed": "2024-01-01"}',
        '{"id": 7, "slug": "a", "members": [], "published": "2024-01-01", "changed": "2024-01-01"}',
    ],
)
def test_a_broken_line_is_an_error_with_its_line(line: str) -> None:
    ledger, (finding,) = parse_ledger(text_of(B) + line + "\n" + text_of(A), SHOWN)
    assert ledger.rows == (A, B)
    assert finding.code == "FAQ640"
    assert finding.level is Severity.ERROR
    assert str(finding.where) == f"{SHOWN}:2"
    assert finding.help


def test_conflict_markers_unite_both_sides() -> None:
    ours, theirs = row("aaa", "1", "2", "5"), row("ccc", "6", day=2)
    ledger = repaired(f"<<<<<<< ours\n{text_of(ours)}=======\n{text_of(A, theirs)}>>>>>>> theirs\n{text_of(B)}")
    assert ledger.rows == (ours, B, theirs)


def test_the_common_past_of_a_conflict_is_left_out() -> None:
    past = row("aaa", "1", "2", "9")
    text = f"<<<<<<< ours\n{text_of(A)}||||||| past\n{text_of(past)}=======\n{text_of(A, B)}>>>>>>> theirs\n"
    assert repaired(text).rows == (A, B)


def test_doubled_lines_become_one() -> None:
    assert repaired(text_of(A, B, A)).rows == (A, B)


def test_two_slugs_of_one_topic_are_both_kept() -> None:
    newer = row("aaa", "7", slug="another", day=3, former_slugs=("older",))
    (united,) = repaired(text_of(newer, A)).rows
    assert (united.slug, united.former_slugs) == ("slug-aaa", ("another", "older"))
    assert united.members == (key("1"), key("2"), key("7"))
    assert (united.published, united.changed) == (DAYS[0], DAYS[3])


def test_a_thread_in_two_topics_stays_with_the_older() -> None:
    assert [r.members for r in repaired(text_of(A, row("bbb", "2", "3", day=1))).rows] == [A.members, (key("3"),)]


def test_a_thread_that_was_split_off_on_one_side_stays_where_it_went() -> None:
    split, part = row("aaa", "1", split_off=(key("2"),)), row("ccc", "2", day=1)
    ledger = repaired(f"<<<<<<< ours\n{text_of(split, part)}=======\n{text_of(A)}>>>>>>> theirs\n{text_of(B)}")
    assert ledger.rows == (split, B, part)


def test_a_thread_that_came_back_on_one_side_is_there() -> None:
    split, part = row("aaa", "1", split_off=(key("2"),)), row("ccc", "2", day=1)
    merged = row("ccc", day=1, merged_into="aaa")
    assert repaired(text_of(A, merged, split, part)).rows == (A, merged)


def test_threads_that_were_split_off_on_either_side_are_remembered() -> None:
    sides = [row("aaa", "1", split_off=(key("2"),)), row("aaa", "1", split_off=(key("3"),))]
    parts = [row("bbb", "2"), row("ccc", "3")]
    assert repaired(text_of(*sides, *parts)).rows[0] == row("aaa", "1", split_off=(key("2"), key("3")))


def test_a_slug_of_two_topics_stays_with_the_older() -> None:
    rows = repaired(text_of(row("aaa", "1", slug="same", day=2), row("bbb", "2", slug="same", day=1))).rows
    assert [r.slug for r in rows] == ["aaa", "same"]


@pytest.mark.parametrize("target", ["zzz", "aaa"])
def test_a_merge_into_a_missing_topic_is_undone(target: str) -> None:
    assert repaired(text_of(row("aaa", "1", merged_into=target))).rows == (row("aaa", "1"),)


def test_merges_in_a_circle_are_undone() -> None:
    rows = repaired(text_of(row("aaa", "1", merged_into="bbb"), row("bbb", "2", merged_into="aaa"))).rows
    assert rows == (row("aaa", "1"), row("bbb", "2"))


def test_threads_of_a_merged_topic_move_to_its_heir() -> None:
    chain = text_of(row("aaa", "1", merged_into="bbb"), row("bbb", "2", merged_into="ccc"), row("ccc", "3"))
    ledger, _ = parse_ledger(chain, SHOWN)
    assert [r.members for r in ledger.rows] == [(), (), (key("1"), key("2"), key("3"))]


ROWS = st.builds(
    row,
    st.sampled_from(["aaa", "bbb", "ccc"]),
    st.sampled_from("12345"),
    st.sampled_from("12345"),
    slug=st.sampled_from(["red", "blue", "green"]),
    day=st.integers(0, 5),
    former_slugs=st.lists(st.sampled_from(["red", "old", "older"]), max_size=2, unique=True).map(tuple),
    split_off=st.lists(st.sampled_from("123456"), max_size=2, unique=True).map(lambda ms: tuple(sorted(map(key, ms)))),
    merged_into=st.none() | st.sampled_from(["aaa", "bbb", "zzz"]),
)


@given(st.lists(ROWS, max_size=5), st.randoms(use_true_random=False))
def test_reading_repairs_any_rows(rows: list[LedgerRow], random: object) -> None:
    ledger, _ = parse_ledger(text_of(*rows), SHOWN)
    slugs = [slug for r in ledger.rows for slug in (r.slug, *r.former_slugs)]
    members = [member for r in ledger.rows for member in r.members]
    assert len(set(slugs)) == len(slugs)
    assert len(set(members)) == len(members)
    assert {slug for r in rows for slug in (r.slug, *r.former_slugs)} <= set(slugs)
    assert {member for r in rows for member in r.members} == set(members)
    assert {m for r in rows for m in r.split_off} <= {m for r in ledger.rows for m in (*r.split_off, *r.members)}
    assert not any(set(r.split_off) & set(r.members) for r in ledger.rows)
    assert all(heir.merged_into is None for heir in ledger.surviving_rows().values())
    assert parse_ledger(ledger_text(ledger), SHOWN) == (ledger, ())
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert parse_ledger(text_of(*rows), SHOWN)[0] == ledger


@given(st.text(alphabet='{}[]":,\n\\<>=| aé0', max_size=80))
def test_no_text_crashes_the_reader(text: str) -> None:
    parse_ledger(text, SHOWN)
