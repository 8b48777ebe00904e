"""Vectors as small whole numbers: the same on every machine, and what the browser reads.

Rows of terms have numbers from -7 to 7, two to a byte; vectors of topics from -4 to 4, two to a character; middles of
cells one of four levels, of many cells one of two. What that loses beside floats is in benchmarks/README.md.
"""

import numpy as np
from numpy.typing import NDArray

Small = NDArray[np.int8]

MOST = 7
MOST_OF_TOPIC = 4
_SPREAD = {MOST: 2.6, MOST_OF_TOPIC: 2.0}  # standard deviations that fit; rarer values are cut off
_FIRST, _SKIPPED = 35, 92  # of the characters of a text: "#", and the backslash, which JSON would write as two


def quantised(vectors: NDArray[np.float64], most: int = MOST) -> tuple[Small, NDArray[np.float64]]:
    """The numbers of each vector, and what they have to be multiplied with. Exact arithmetic only: no sums of floats.

    The squares of whole numbers are whole, and root and quotient are rounded alike everywhere (IEEE 754); so give whole
    numbers where the result must not depend on the processor.
    """
    squares = np.square(vectors).sum(axis=1, keepdims=True)
    unit = np.sqrt(squares / vectors.shape[1]) * (_SPREAD[most] / most)
    unit[unit == 0] = 1.0
    return np.clip(np.rint(vectors / unit), -most, most).astype(np.int8), unit[:, 0]


def packed(vectors: Small) -> NDArray[np.uint8]:
    """Two numbers a byte, the first in the lower half, each plus 8; one row of bytes for each vector."""
    halves: NDArray[np.uint8] = (vectors + np.int8(8)).astype(np.uint8)
    both: NDArray[np.uint8] = halves[:, 0::2] | halves[:, 1::2] * np.uint8(16)
    return both


def unpacked(rows: NDArray[np.uint8]) -> Small:
    """The vectors of rows of bytes."""
    vectors = np.empty((rows.shape[0], rows.shape[1] * 2), dtype=np.int8)
    vectors[:, 0::2] = (rows & 15).astype(np.int8) - 8
    vectors[:, 1::2] = (rows >> 4).astype(np.int8) - 8
    return vectors


def as_text(vectors: Small) -> str:
    """Vectors of topics, two numbers a character: nine times the first plus the second, both plus 4, from "#" on.

    So they lie in one JSON file with what a result shows, and gzip takes them down to 2.8 bits a number.
    """
    up = (vectors + np.int8(MOST_OF_TOPIC)).astype(np.uint8)
    codes = up[:, 0::2] * np.uint8(2 * MOST_OF_TOPIC + 1) + up[:, 1::2] + np.uint8(_FIRST)
    return (codes + (codes >= _SKIPPED)).astype(np.uint8).tobytes().decode("ascii")


def coarse(vectors: Small, bits: int) -> NDArray[np.uint8]:
    """Two bits a number, the first lowest: 0 to 3 stand for -10, -3, 3 and 10; or one bit, which is set above nothing.

    These levels tell most of normally distributed numbers (Max, Quantizing for Minimum Distortion, 1960), and they are
    enough to tell which vectors are the nearest.
    """
    squares = np.square(vectors.astype(np.int64))
    large = squares * vectors.shape[1] * 10_000 >= 9_604 * squares.sum(axis=1, keepdims=True)
    codes = np.where(vectors < 0, np.where(large, 0, 1), np.where(large, 3, 2)).astype(np.uint8)
    codes >>= np.uint8(2 - bits)
    apart: NDArray[np.uint8] = codes.reshape(len(vectors), -1, 8 // bits) << np.arange(0, 8, bits, dtype=np.uint8)
    bytes_: NDArray[np.uint8] = np.bitwise_or.reduce(apart, axis=2)
    return bytes_
