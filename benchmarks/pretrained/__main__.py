"""Make the pretrained embeddings of the package (model card: faq_builder/search/meaning/pretrained/README.md).

    python -m benchmarks.pretrained --packages DIR --utterances FILE... [--cache FILE] --out PRIOR.npz

DIR has the unpacked packages that the README.md next to this file lists. FILE is JSON lines {intent, text}: the
training part of Banking77 and the validation part of CLINC150. Needs the extra `meaning`.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.pretrained.sources import texts_by_source
from benchmarks.search import CachedEncoder, cached_encoder
from faq_builder.search.meaning.distillation import Floats, TermMatrix, fit_embeddings
from faq_builder.search.meaning.fit import MAX_SCALE
from faq_builder.search.meaning.pretrained import PretrainedEmbeddings, write_pretrained
from faq_builder.search.meaning.quantisation import pack_four_bits, quantise
from faq_builder.search.meaning.training import UNKNOWN_WORD_START_LENGTH, rarity
from faq_builder.search.text.words import text_terms

STEMMER = "english"
MIN_TEXTS_PER_WORD = 3  # a word outside the encoder's vocabulary needs this many to get an embedding
RIDGE = 3.0  # weight of the penalty in the ridge regression


def main() -> None:
    """Collect the texts, encode them, fit the embeddings and write the file."""
    parser = argparse.ArgumentParser(prog="benchmarks.pretrained", description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--utterances", type=Path, nargs="+", required=True)
    parser.add_argument("--cache", type=Path, help="a file that keeps the encoder's vectors for the next run")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = cached_encoder(arguments.cache)
    if encoder is None:
        raise SystemExit("the extra `meaning` is not installed")
    pieces = encoder.encoder.tokenizer.ids
    words = [piece for piece in pieces if re.fullmatch(r"[a-z][a-z0-9]+|[0-9]+", piece)]  # the most common first
    utterances = [json.loads(line)["text"] for path in arguments.utterances for line in path.open(encoding="utf-8")]
    texts = dict.fromkeys(utterances)  # a dictionary drops doubles and keeps the order
    print(f"{len(texts):,} utterances")
    for name, more in texts_by_source(arguments.packages, frozenset(words)):
        print(f"{len(more):,} {name}")
        texts |= dict.fromkeys(more)
    content = write_pretrained(fit_pretrained(words, list(texts), encoder))
    arguments.out.write_bytes(content)
    print(f"{len(texts):,} texts, {len(content):,} bytes in {arguments.out}")


def fit_pretrained(words: Sequence[str], texts: Sequence[str], encoder: CachedEncoder) -> PretrainedEmbeddings:
    """Return embeddings of the encoder's own words and of words in several texts, fitted to the texts.

    `words` is the encoder's vocabulary, the most common words first.
    """
    commonest_word = {stems[0]: word for word in reversed(words) if len(stems := text_terms(word, STEMMER)) == 1}
    bags = [text_terms(text, STEMMER) for text in texts]
    text_counts = Counter(term for bag in bags for term in dict.fromkeys(bag))
    own = dict.fromkeys(stems[0] for word in words if len(stems := text_terms(word, STEMMER)) == 1)
    all_terms = [
        *own,
        *(term for term, count in text_counts.most_common() if term not in own and count >= MIN_TEXTS_PER_WORD),
    ]
    weights = np.array([rarity(text_counts[term], len(texts)) for term in all_terms], dtype=np.float32)
    start = np.float32(UNKNOWN_WORD_START_LENGTH) * _unit_vectors(
        encoder, [commonest_word.get(term, "") for term in all_terms]
    )
    start[[at for at, term in enumerate(all_terms) if term not in commonest_word]] = 0
    number = {term: at for at, term in enumerate(all_terms)}
    embeddings = fit_embeddings(TermMatrix.of(bags, number, weights), _unit_vectors(encoder, texts), start, RIDGE)
    small, units = quantise(embeddings.astype(np.float64))
    unit = float(units.max()) / MAX_SCALE
    return PretrainedEmbeddings(
        name="questions-2",
        encoder=encoder.name,
        stemmer=STEMMER,
        unit=unit,
        terms=tuple(all_terms),
        packed=pack_four_bits(small),
        scales=np.clip(np.rint(units / unit), 1, MAX_SCALE).astype(np.uint8),
    )


def _unit_vectors(encoder: CachedEncoder, texts: Sequence[str]) -> Floats:
    """Return the vectors of texts with length 1: shape (texts, dimensions of the encoder), float32."""
    vectors = encoder.encode(texts).astype(np.float32)
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return unit


if __name__ == "__main__":
    main()
