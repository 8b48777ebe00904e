"""Review questions for a person: finding them, showing texts side by side, and a session that writes verdicts."""

from faq_builder.staff.review.finding import find_questions, questions_of
from faq_builder.staff.review.questions import Choice, Passage, QuestionKind, ReviewQuestion
from faq_builder.staff.review.review_file import benefit_phrase, review_page
from faq_builder.staff.review.session import ReviewSession, Step
from faq_builder.staff.review.side_by_side import PLAIN_MARKS, Marks, differences, side_by_side
from faq_builder.staff.review.skips import Skips
from faq_builder.staff.review.verdicts import Verdict, choice_of, parse_verdicts, question_record

__all__ = [
    "PLAIN_MARKS",
    "Choice",
    "Marks",
    "Passage",
    "QuestionKind",
    "ReviewQuestion",
    "ReviewSession",
    "Skips",
    "Step",
    "Verdict",
    "benefit_phrase",
    "choice_of",
    "differences",
    "find_questions",
    "parse_verdicts",
    "question_record",
    "questions_of",
    "review_page",
    "side_by_side",
]
