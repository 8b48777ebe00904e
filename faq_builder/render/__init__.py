"""Topics -> HTML pages. Only this package makes `Html`."""
