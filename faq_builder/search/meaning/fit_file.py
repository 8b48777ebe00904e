"""content/search.fit: reading the committed fit for a build, and training or refreshing it for `faq lock`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Config
from faq_builder.model import primary_language
from faq_builder.search import (
    Document,
    Fit,
    FitError,
    OtherVersionError,
    has_drifted,
    is_made_with,
    read_fit,
    refresh_fit,
    train_fit,
)
from faq_builder.similarity import MeaningEngine, SimilarityEngine

FIT_PATH = "content/search.fit"


def load_fit(config: Config) -> tuple[Fit | None, tuple[Diagnostic, ...]]:
    """Return the committed fit and no finding; None if there is no file, None and a finding if it cannot be used."""
    path = config.root / FIT_PATH
    if not path.exists():
        return None, ()
    try:
        return read_fit(path.read_bytes()), ()
    except OtherVersionError:
        problem = "was made by another version of faq_builder"
        advice = "run `faq lock`, which trains a new one"
    except (OSError, FitError):
        problem = "cannot be read"
        advice = "restore it from the last commit, or run `faq lock`, which trains a new one"
    message = f"the fit of the search {problem}, so the search uses words alone"
    return None, (Diagnostic(code="FAQ644", where=Location(path=FIT_PATH), message=message, help=advice),)


def update_fit(
    fit: Fit | None, documents: Sequence[Document], similarity: SimilarityEngine, language: str
) -> Fit | None:
    """Return the fit for these documents: refreshed, or trained from scratch if there is none or it is out of date.

    None if there are no documents, or no encoder that knows the language of the site ("de-AT").
    """
    language = primary_language(language)
    if not isinstance(similarity, MeaningEngine) or not documents or language not in similarity.encoder.languages:
        return None
    encoder = _CachedEncoder(similarity)
    if fit is None or not is_made_with(fit, encoder.name, language) or has_drifted(fit, documents):
        return train_fit(documents, encoder, language)
    return refresh_fit(fit, documents, encoder)


@dataclass(frozen=True)
class _CachedEncoder:
    """The encoder of a similarity; the vectors of texts that were encoded before come from its store."""

    similarity: MeaningEngine

    @property
    def name(self) -> str:
        return self.similarity.name

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        encoder = self.similarity.encoder
        return self.similarity.store.vectors(encoder.name, texts, encoder.encode)
