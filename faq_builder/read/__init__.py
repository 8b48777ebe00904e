"""Exports and content/threads -> raw threads."""
