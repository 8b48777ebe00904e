"""Text -> vectors -> pairs -> groups. Knows nothing of threads."""

from faq_builder.similarity.encoder import Encoder, EncoderError, from_folder, installed
from faq_builder.similarity.languages import language
from faq_builder.similarity.lexical import Lexical
from faq_builder.similarity.linkage import Constraints, Groups, link
from faq_builder.similarity.lookalikes import Difference, difference, differing, mentioned
from faq_builder.similarity.meaning import Meaning
from faq_builder.similarity.store import Store
from faq_builder.similarity.vectors import Bands, Compared, Keys, Pairs, Similarity, Sums, Vectors

__all__ = [
    "Bands",
    "Compared",
    "Constraints",
    "Difference",
    "Encoder",
    "EncoderError",
    "Groups",
    "Keys",
    "Lexical",
    "Meaning",
    "Pairs",
    "Similarity",
    "Store",
    "Sums",
    "Vectors",
    "difference",
    "differing",
    "from_folder",
    "installed",
    "language",
    "link",
    "mentioned",
]
