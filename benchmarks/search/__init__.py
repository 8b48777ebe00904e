"""How well the shipped search finds reworded questions, and what a search costs, beside its peers."""

from benchmarks.search.encoding import Cached, cached_encoder

__all__ = ["Cached", "cached_encoder"]
