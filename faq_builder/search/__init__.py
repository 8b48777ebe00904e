"""The search index that the browser reads; the client that reads it is in theme/assets/faq."""

from faq_builder.search.documents import FOLDER, Document, LikelyTopic, OpenDocument, Standing
from faq_builder.search.index.build import build_index
from faq_builder.search.meaning.fit import Fit, FitError, OtherVersionError, is_made_with, read_fit, write_fit
from faq_builder.search.meaning.training import has_drifted, refresh_fit, train_fit
from faq_builder.search.topic_documents import open_documents, site_documents, topic_document

__all__ = [
    "FOLDER",
    "Document",
    "Fit",
    "FitError",
    "LikelyTopic",
    "OpenDocument",
    "OtherVersionError",
    "Standing",
    "build_index",
    "has_drifted",
    "is_made_with",
    "open_documents",
    "read_fit",
    "refresh_fit",
    "site_documents",
    "topic_document",
    "train_fit",
    "write_fit",
]
