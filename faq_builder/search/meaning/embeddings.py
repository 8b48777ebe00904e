"""The embeddings that a build knows: those of the fit, and the pretrained ones of other words."""

from collections.abc import Callable, Collection

import numpy as np

from faq_builder.search.meaning.fit import MAX_SCALE, Fit, TokenEmbeddings
from faq_builder.search.meaning.pretrained import PretrainedEmbeddings
from faq_builder.search.meaning.quantisation import quantise

SMALL_SITE_MAX_TOPICS = 1_000  # up to this many topics, all pretrained embeddings are published (about 170 more files)


def pretrained_of_fit(fit: Fit, load: Callable[[], PretrainedEmbeddings]) -> PretrainedEmbeddings | None:
    """Return the loaded pretrained embeddings if the fit started from them, else None."""
    return found if (found := load()).name == fit.pretrained else None


def known_embeddings(fit: Fit, pretrained: PretrainedEmbeddings | None, terms: Collection[str]) -> TokenEmbeddings:
    """Return the embeddings of these terms; terms that neither the fit nor `pretrained` knows are left out."""
    fitted = fit.embeddings.only(terms)
    if pretrained is None:
        return fitted
    others = [term for term in terms if term in pretrained.positions and term not in fit.embeddings.positions]
    at = [pretrained.positions[term] for term in others]
    # products and sums of whole numbers below 2**53: exact in floats, in whatever order they are added
    values, units = quantise(pretrained.values(at).astype(np.float64) @ fit.projection.astype(np.float64))
    scales = np.clip(np.rint(units * pretrained.scales[at] * fit.pretrained_scale), 1, MAX_SCALE).astype(np.uint8)
    return TokenEmbeddings(
        terms=(*fitted.terms, *others),
        values=np.concatenate([fitted.values, values]),
        scales=np.concatenate([fitted.scales, scales]),
    )
