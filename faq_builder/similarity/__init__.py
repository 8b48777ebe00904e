"""Text -> vectors -> pairs -> groups. Knows nothing of threads."""

from faq_builder.similarity.encoder import Encoder, EncoderError, encoder_from_folder, installed_encoder
from faq_builder.similarity.form import Form, same_but_for_form
from faq_builder.similarity.languages import language_of
from faq_builder.similarity.lexical import LexicalEngine
from faq_builder.similarity.linkage import Constraints, Groups, average_linkage, complete_linkage
from faq_builder.similarity.lookalikes import (
    Difference,
    are_told_apart,
    describe_difference,
    find_difference,
    mentioned_products,
    name_different_things,
)
from faq_builder.similarity.matching import Matches
from faq_builder.similarity.meaning import MeaningEngine
from faq_builder.similarity.no_question import asks_nothing
from faq_builder.similarity.pair_score import QuestionVectors, score_pairs
from faq_builder.similarity.rewording import same_but_for_wording
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
    "Form",
    "GroupSums",
    "Groups",
    "LexicalEngine",
    "LinkageThresholds",
    "Matches",
    "MeaningEngine",
    "Pairs",
    "QuestionVectors",
    "SimilarityEngine",
    "Store",
    "Thresholds",
    "Vectors",
    "are_told_apart",
    "asks_nothing",
    "average_linkage",
    "complete_linkage",
    "describe_difference",
    "encoder_from_folder",
    "find_difference",
    "installed_encoder",
    "language_of",
    "mentioned_products",
    "name_different_things",
    "same_but_for_form",
    "same_but_for_wording",
    "score_pairs",
]
