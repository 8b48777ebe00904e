"""The embeddings that are known for terms: those of the fit, and for other words those of the prior."""

from collections.abc import Callable, Collection

import numpy as np

from faq_builder.search.meaning.fit import LARGEST_SCALE, Fit, Table
from faq_builder.search.meaning.pretrained import Prior
from faq_builder.search.meaning.quantisation import quantised

SMALL = 1_000  # topics up to which all are, as a site that has few files affords: some 170 more


def prior_of(fit: Fit, prior: Callable[[], Prior]) -> Prior | None:
    """The prior that the fit started from, if it still is."""
    return found if (found := prior()).name == fit.prior else None


def known_table(fit: Fit, prior: Prior | None, terms: Collection[str]) -> Table:
    """The rows of those of these terms that the fit or the prior knows."""
    kept = fit.table.only(terms)
    if prior is None:
        return kept
    others = [term for term in terms if term in prior.number and term not in fit.table.number]
    more = [prior.number[term] for term in others]
    # products and sums of whole numbers below 2**53: exact in floats, whatever the order
    small, units = quantised(prior.rows(more).astype(np.float64) @ fit.projection.astype(np.float64))
    scales = np.clip(np.rint(units * prior.scales[more] * fit.unseen), 1, LARGEST_SCALE).astype(np.uint8)
    return Table(
        terms=(*kept.terms, *others),
        rows=np.concatenate([kept.rows, small]),
        scales=np.concatenate([kept.scales, scales]),
    )
