"""Text -> vectors -> pairs -> groups. Knows nothing of threads."""

from faq_builder.similarity.encoder import Encoder, EncoderError, encoder_from_folder, installed_encoder
from faq_builder.similarity.languages import language_of
from faq_builder.similarity.lexical import LexicalEngine
from faq_builder.similarity.linkage import Constraints, Groups, average_linkage
from faq_builder.similarity.lookalikes import Difference, describe_difference, find_difference, mentioned_products
from faq_builder.similarity.meaning import MeaningEngine
from faq_builder.similarity.store import Store
from faq_builder.similarity.vectors import (
    Comparison,
    GroupSums,
    LinkageThresholds,
    Pairs,
    SimilarityEngine,
    Thresholds,
    Vectors,
)

__all__ = [
    "Comparison",
    "Constraints",
    "Difference",
    "Encoder",
    "EncoderError",
    "GroupSums",
    "Groups",
    "LexicalEngine",
    "LinkageThresholds",
    "MeaningEngine",
    "Pairs",
    "SimilarityEngine",
    "Store",
    "Thresholds",
    "Vectors",
    "average_linkage",
    "describe_difference",
    "encoder_from_folder",
    "find_difference",
    "installed_encoder",
    "language_of",
    "mentioned_products",
]
