"""Searches that mean the same: average linkage by similarity alone, as nothing is published by it."""

from collections.abc import Sequence

import numpy as np

from faq_builder.group.wording import has_content_word
from faq_builder.model import primary_language
from faq_builder.similarity import SimilarityEngine, average_linkage, find_difference


def similar_searches(
    searches: Sequence[str], languages: Sequence[str], engine: SimilarityEngine, products: Sequence[str] = ()
) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the searches in groups; searches in two languages never share a group."""
    codes = [primary_language(language) for language in languages]
    read = [text if engine.supports(text, code) else "" for text, code in zip(searches, codes, strict=True)]
    thresholds = engine.thresholds.merge
    compared = engine.compare(read, read, least=thresholds.lowest_pair, near=thresholds.lowest_pair, most=0)
    keys = compared.merge_pairs
    alike = [
        codes[one] == codes[other]
        and bool(read[one] and read[other])
        and has_content_word(read[one])
        and has_content_word(read[other])
        and find_difference(read[one], read[other], products) is None
        for one, other, _ in keys.rows()
    ]
    return average_linkage(compared.vectors, keys.where(np.array(alike, dtype=bool)), thresholds).members
