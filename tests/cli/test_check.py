"""`faq check` finds private data in every text that git would keep, also in texts that are no threads."""

from pathlib import Path

import pytest

from faq_builder.cli import main

CONFIG = """\
site_name: Widgets
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      sources:
        - {key: blog, place: The blog, base_url: "https://blog.widgets.example", permission: full}
"""
MAIL = "fred@rain-shards.net"
THREAD = "# Why?\n\nhttps://blog.widgets.example/red\n\n## Answer\n\nNo.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a site with one thread."""
    for name in ("pages", "threads", "topics"):
        (tmp_path / "content" / name).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "content/threads/a.md").write_text(THREAD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("threads/broken.md", f"---\ntitle: Why: {MAIL}?\n---\n", 2),
        ("threads/unclosed.md", f"---\ntitle: Why?\n{MAIL}\n", 3),
        ("threads/second.md", THREAD.replace("No.", MAIL), 7),
        ("threads/_draft.md", f"# Draft\n\n{MAIL}\n", 3),
        ("threads/deep/README.md", f"Ask {MAIL}\n", 1),
        ("threads/copied.txt", f"{MAIL}\n", 1),
        ("topics/4h2kq0x1zb.md", f"---\nby: Mona\n---\n\nAsk {MAIL}\n", 5),
        ("topics/_draft.md", f"{MAIL}\n", 1),
    ],
)
def test_private_data_in_a_text_that_is_no_thread(
    name: str, text: str, line: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "content" / name).parent.mkdir(exist_ok=True)
    (folder / "content" / name).write_text(text, encoding="utf-8")
    assert main(["check", "-f", str(folder / "mkdocs.yml")]) == 1
    printed = capsys.readouterr().err
    assert printed.count("error[FAQ504]") == 1
    (found,) = [row for row in printed.splitlines() if "error[FAQ504]" in row]
    assert found.startswith(f"content/{name}:{line}:")
    assert MAIL not in found
