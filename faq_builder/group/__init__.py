"""Threads -> topics, with permanent addresses."""
