"""content/search.fit: `faq lock` writes it, builds read it, and without it words are searched alone."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from faq_builder import build
from test_cli import CONFIG, THREAD, faq


class Encoder:
    """As much of an encoder as is used: each word has a direction of its own."""

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
    monkeypatch.setattr(build, "installed", Encoder)
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/threads").mkdir()
    (tmp_path / "content/threads/red.md").write_text(THREAD.format(n=1), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def index(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "site/assets/faq/index").iterdir()}


def test_lock_fits_once_and_builds_need_no_encoder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faq(folder, "build") == 0
    assert "meaning" not in json.loads(index(folder)["meta.json"])
    assert faq(folder, "lock") == 0
    assert "search.fit" in capsys.readouterr().out
    assert faq(folder, "build", "--locked") == 0
    with_encoder = index(folder)
    assert "meaning" in json.loads(with_encoder["meta.json"])
    monkeypatch.setattr(build, "installed", lambda: None)
    assert faq(folder, "build", "--locked") == 0
    assert index(folder) == with_encoder
    assert faq(folder, "lock") == 0
    assert "search.fit" not in capsys.readouterr().out


def test_a_broken_fit_is_a_warning_and_refit_mends_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "content/search.fit"
    path.write_bytes(b"<<<<<<< ours")
    assert faq(folder, "build") == 0
    assert "FAQ644" in capsys.readouterr().err
    assert "meaning" not in json.loads(index(folder)["meta.json"])
    assert faq(folder, "lock", "--refit") == 0
    capsys.readouterr()
    assert faq(folder, "build") == 0
    assert "FAQ644" not in capsys.readouterr().err
    assert "meaning" in json.loads(index(folder)["meta.json"])
