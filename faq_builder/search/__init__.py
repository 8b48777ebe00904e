"""The index that the browser reads; its client is in theme/."""

from faq_builder.search.document import FOLDER, Document, Standing
from faq_builder.search.fit import Fit, FitError, OtherVersionError, is_made_with, read_fit, write_fit
from faq_builder.search.fitting import has_drifted, new_fit, recorded
from faq_builder.search.index import build_index
from faq_builder.search.topics import documents, search_document

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
