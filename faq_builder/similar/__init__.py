"""Text -> vectors -> pairs -> groups. Knows nothing of threads."""

from faq_builder.similar.encoder import Encoder, EncoderError, from_folder, installed
from faq_builder.similar.languages import language
from faq_builder.similar.lexical import Lexical
from faq_builder.similar.linkage import Constraints, Groups, link
from faq_builder.similar.lookalikes import Difference, difference, differing, mentioned
from faq_builder.similar.meaning import Meaning
from faq_builder.similar.store import Store
from faq_builder.similar.vectors import Bands, Compared, Keys, Pairs, Similarity, Sums, Vectors

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
