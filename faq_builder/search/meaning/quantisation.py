"""Quantisation: vectors as small whole numbers, which are the same on every machine and which the browser reads.

| vectors              | values              | stored as              |
|----------------------|---------------------|------------------------|
| embeddings of terms  | -7 to 7             | 4 bits                 |
| topics               | -4 to 4             | half an ASCII character |
| centroids            | one of four levels  | 2 bits                 |
| centroids, if many   | one of two levels   | 1 bit                  |

benchmarks/README.md says what this loses compared with floats.
"""

import numpy as np
from numpy.typing import NDArray

Quantised = NDArray[np.int8]  # shape (vectors, dimensions)

MAX_EMBEDDING_VALUE = 7  # values from -7 to 7 fit into four bits
MAX_TOPIC_VALUE = 4  # two values from -4 to 4 fit into one ASCII character
_CLIPPED_DEVIATIONS = {MAX_EMBEDDING_VALUE: 2.6, MAX_TOPIC_VALUE: 2.0}  # standard deviations; values beyond are clipped
_FIRST_CHARACTER = 35  # "#", the character after the quotation mark: JSON would write that as two characters
_SKIPPED_CHARACTER = 92  # the backslash, for the same reason


def quantise(vectors: NDArray[np.float64], largest: int = MAX_EMBEDDING_VALUE) -> tuple[Quantised, NDArray[np.float64]]:
    """Return vectors as whole numbers from -largest to largest, and the unit of each vector, shape (vectors,).

    `values * unit` is about the vector. If the components are whole numbers, the result is the same on any processor:
    their squares add up exactly, and IEEE 754 rounds roots and quotients alike everywhere.
    """
    squares = np.square(vectors).sum(axis=1, keepdims=True)
    unit = np.sqrt(squares / vectors.shape[1]) * (_CLIPPED_DEVIATIONS[largest] / largest)
    unit[unit == 0] = 1.0
    return np.clip(np.rint(vectors / unit), -largest, largest).astype(np.int8), unit[:, 0]


def pack_four_bits(vectors: Quantised) -> NDArray[np.uint8]:
    """Return two values a byte, each plus 8, the first in the lower half. Shape (vectors, dimensions / 2).

    [[-7, 7, 0, 1]] -> [[0xF1, 0x98]]
    """
    halves: NDArray[np.uint8] = (vectors + np.int8(8)).astype(np.uint8)
    both: NDArray[np.uint8] = halves[:, 0::2] | halves[:, 1::2] * np.uint8(16)
    return both


def unpack_four_bits(packed: NDArray[np.uint8]) -> Quantised:
    """Return the vectors that `pack_four_bits` packed."""
    vectors = np.empty((packed.shape[0], packed.shape[1] * 2), dtype=np.int8)
    vectors[:, 0::2] = (packed & 15).astype(np.int8) - 8
    vectors[:, 1::2] = (packed >> 4).astype(np.int8) - 8
    return vectors


def topic_vectors_as_text(vectors: Quantised) -> str:
    """Return topic vectors as one ASCII text with a character for two values: "#" + 9 * (first + 4) + second + 4.

    [[-4, -4, 4, 4]] -> "#t". So vectors fit into the JSON file of the result cards, and gzip needs 2.8 bits a value.
    """
    shifted = (vectors + np.int8(MAX_TOPIC_VALUE)).astype(np.uint8)
    codes = shifted[:, 0::2] * np.uint8(2 * MAX_TOPIC_VALUE + 1) + shifted[:, 1::2] + np.uint8(_FIRST_CHARACTER)
    return (codes + (codes >= _SKIPPED_CHARACTER)).astype(np.uint8).tobytes().decode("ascii")


def quantise_to_levels(vectors: Quantised, bits: int) -> NDArray[np.uint8]:
    """Return vectors with 1 or 2 bits a value, the first value lowest. Shape (vectors, dimensions * bits / 8).

    Two bits: 0 to 3 stand for -10, -3, 3 and 10. One bit: 1 for values of 0 and above. The levels lose the least of
    normally distributed numbers (Max, Quantizing for Minimum Distortion, 1960), which suffices to find the nearest
    vectors.
    """
    squares = np.square(vectors.astype(np.int64))
    # Max's boundary between the inner and the outer level is 0.98 standard deviations: 0.98 ** 2 = 0.9604
    is_outer = squares * vectors.shape[1] * 10_000 >= 9_604 * squares.sum(axis=1, keepdims=True)
    codes = np.where(vectors < 0, np.where(is_outer, 0, 1), np.where(is_outer, 3, 2)).astype(np.uint8)
    codes >>= np.uint8(2 - bits)
    shifted: NDArray[np.uint8] = codes.reshape(len(vectors), -1, 8 // bits) << np.arange(0, 8, bits, dtype=np.uint8)
    packed: NDArray[np.uint8] = np.bitwise_or.reduce(shifted, axis=2)
    return packed
