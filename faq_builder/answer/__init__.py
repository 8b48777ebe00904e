"""Which replies of a thread answer it, for what reason, and how likely that is right."""

from faq_builder.answer.choose import choose_answers

__all__ = ["choose_answers"]
