"""Topics -> HTML fragments; the only maker of Html."""
