"""What people decided, applied to the threads that are there."""

from faq_builder.decisions.resolving import Rulings, pairs_apart, resolve
from faq_builder.decisions.targets import Addresses, Place
from faq_builder.decisions.written import resolve_written, unplaced

__all__ = ["Addresses", "Place", "Rulings", "pairs_apart", "resolve", "resolve_written", "unplaced"]
