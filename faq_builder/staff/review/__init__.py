"""Open questions for a person: finding them, showing two texts side by side, writing them as a file to tick."""

from faq_builder.staff.review.doubts import Choice, Doubt, DoubtKind, Side, find_doubts
from faq_builder.staff.review.review_file import review_page
from faq_builder.staff.review.side_by_side import PLAIN_MARKS, Marks, differences, side_by_side

__all__ = [
    "PLAIN_MARKS",
    "Choice",
    "Doubt",
    "DoubtKind",
    "Marks",
    "Side",
    "differences",
    "find_doubts",
    "review_page",
    "side_by_side",
]
