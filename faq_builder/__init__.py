"""Turns answered public conversations into a persistent, distributed FAQ."""

__version__ = "0.1.0"
