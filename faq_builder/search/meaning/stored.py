"""The fit of the search, an input of every build as the ledger is: read from the content, made anew by `faq lock`."""

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
    new_fit,
    read_fit,
    recorded,
)
from faq_builder.similarity import MeaningEngine, SimilarityEngine

FIT = "content/search.fit"


def stored_fit(config: Config) -> tuple[Fit | None, tuple[Diagnostic, ...]]:
    """The committed fit, None where there is none or it cannot be used; the latter is a finding."""
    path = config.root / FIT
    if not path.exists():
        return None, ()
    try:
        return read_fit(path.read_bytes()), ()
    except OtherVersionError:
        trouble, advice = "was made by another version of faq_builder", "run `faq lock`, which makes it anew"
    except (OSError, FitError):
        trouble, advice = "cannot be read", "restore it from the last commit, or run `faq lock`, which makes it anew"
    message = f"the fit of the search {trouble}, so words are searched alone"
    return None, (Diagnostic(code="FAQ644", where=Location(path=FIT), message=message, help=advice),)


def locked_fit(
    fit: Fit | None, documents: Sequence[Document], similarity: SimilarityEngine, language: str
) -> Fit | None:
    """The fit with the vectors of these documents, made anew where there is none or it is out of date.

    None without documents, and without an encoder that knows the language of the site ("de-AT").
    """
    language = primary_language(language)
    if not isinstance(similarity, MeaningEngine) or not documents or language not in similarity.encoder.languages:
        return None
    encoder = _Remembering(similarity)
    if fit is None or not is_made_with(fit, encoder.name, language) or has_drifted(fit, documents):
        return new_fit(documents, encoder, language)
    return recorded(fit, documents, encoder)


@dataclass(frozen=True)
class _Remembering:
    """The encoder, which reads no text a second time."""

    similarity: MeaningEngine

    @property
    def name(self) -> str:
        return self.similarity.name

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        encoder = self.similarity.encoder
        return self.similarity.store.vectors(encoder.name, texts, encoder.encode)
