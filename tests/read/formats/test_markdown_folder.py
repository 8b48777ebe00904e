"""A folder of Markdown threads: which files count, and that one bad file never hides the others."""

from pathlib import Path

from faq_builder.base.diagnostics import Severity
from faq_builder.config import Source
from faq_builder.model import ThreadKey, Url
from faq_builder.read.export import open_export
from faq_builder.read.formats import format_of, read_export
from faq_builder.read.formats.markdown import read_threads

BLOG = Source(key="blog", place="Blog", base_url=Url("https://blog.widgets.example/"))
GOOD = "# Why?\n\nhttps://blog.widgets.example/rain#comment-{}\n\n## Answer\n\nIt was the rain.\n"


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    threads = folder / "content" / "threads"
    for name, data in files.items():
        path = threads / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return threads


def test_files_are_found_and_named_as_seen_from_the_content_folder(tmp_path: Path) -> None:
    one, two = GOOD.format(1).encode(), GOOD.format(2).encode()
    folder = fill(
        tmp_path, {"one.md": one, "deep/er/two.md": two, "README.md": b"x", "deep/_draft.md": b"x", "a.png": b""}
    )
    found = read_threads(folder, (BLOG,))
    one_key, two_key = ThreadKey("blog", "rain#comment-1"), ThreadKey("blog", "rain#comment-2")
    assert [t.key for t in found.threads] == [one_key, two_key]
    assert found.files == {one_key: "threads/one.md", two_key: "threads/deep/er/two.md"}
    assert (found.balance.threads_read, found.diagnostics) == (2, ())


def test_bad_files_never_hide_the_others(tmp_path: Path) -> None:
    text = GOOD.format(1)
    files = {
        "empty.md": b"",
        "good.md": text.encode(),
        "latin.md": text.replace("It was", "Tsch\u00fcss").encode("latin-1"),
        "utf16.md": text.encode("utf-16"),
        "utf16-no-mark.md": text.encode("utf-16-le"),
        "with-mark.md": GOOD.format(2).encode("utf-8-sig"),
        "zzz.md": text.encode(),
    }
    found = read_threads(fill(tmp_path, files), (BLOG,))
    assert [t.key.native for t in found.threads] == ["rain#comment-1", "rain#comment-2"]
    assert [(d.code, str(d.where)) for d in found.diagnostics] == [
        ("FAQ401", "content/threads/empty.md:1"),
        ("FAQ401", "content/threads/latin.md:1"),
        ("FAQ401", "content/threads/utf16-no-mark.md:1"),
        ("FAQ401", "content/threads/utf16.md:1"),
        ("FAQ417", "content/threads/zzz.md:1"),
    ]
    assert found.balance.threads_left_out == {"not understood": 4, "in two files": 1}


def test_no_folder_is_no_threads(tmp_path: Path) -> None:
    assert read_threads(tmp_path / "threads", ()).threads == ()
    (tmp_path / "threads").mkdir()
    assert read_threads(tmp_path / "threads", ()).threads == ()


def test_a_folder_of_markdown_is_an_export(tmp_path: Path) -> None:
    text = "# Why?\n\nhttps://elsewhere.example/1\n\nIt broke.\n"
    export = open_export(fill(tmp_path, {"one.md": text.encode(), ".gitignore": b""}))
    assert format_of(export).name == "markdown"
    assert read_export(export, BLOG).threads[0].key == ThreadKey("blog", "elsewhere.example/1")


def test_one_bad_link_never_hides_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "threads"
    folder.mkdir(parents=True)
    (folder / "good.md").write_text("# Why?\n\nhttps://blog.widgets.example/1\n\n## Answer\n\nBecause.\n")
    (folder / "gone.md").symlink_to("nowhere")
    (folder / ".#good.md").symlink_to("fred@host.1:2")  # what an editor leaves while a file is open
    found = read_threads(folder, ())
    assert len(found.threads) == 1
    assert [(d.code, d.where.path) for d in found.diagnostics if d.level is Severity.ERROR] == [
        ("FAQ201", "content/threads/gone.md")
    ]


def test_a_file_with_another_ending_is_not_lost_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "threads"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("# Why?\n")
    found = read_threads(folder, ())
    assert [(d.code, d.where.path) for d in found.diagnostics] == [("FAQ420", "content/threads/notes.txt")]
