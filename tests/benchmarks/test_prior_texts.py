"""The texts that the prior is fitted on: which lines are clean, which name a task, how a template is read."""

from pathlib import Path

import pytest

from benchmarks.prior import utterances, wordnet
from benchmarks.prior.framed import FRAMES, framed
from benchmarks.prior.lines import lines, nameless, sentences, some

VERBS = frozenset({"create", "insert", "delete", "add", "run", "open"})


def test_a_line_is_clean_and_comes_once() -> None:
    texts = [
        "<b>Delete</b> the &file",
        "delete the file.",
        "You have %d new messages:",
        "No",
        "git --force push it now",
    ]
    assert list(lines(texts)) == ["Delete the file", "You have 3 new messages"]


def test_one_thing_may_be_filled_in_and_no_more() -> None:
    assert list(lines(["Could not open {file} again", "Copy {one} to {other} now"])) == ["Could not open this again"]


def test_sentences_are_cut_at_capital_letters() -> None:
    assert sentences("Ready, e.g. now. Try again!  It works") == ["Ready, e.g. now.", "Try again!", "It works"]


def test_which_lines_are_taken_hangs_on_no_order() -> None:
    texts = [f"line {number}" for number in range(20)]
    assert some(texts, 5) == some(reversed(texts), 5)


def test_a_line_that_may_name_a_person_is_left_out() -> None:
    texts = ["I think I'm right", "Newton's laws of motion", "ask Mr Brown", "Grant the right"]
    assert list(nameless(texts, {"Newton"})) == ["I think I'm right", "Grant the right"]


@pytest.mark.parametrize(
    ("line", "task"),
    [
        ("To create a bucket", "create a bucket"),
        ("Inserting a Pivot Chart", "insert a pivot chart"),
        ("Running your first job", "run my first job"),
        ("Deletes the rule. Cannot be undone", "delete the rule"),
        ("You can add a note by pressing Enter", "add a note"),
    ],
)
def test_a_task_is_put_into_a_frame(line: str, task: str) -> None:
    (question,) = framed([line], VERBS)
    assert question in {frame.format(task=task) for frame in FRAMES}


@pytest.mark.parametrize("line", ["Open is not a task", "The file is gone", "You can delete these rows", "Run it"])
def test_what_is_no_task_is_not_framed(line: str) -> None:
    assert framed([line], VERBS) == []


def test_templates_of_assistants_are_read_alike_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "skill" / "locale" / "en-us"
    folder.mkdir(parents=True)
    (folder / "turn.intent").write_text("# how to turn\n(switch|turn) [the] {area} light on\n", encoding="utf-8")
    (folder.parent / "de-de").mkdir()
    (folder.parent / "de-de" / "turn.intent").write_text("mach das Licht an bitte\n", encoding="utf-8")
    said = utterances.skills([tmp_path / "skill"])
    assert said == utterances.skills([tmp_path / "skill"])
    assert said
    assert all(line.split()[0] in {"switch", "turn"} and line.endswith("light on") for line in said)


def test_verbs_and_persons_of_wordnet(tmp_path: Path) -> None:
    (tmp_path / "cntlist.rev").write_text(
        "grow%2:30:00:: 1 9\ngrow%1:30:00:: 1 2\npiece%2:30:00:: 1 1\npiece%1:3:: 1 9\n"
    )
    (tmp_path / "index.verb").write_text("grow v 1\npiece v 1\ndelete v 1\nset v 1\n")
    person = "00001 18 n 02 Ada_Widget 0 Countess_Field 0 001 @i 00002 n 0000 | wrote programs"
    field = '00002 15 n 01 field 0 000 | a piece of land; "they grew corn in the field"\n'
    (tmp_path / "data.noun").write_text(f"  1 a licence\n{person}\n{field}")
    for kind in ("verb", "adj", "adv"):
        (tmp_path / f"data.{kind}").write_text("")
    assert wordnet.verbs(tmp_path) == {"grow", "delete"}
    assert wordnet.persons(tmp_path) == {"Ada", "Widget", "Countess"}
    assert list(wordnet.examples(tmp_path)) == ["they grew corn in the field"]
