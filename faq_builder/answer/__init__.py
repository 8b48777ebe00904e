"""Which replies of a thread answer it, why, and how sure that is."""

from faq_builder.answer.choose import choose_answers

__all__ = ["choose_answers"]
