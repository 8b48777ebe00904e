"""Texts -> the terms that they are found by."""
