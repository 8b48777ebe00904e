"""content/decisions: each file beside what is read from it, decisions first, then findings."""

from pathlib import Path

import pytest

from faq_builder.decisions.reading import read_decisions, read_proposals
from faq_builder.model import Decision

CASES = sorted((Path(__file__).parent / "files").glob("*.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_file_of_decisions(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "content" / "decisions"
    folder.mkdir(parents=True)
    (folder / case.name).write_bytes(case.read_bytes())
    decisions, findings = read_decisions(folder)
    assert all(finding.help for finding in findings)
    lines = [*map(shown, decisions), *(str(finding).splitlines()[0] for finding in findings)]
    assert lines == case.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def shown(decision: Decision) -> str:
    extras = {
        "text": decision.text,
        "on": decision.on,
        "version": decision.version,
        "instead": decision.instead,
    }
    rest = "".join(f"; {name} {value}" for name, value in extras.items() if value)
    return f"{decision.kind.value} {list(decision.references)} at {decision.where.line}: {decision.reason}{rest}"


def test_what_programs_propose_is_no_decision(tmp_path: Path) -> None:
    (tmp_path / "proposed").mkdir()
    for name in ("fred.yml", "proposed/judge.yml", "proposed.yml"):
        text = f"version: 1\ndecisions:\n  - hide: a:{name[0]}\n    reason: x\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [d.where.path.partition("/")[2] for d in read_decisions(tmp_path)[0]] == [
        f"{tmp_path.name}/fred.yml",
        f"{tmp_path.name}/proposed.yml",
    ]
    (proposal,), _ = read_proposals(tmp_path)
    assert proposal.where.path.endswith("/proposed/judge.yml")


def test_no_folder_is_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "files") == ((), ())


def test_files_are_read_by_name_and_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    good = "version: 1\ndecisions:\n  - hide: a:{}\n    reason: x\n"
    (tmp_path / "b.yml").write_text(good.format(2), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(good.format(1), encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "c.yml").write_bytes(b"\xff\xfe")
    (tmp_path / "notes.txt").write_text("not ours", encoding="utf-8")
    decisions, findings = read_decisions(tmp_path)
    assert [d.references for d in decisions] == [("a:1",), ("a:2",)]
    assert [(f.code, f.where.path.split("/")[-1]) for f in findings] == [("FAQ601", "c.yml")]
