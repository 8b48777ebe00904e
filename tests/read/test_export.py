"""Exports as names and bytes: what is read, and the one finding that each unsafe or broken export gives."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq_builder.read import export as module
from faq_builder.read.export import ExportError, open_export


def zipped(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return path


def refusal(action: Callable[[], object]) -> str:
    """The code of the one finding; its message and help keep the style."""
    with pytest.raises(ExportError) as caught:
        action()
    found = caught.value.diagnostic
    assert found.help
    assert found.message[0].islower() or found.message.startswith("UTF")
    assert not found.message.endswith(".")
    assert str(found).isprintable() or "\n" in str(found)
    return found.code


def read_all(path: Path) -> dict[str, bytes]:
    export = open_export(path, "export")
    return {name: export.read(name) for name in export.names}


# what is read --------------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_files_sorted_with_dotfiles_and_without_tools_folders(tmp_path: Path) -> None:
    for name in ("b/2.json", "a.json", ".resolved.json", ".git/config", "__MACOSX/a.json", "b/.hidden/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert open_export(tmp_path).names == (".resolved.json", "a.json", "b/.hidden/x", "b/2.json")


def test_a_zip_gives_the_same_names_and_bytes_as_its_folder(tmp_path: Path) -> None:
    files = {"a.json": b"[]", ".dot": b"1", "b/c.json": b"{}"}
    folder = tmp_path / "folder"
    for name, data in {**files, "__MACOSX/a.json": b"x"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    archive = zipped(tmp_path / "e.zip", {**files, "__MACOSX/a.json": b"x", "empty/": b""})
    assert read_all(folder) == read_all(archive) == files


def test_a_zip_with_windows_separators_reads_like_any_other(tmp_path: Path) -> None:
    assert read_all(zipped(tmp_path / "e.zip", {r"channel\day.json": b"[]"})) == {"channel/day.json": b"[]"}


def test_a_single_file_is_an_export_with_one_name(tmp_path: Path) -> None:
    (tmp_path / "topic.json").write_text("{}")
    export = open_export(tmp_path / "topic.json", "exports/topic.json")
    assert (export.names, export.text("topic.json")) == (("topic.json",), "{}")
    assert str(export.where("topic.json", item="/posts/3")) == "exports/topic.json:/posts/3"


def test_a_zip_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    assert open_export(zipped(tmp_path / "export.data", {"a": b"1"})).is_zip


def test_text_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"n": "\xc3\xa4"}')
    assert open_export(tmp_path).text("a.json") == '{"n": "ä"}'


def test_head_gives_only_the_beginning(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * (module.HEAD + 9))
    assert len(open_export(tmp_path).head("a")) == module.HEAD


def test_a_link_within_the_export_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    (tmp_path / "b.json").symlink_to("a.json")
    assert read_all(tmp_path) == {"a.json": b"[]", "b.json": b"[]"}


def test_an_archive_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    assert read_all(zipped(tmp_path / "e.zip", {"a": b"old"})) == {"a": b"old"}
    assert read_all(zipped(tmp_path / "e.zip", {"a": b"newer"})) == {"a": b"newer"}


# exports that are refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../evil", "a/../../evil", "/etc/evil", r"..\evil", r"a\..\..\evil", r"C:\evil", "c:evil", r"\\host\share\evil"],
)
def test_a_zip_with_a_path_that_leaves_its_folder(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "e.zip", {"fine": b"x", name: b"x"})
    assert refusal(lambda: open_export(path)) == "FAQ206"


def test_a_zip_that_unpacks_to_far_more_than_it_should(tmp_path: Path) -> None:
    path = zipped(tmp_path / "e.zip", {"bomb.json": b"\0" * (module.RATIO_FREE + 1)})
    assert refusal(lambda: open_export(path)) == "FAQ206"


def test_a_zip_whose_members_overlap(tmp_path: Path) -> None:
    # each of many entries names the same bytes, so that the packed sizes that they state make a harmless ratio
    data = Random(7).randbytes(10_000) + bytes(2**20)
    packed = zipped(tmp_path / "one.zip", {"aaaa": data}).read_bytes()
    start, count = packed.index(b"PK\x01\x02"), 100
    entry = packed[start : start + 46]
    entries = b"".join(entry + b"%04d" % number for number in range(count))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    path = tmp_path / "e.zip"
    path.write_bytes(packed[:start] + entries + end)
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    unpacked = sum(m.file_size for m in members)
    assert module.RATIO_FREE < unpacked < module.MAX_RATIO * sum(m.compress_size for m in members)
    assert refusal(lambda: open_export(path)) == "FAQ206"


def test_a_zip_that_unpacks_to_more_than_an_export_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 10)
    path = zipped(tmp_path / "e.zip", {"a": b"123456", "b": b"123456"})
    assert refusal(lambda: open_export(path)) == "FAQ206"


@pytest.mark.parametrize("stated", [1, 1999])
def test_a_zip_that_lies_about_the_size_of_a_file(tmp_path: Path, stated: int) -> None:
    path = zipped(tmp_path / "e.zip", {"a.json": b"x" * 2000})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 2000), struct.pack("<L", stated)))
    export = open_export(path)
    assert refusal(lambda: export.read("a.json")) == "FAQ204"


def test_a_zip_with_damaged_data(tmp_path: Path) -> None:
    path = zipped(tmp_path / "e.zip", {"a.json": os.urandom(2000)}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[500] ^= 0xFF
    path.write_bytes(data)
    export = open_export(path)
    assert refusal(lambda: export.read("a.json")) == "FAQ204"


def test_an_encrypted_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "e.zip", {"a.json": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refusal(lambda: open_export(path)) == "FAQ201"


def test_a_zip_with_a_compression_that_python_does_not_know(tmp_path: Path) -> None:
    path = zipped(tmp_path / "e.zip", {"a.json": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 10] = 97  # WavPack
    path.write_bytes(data)
    assert refusal(lambda: open_export(path)) == "FAQ201"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.json", r"folder\a.json"])
def test_a_zip_with_two_files_of_the_same_name(tmp_path: Path, second: str) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.json", "folder/a.json", second):
            archive.writestr(zipfile.ZipInfo(name), b"x")
    assert refusal(lambda: open_export(path)) == "FAQ206"


@pytest.mark.parametrize("name", ["e.zip", "e.data"])
def test_a_zip_that_is_cut_off(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / name, {"a.json": b"x" * 100, "b.json": b"y" * 100})
    path.write_bytes(path.read_bytes()[:-40])
    assert refusal(lambda: open_export(path)) == "FAQ204"


def test_a_file_that_only_says_it_is_a_zip(tmp_path: Path) -> None:
    (tmp_path / "e.zip").write_text("<html>please log in</html>")
    assert refusal(lambda: open_export(tmp_path / "e.zip")) == "FAQ204"


def test_a_zip_without_files(tmp_path: Path) -> None:
    assert refusal(lambda: open_export(zipped(tmp_path / "e.zip", {}))) == "FAQ207"
    assert refusal(lambda: open_export(zipped(tmp_path / "m.zip", {"__MACOSX/a": b"x"}))) == "FAQ207"


@pytest.mark.parametrize("name", ["absent", "absent/below", "file.json/below"])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.json").write_text("{}")
    assert refusal(lambda: open_export(tmp_path / name)) == "FAQ201"


def test_a_path_that_cannot_be(tmp_path: Path) -> None:
    assert refusal(lambda: open_export(tmp_path / "a\0b")) == "FAQ201"
    os.mkfifo(tmp_path / "pipe")
    assert refusal(lambda: open_export(tmp_path / "pipe")) == "FAQ201"


def test_an_empty_folder_and_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "folder" / "only" / "folders").mkdir(parents=True)
    (tmp_path / "empty.json").touch()
    assert refusal(lambda: open_export(tmp_path / "folder")) == "FAQ207"
    assert refusal(lambda: open_export(tmp_path / "empty.json")) == "FAQ207"
    assert refusal(lambda: open_export(tmp_path).text("empty.json")) == "FAQ207"


def test_a_link_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not exported")
    for number, target in enumerate(["../secret", ".."]):
        folder = tmp_path / f"export{number}"
        folder.mkdir()
        (folder / "a.json").write_text("[]")
        (folder / "link").symlink_to(target)
        assert refusal(lambda folder=folder: open_export(folder)) == "FAQ206"


@pytest.mark.parametrize("target", ["absent", "link"])
def test_a_link_that_leads_nowhere(tmp_path: Path, target: str) -> None:
    (tmp_path / "a.json").write_text("[]")
    (tmp_path / "link").symlink_to(target)
    assert refusal(lambda: open_export(tmp_path)) == "FAQ201"


def test_a_folder_in_it_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.json").write_text("[]")
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert refusal(lambda: open_export(tmp_path)) == "FAQ201"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    (tmp_path / "a.json").chmod(0)
    assert refusal(lambda: open_export(tmp_path / "a.json")) == "FAQ201"
    assert refusal(lambda: open_export(tmp_path).read("a.json")) == "FAQ201"


def test_a_file_that_vanishes_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    export = open_export(tmp_path)
    (tmp_path / "a.json").unlink()
    assert refusal(lambda: export.read("a.json")) == "FAQ201"
    assert refusal(lambda: export.head("a.json")) == "FAQ201"


def test_a_file_that_fails_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    export = open_export(tmp_path)

    def fail() -> None:
        with export.open("a.json"):
            raise OSError

    assert refusal(fail) == "FAQ201"


@pytest.mark.parametrize(
    "data",
    ["größer".encode("latin-1"), '{"a": 1}'.encode("utf-16"), '{"a": 1}'.encode("utf-16-be"), b"\xed\xa0\x80"],
)
def test_text_in_another_encoding(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data + b"\xff")
    assert refusal(lambda: open_export(tmp_path).text("a.json")) == "FAQ205"


def test_a_file_that_is_too_large_to_be_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_READ", 5)
    (tmp_path / "fits").write_text("12345")
    (tmp_path / "large").write_text("123456")
    assert open_export(tmp_path).read("fits") == b"12345"
    assert refusal(lambda: open_export(tmp_path).read("large")) == "FAQ208"


def test_names_are_shown_without_terminal_commands(tmp_path: Path) -> None:
    export = open_export(zipped(tmp_path / "e.zip", {"\x1b[2Jevil\n.json": b"\xff"}), "e.zip")
    with pytest.raises(ExportError) as caught:
        export.text(export.names[0])
    assert str(caught.value.diagnostic.where) == "e.zip/�[2Jevil�.json"


# any bytes -----------------------------------------------------------------------------------------------------------


def _sample() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("größe/a.json"), b"[1, 2, 3]" * 40, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("b.json"), b"{}" * 40, zipfile.ZIP_LZMA)
        archive.writestr(zipfile.ZipInfo("c.json"), b"{}" * 40, zipfile.ZIP_BZIP2)
    return stream.getvalue()


SAMPLE = _sample()


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_zip_with_any_bytes_changed_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(SAMPLE)
    for place, value in changes:
        data[place] = value
    path = tmp_path_factory.mktemp("zip") / "e.zip"
    path.write_bytes(data)
    try:
        export = open_export(path)
    except ExportError:
        return
    for name in export.names:
        with suppress(ExportError):
            export.read(name)
