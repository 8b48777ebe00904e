"""Texts -> the terms under which they are found."""
