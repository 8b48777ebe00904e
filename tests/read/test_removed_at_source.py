"""What a source takes back goes from what earlier exports left in the content folder, in builds and in imports."""

import json
import shutil
from pathlib import Path

import pytest

from faq_builder.cli import main
from faq_builder.publish.manifest import MANIFEST

CONFIG = """\
site_name: Widgets
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      sources:
        - key: board
          place: Widget board
          base_url: https://board.widgets.example
          permission: full
"""


def post(topic: int, number: int, **fields: object) -> dict[str, object]:
    body = f"<p>Text {number} of topic {topic}.</p>"
    return {
        "id": topic * 10 + number,
        "post_number": number,
        "cooked": body,
        "user_id": number,
        "created_at": f"2024-05-0{number}T00:00:00Z",
        **fields,
    }


def export(path: Path, *, later: bool) -> str:
    """Topics 1 and 2; later, the last reply of topic 1 is hidden and topic 2 is deleted."""
    gone = {"hidden": True, "updated_at": "2024-06-01T00:00:00Z"} if later else {}
    first = [post(1, 1), post(1, 2, accepted_answer=True), post(1, 3, **gone)]
    second = [post(2, 1), post(2, 2, accepted_answer=True)]
    head = {"archetype": "regular", "category_id": 3}
    topics = [
        {"id": 1, "title": "Why does it hum?", **head, "post_stream": {"posts": first}},
        {
            "id": 2,
            "title": "Where do I buy wheels?",
            **head,
            "post_stream": {"posts": second},
            "deleted_at": "2024-06-01T00:00:00Z" if later else None,
        },
    ]
    path.write_text(json.dumps(topics), encoding="utf-8")
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def import_(folder: Path, *arguments: str, later: bool) -> int:
    made = export(folder / "export.json", later=later)
    return main(["import", "-f", str(folder / "mkdocs.yml"), "--source", "board", made, *arguments])


def texts(folder: Path) -> str:
    return "".join(p.read_text(encoding="utf-8") for p in sorted((folder / "content/threads").rglob("*.*")))


@pytest.mark.parametrize("shape", ["markdown", "extract"])
def test_an_import_takes_out_what_was_removed_at_the_source(
    folder: Path, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import_(folder, "--as", shape, later=False)
    before = texts(folder)
    assert "Text 3 of topic 1." in before
    assert "Text 1 of topic 2." in before
    assert import_(folder, "--as", shape, "--dry-run", later=True) == 0
    assert texts(folder) == before
    assert import_(folder, "--as", shape, later=True) == 0
    assert "Text 2 of topic 1." in texts(folder)
    assert "Text 3 of topic 1." not in texts(folder)
    assert "topic 2" not in texts(folder)
    out = capsys.readouterr().out
    assert [word in out for word in ("would delete", "deleted content/threads/board/2.md")] == [shape == "markdown"] * 2


def test_a_build_takes_it_out_of_the_extract(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_(folder, "--as", "extract", later=False)
    made = export(folder / "export.json", later=True)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"          path: {made}\n")
    assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    out = capsys.readouterr().out
    assert "left out (1 arrived more than once, 1 deleted, 1 removed at the source)" in out
    pages = "".join(p.read_text(encoding="utf-8") for p in (folder / "site/q").rglob("index.html"))
    assert "Text 2 of topic 1." in pages
    assert "Text 3 of topic 1." not in pages
    assert "topic 2" not in pages


def test_a_build_names_files_that_still_show_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_(folder, later=False)
    made = export(folder / "export.json", later=True)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"          path: {made}\n")
    assert main(["check", "-f", str(folder / "mkdocs.yml")]) == 0
    found = [line for line in capsys.readouterr().err.splitlines() if "FAQ307" in line]
    assert [line.partition(": ")[0] for line in found] == [
        "content/threads/board/1.md:1",
        "content/threads/board/2.md:1",
    ]


def test_a_published_thread_that_was_deleted_is_no_loss(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, site = str(folder / "mkdocs.yml"), folder / "site"
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"          path: {export(folder / 'export.json', later=False)}\n")
    assert [main([command, "-f", config]) for command in ("lock", "build")] == [0, 0]
    shutil.copy(site / MANIFEST, folder / "published.json")
    page = site / "q/where-do-i-buy-wheels/index.html"
    assert "Text 2 of topic 2." in page.read_text(encoding="utf-8")

    export(folder / "export.json", later=True)
    assert [main([command, "-f", config]) for command in ("lock", "build")] == [0, 0]
    assert "Text 2 of topic 2." not in page.read_text(encoding="utf-8")
    assert main(["gate", "-f", config, "--published", str(folder / "published.json")]) == 0
    assert "FAQ305" not in capsys.readouterr().err


@pytest.mark.parametrize("shape", ["markdown", "extract"])
def test_an_import_takes_out_what_somebody_wrote_who_opted_out(folder: Path, shape: str) -> None:
    import_(folder, "--as", shape, later=False)
    people = 'version: 1\npeople:\n  - {source: board, id: "3", remove: text}\n'
    (folder / "content/optout.yml").write_text(people, encoding="utf-8")
    assert import_(folder, "--as", shape, later=False) == 0
    assert "Text 2 of topic 1." in texts(folder)
    assert "Text 3 of topic 1." not in texts(folder)
