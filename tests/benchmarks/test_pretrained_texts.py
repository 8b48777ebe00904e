"""The texts of the pretrained embeddings: which lines are clean, which name a task, how a template is expanded."""

from pathlib import Path

import pytest

from benchmarks.pretrained import utterances, wordnet
from benchmarks.pretrained.lines import clean_lines, sample, sentences, without_names
from benchmarks.pretrained.task_questions import SENTENCES, task_questions

VERBS = frozenset({"create", "insert", "delete", "add", "run", "open"})


def test_lines_are_cleaned_and_repeated_lines_dropped() -> None:
    texts = [
        "<b>Delete</b> the &file",
        "delete the file.",
        "You have %d new messages:",
        "No",
        "git --force push it now",
    ]
    assert list(clean_lines(texts)) == ["Delete the file", "You have 3 new messages"]


def test_a_line_may_have_one_placeholder_but_not_two() -> None:
    assert list(clean_lines(["Could not open {file} again", "Copy {one} to {other} now"])) == [
        "Could not open this again"
    ]


def test_a_sentence_ends_before_a_capital_letter() -> None:
    assert sentences("Ready, e.g. now. Try again!  It works") == ["Ready, e.g. now.", "Try again!", "It works"]


def test_the_sample_does_not_depend_on_the_order_of_lines() -> None:
    texts = [f"line {number}" for number in range(20)]
    assert sample(texts, 5) == sample(reversed(texts), 5)
    assert len(sample(texts, 5)) == 5


def test_a_line_that_may_name_a_person_is_left_out() -> None:
    texts = ["I think I'm right", "Newton's laws of motion", "ask Mr Brown", "Grant the right"]
    assert list(without_names(texts, {"Newton"})) == ["I think I'm right", "Grant the right"]


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
def test_a_task_becomes_a_question(line: str, task: str) -> None:
    (question,) = task_questions([line], VERBS)
    assert question in {sentence.format(task=task) for sentence in SENTENCES}


@pytest.mark.parametrize("line", ["Open is not a task", "The file is gone", "You can delete these rows", "Run it"])
def test_a_line_without_a_task_gives_no_question(line: str) -> None:
    assert task_questions([line], VERBS) == []


def test_templates_of_assistants_expand_the_same_way_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "skill" / "locale" / "en-us"
    folder.mkdir(parents=True)
    (folder / "turn.intent").write_text("# how to turn\n(switch|turn) [the] {area} light on\n", encoding="utf-8")
    (folder.parent / "de-de").mkdir()
    (folder.parent / "de-de" / "turn.intent").write_text("mach das Licht an bitte\n", encoding="utf-8")
    commands = utterances.skills([tmp_path / "skill"])
    assert commands == utterances.skills([tmp_path / "skill"])
    assert commands
    assert all(line.split()[0] in {"switch", "turn"} and line.endswith("light on") for line in commands)


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
