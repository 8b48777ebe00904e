"""Writing files: atomic, unchanged files untouched, only own files deleted, recovery from killed builds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faq_builder.base.diagnostics import UsageError
from faq_builder.base.files import FILE_LIST, JOURNAL, STAGING, WriteResult, write_site, write_text_file

OLD = {"assets/a.css": b"red", "index.html": b"home 1", "q/rain/index.html": b"rain 1", "q/sun/index.html": b"sun 1"}


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def pages(folder: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(folder).items() if not path.startswith(".")}


def built(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    write_site((files or OLD).items(), folder)
    return folder


def test_first_build_writes_every_file(tmp_path: Path) -> None:
    written = write_site(OLD.items(), tmp_path / "deep" / "site")
    assert written == WriteResult(added=4)
    assert pages(tmp_path / "deep" / "site") == OLD


def test_second_build_changes_nothing_on_disk(tmp_path: Path) -> None:
    before = {file: file.stat() for file in built(tmp_path).rglob("*")}
    assert write_site(OLD.items(), tmp_path) == WriteResult(unchanged=4)
    after = {file: file.stat() for file in tmp_path.rglob("*")}
    assert {f: (s.st_ino, s.st_mtime_ns) for f, s in before.items() if f.is_file()} == {
        f: (s.st_ino, s.st_mtime_ns) for f, s in after.items() if f.is_file()
    }


def test_only_what_changed_is_written_and_stale_files_go_with_their_folders(tmp_path: Path) -> None:
    built(tmp_path)
    new = {"index.html": b"home 2", "q/rain/index.html": b"rain 1", "q/fog/index.html": b"fog"}
    assert write_site(new.items(), tmp_path) == WriteResult(added=1, changed=1, unchanged=1, deleted=2)
    assert pages(tmp_path) == new
    assert not (tmp_path / "q/sun").exists()
    assert not (tmp_path / "assets").exists()


def test_bookkeeping_is_a_sorted_list_and_nothing_else(tmp_path: Path) -> None:
    hidden = {path for path in tree(built(tmp_path)) if path.startswith(".")}
    assert hidden == {FILE_LIST}
    assert (tmp_path / FILE_LIST).read_text().splitlines() == sorted(OLD)


@pytest.mark.parametrize("survivors", range(5))
def test_a_killed_build_leaves_old_or_new_files_and_the_next_one_recovers(tmp_path: Path, survivors: int) -> None:
    new = {"new.html": b"new", "index.html": b"home 2", "q/rain/index.html": b"rain 2", "z/last.html": b"last"}

    def dying() -> Iterator[tuple[str, bytes]]:
        yield from list(new.items())[:survivors]
        raise KeyboardInterrupt

    built(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write_site(dying(), tmp_path)
    for path, content in pages(tmp_path).items():
        assert content in (OLD.get(path), new.get(path))
    assert set(OLD) <= set(pages(tmp_path)), "deletions come last"
    (tmp_path / STAGING).mkdir(exist_ok=True)
    (tmp_path / STAGING / "file").write_bytes(b"half of a fi")

    final = {"index.html": b"home 3"}  # knows none of the files that the killed build added
    write_site(final.items(), tmp_path)
    assert pages(tmp_path) == final
    assert {path for path in tree(tmp_path) if path.startswith(".")} == {FILE_LIST}


def test_the_build_after_a_killed_first_build_recovers_too(tmp_path: Path) -> None:
    def dying() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"a"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_site(dying(), tmp_path)
    assert write_site([("b.html", b"b")], tmp_path) == WriteResult(added=1, deleted=1)
    assert pages(tmp_path) == {"b.html": b"b"}


def test_half_written_journal_line_is_no_path(tmp_path: Path) -> None:
    built(tmp_path)
    (tmp_path / JOURNAL).write_bytes(b"q/rain/index.html\n../../etc/pass")
    write_site([("b.html", b"b")], tmp_path)
    assert pages(tmp_path) == {"b.html": b"b"}


def test_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError) as caught:
        write_site(OLD.items(), tmp_path)
    assert caught.value.diagnostics[0].code == "FAQ702"
    assert tree(tmp_path) == {"thesis.txt": b"mine"}


def test_site_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(UsageError):
        write_site(OLD.items(), tmp_path / "site")


def test_dotfiles_and_later_foreign_files_stay(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")
    built(tmp_path)
    (tmp_path / "q" / "CNAME").write_text("faq.example")
    write_site([("a.html", b"a")], tmp_path)
    assert set(pages(tmp_path)) == {"a.html", "q/CNAME"}
    assert (tmp_path / ".git" / "HEAD").read_text() == "ref"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up.html",
        "a/../../b",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "C:/a",
        "a\0b",
        FILE_LIST,
        f"{STAGING}/x",
    ],
)
def test_paths_that_leave_the_folder_are_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not the path"):
        write_site([(path, b"")], tmp_path / "site")
    assert {p for p in tree(tmp_path) if not p.startswith("site/.")} == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("q/Rain/index.html", "q/rain/index.html"),
        ("a.html", "a.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("a", "a/b.html"),
        ("a/b.html", "A"),
    ],
)
def test_clashing_paths_are_reported_and_the_first_is_kept(tmp_path: Path, first: str, second: str) -> None:
    written = write_site([(first, b"1"), (second, b"2")], tmp_path)
    assert [d.code for d in written.diagnostics] == ["FAQ701"]
    assert pages(tmp_path) == {first: b"1"}


def test_paths_that_only_begin_alike_do_not_clash(tmp_path: Path) -> None:
    assert write_site([("a/x", b"1"), ("a/y", b"2"), ("ab", b"3"), ("A/z", b"4")], tmp_path).diagnostics == ()


def test_directory_link_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site = built(tmp_path / "site", {"a.html": b"a"})
    (site / "q").symlink_to(outside)
    with pytest.raises(UsageError):
        write_site([("q/rain/index.html", b"x")], site)
    assert not any(file.is_file() for file in outside.rglob("*"))


def test_file_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    site = built(tmp_path / "site", {"a.html": b"a"})
    (tmp_path / "secret").write_bytes(b"bb")
    (site / "a.html").unlink()
    (site / "a.html").symlink_to(tmp_path / "secret")
    write_site([("a.html", b"bb")], site)
    assert not (site / "a.html").is_symlink()
    assert (tmp_path / "secret").read_bytes() == b"bb"


def test_file_becomes_folder_and_back(tmp_path: Path) -> None:
    built(tmp_path, {"a": b"1"})
    assert write_site([("a/b/c", b"2"), ("a/b/d", b"3")], tmp_path) == WriteResult(added=2, deleted=1)
    assert write_site([("a/b", b"4")], tmp_path) == WriteResult(added=1, deleted=2)
    assert pages(tmp_path) == {"a/b": b"4"}


def test_foreign_file_in_the_way_of_a_folder_is_refused(tmp_path: Path) -> None:
    built(tmp_path)
    (tmp_path / "tags").write_text("mine")
    with pytest.raises(UsageError):
        write_site([("tags/red/index.html", b"x")], tmp_path)
    assert (tmp_path / "tags").read_text() == "mine"


def test_text_file_is_replaced_in_one_step_and_links_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.jsonl"
    link = tmp_path / "ledger.jsonl"
    link.symlink_to(real)
    assert write_text_file(link, "ä\n")
    inode = real.stat().st_ino
    assert not write_text_file(link, "ä\n")
    assert real.stat().st_ino == inode
    assert write_text_file(tmp_path / "new" / "deep.txt", "x")
    assert link.is_symlink()
    assert set(tree(tmp_path)) == {"real.jsonl", "ledger.jsonl", "new/deep.txt"}
