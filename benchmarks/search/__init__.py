"""Measure how well the shipped search finds reworded questions and what a search costs, compared with its peers."""

from benchmarks.search.encoding import CachedEncoder, cached_encoder

__all__ = ["CachedEncoder", "cached_encoder"]
