"""The index that the browser reads; its client is in theme/."""

from faq_builder.search.index import FOLDER, Document, build_index

__all__ = ["FOLDER", "Document", "build_index"]
