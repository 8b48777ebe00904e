"""`faq review --web`: a review session on a page that only this computer can open."""

from faq_builder.staff.review.web.server import ReviewServer

__all__ = ["ReviewServer"]
