"""What people decided, applied to the threads that are there."""

from faq_builder.decide.addresses import Addresses
from faq_builder.decide.rulings import Rulings, resolve

__all__ = ["Addresses", "Rulings", "resolve"]
