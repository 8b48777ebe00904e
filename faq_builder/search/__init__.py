"""The index that the browser reads; its client is in theme/."""

from faq_builder.search.document import FOLDER, Document
from faq_builder.search.fit import Fit, FitError, read_fit, write_fit
from faq_builder.search.fitting import has_drifted, new_fit, recorded
from faq_builder.search.index import build_index

__all__ = [
    "FOLDER",
    "Document",
    "Fit",
    "FitError",
    "build_index",
    "has_drifted",
    "new_fit",
    "read_fit",
    "recorded",
    "write_fit",
]
