"""content/search.fit: `faq lock` writes it, builds read it, and without it the search uses words alone."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from faq_builder import pipeline
from faq_builder.search import read_fit, write_fit
from faq_builder.search.meaning import fit
from faq_builder.search.meaning.pretrained import shipped_embeddings
from small_site import CONFIG, THREAD, faq


class WordsEncoder:
    """The used part of an encoder: each word has its own direction."""

    name = "words"
    languages = frozenset({"en"})

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        rows = np.array([sum(map(self._direction, text.lower().split()), np.zeros(384)) for text in texts])
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return np.rint(4000 * rows / lengths).astype(np.int16)

    @staticmethod
    def _direction(word: str) -> NDArray[np.float64]:
        return np.random.default_rng(list(word.encode())).normal(size=384)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one thread, and an encoder that is installed."""
    monkeypatch.setattr(pipeline, "installed_encoder", WordsEncoder)
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/threads").mkdir()
    (tmp_path / "content/threads/red.md").write_text(THREAD.format(n=1), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def index(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "site/assets/faq/index").iterdir()}


def test_lock_trains_once_and_builds_need_no_encoder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faq(folder, "build") == 0
    assert "meaning" not in json.loads(index(folder)["meta.json"])
    assert faq(folder, "lock") == 0
    assert "search.fit" in capsys.readouterr().out
    assert faq(folder, "build", "--locked") == 0
    with_encoder = index(folder)
    assert "meaning" in json.loads(with_encoder["meta.json"])
    monkeypatch.setattr(pipeline, "installed_encoder", lambda: None)
    assert faq(folder, "build", "--locked") == 0
    assert index(folder) == with_encoder
    assert faq(folder, "lock") == 0
    assert "search.fit" not in capsys.readouterr().out


@pytest.mark.parametrize("lock", [["lock"], ["lock", "--refit"], ["lock", "--fail-on", "warning"]])
def test_a_broken_fit_is_a_warning_and_a_lock_replaces_it(
    folder: Path, lock: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "content/search.fit").write_bytes(b"<<<<<<< ours")
    assert faq(folder, "build") == 0
    printed = capsys.readouterr().err
    assert "FAQ644" in printed
    assert "restore it from the last commit" in printed
    assert "meaning" not in json.loads(index(folder)["meta.json"])
    assert_replaced(folder, lock, capsys)


def test_a_fit_of_an_earlier_version_is_a_warning_and_a_lock_replaces_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "content/search.fit"
    with monkeypatch.context() as then:
        then.setattr(fit, "VERSION", fit.VERSION - 1)
        assert faq(folder, "lock") == 0
    for old in (
        path.read_bytes(),
        path.read_bytes()[fit.CHECKSUM_SIZE :],
    ):  # with a checksum, and from before there was one
        path.write_bytes(old)
        capsys.readouterr()
        assert faq(folder, "build") == 0
        printed = capsys.readouterr().err
        assert "made by another version of faq_builder" in printed
        assert "run `faq lock`" in printed
        assert "last commit" not in printed
        assert_replaced(folder, ["lock"], capsys)


def test_a_ledger_with_conflict_markers_is_repaired_however_strict_the_lock(folder: Path) -> None:
    assert faq(folder, "lock") == 0
    path = folder / "content/ledger.jsonl"
    good = path.read_text(encoding="utf-8")
    path.write_text(f"<<<<<<< ours\n{good}=======\n{good}>>>>>>> theirs\n", encoding="utf-8")
    assert faq(folder, "check", "--fail-on", "warning") == 1
    assert faq(folder, "lock", "--fail-on", "warning") == 0
    assert path.read_text(encoding="utf-8") == good


def test_a_lock_without_an_encoder_says_that_it_leaves_a_broken_fit(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "installed_encoder", lambda: None)
    (folder / "content/search.fit").write_bytes(b"<<<<<<< ours")
    assert faq(folder, "lock") == 0
    assert "content/search.fit was left as it is" in capsys.readouterr().err
    assert faq(folder, "lock", "--fail-on", "warning") == 1
    assert (folder / "content/search.fit").read_bytes() == b"<<<<<<< ours"
    assert (folder / "content/ledger.jsonl").exists()


def assert_replaced(folder: Path, lock: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """These arguments write a fit that a build can use."""
    assert faq(folder, *lock) == 0
    capsys.readouterr()
    assert faq(folder, "build") == 0
    assert "FAQ644" not in capsys.readouterr().err
    assert "meaning" in json.loads(index(folder)["meta.json"])


def test_lock_trains_again_for_other_embeddings_encoder_or_stemmer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "content/search.fit"
    monkeypatch.setattr(WordsEncoder, "name", shipped_embeddings().encoder)
    assert faq(folder, "lock") == 0
    good = path.read_bytes()
    made = read_fit(good)
    assert made.pretrained == shipped_embeddings().name
    for outdated in (replace(made, pretrained="older"), replace(made, encoder="other"), replace(made, stemmer="none")):
        path.write_bytes(write_fit(outdated))
        assert faq(folder, "lock") == 0
        assert path.read_bytes() == good


def test_lock_does_not_train_again_if_the_fit_is_up_to_date(folder: Path) -> None:
    assert faq(folder, "lock") == 0
    made = read_fit((folder / "content/search.fit").read_bytes())
    (folder / "content/search.fit").write_bytes(write_fit(replace(made, pretrained_scale=made.pretrained_scale + 1)))
    assert faq(folder, "lock") == 0
    assert read_fit((folder / "content/search.fit").read_bytes()).pretrained_scale == made.pretrained_scale + 1
