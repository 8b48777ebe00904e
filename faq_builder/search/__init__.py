"""The index that the browser reads; its client is in theme/."""

from faq_builder.search.documents import FOLDER, Document, Standing
from faq_builder.search.index.build import build_index
from faq_builder.search.meaning.fit import Fit, FitError, OtherVersionError, is_made_with, read_fit, write_fit
from faq_builder.search.meaning.training import has_drifted, new_fit, recorded
from faq_builder.search.topic_documents import documents, search_document

__all__ = [
    "FOLDER",
    "Document",
    "Fit",
    "FitError",
    "OtherVersionError",
    "Standing",
    "build_index",
    "documents",
    "has_drifted",
    "is_made_with",
    "new_fit",
    "read_fit",
    "recorded",
    "search_document",
    "write_fit",
]
