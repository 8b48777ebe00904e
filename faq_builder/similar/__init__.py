"""Text -> vectors -> pairs -> groups. Knows nothing of threads."""

from faq_builder.similar.lexical import Lexical
from faq_builder.similar.linkage import Constraints, Groups, link
from faq_builder.similar.vectors import Pairs, Similarity, Sums, Vectors

__all__ = ["Constraints", "Groups", "Lexical", "Pairs", "Similarity", "Sums", "Vectors", "link"]
