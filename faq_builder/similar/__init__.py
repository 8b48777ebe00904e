"""Text -> vectors -> pairs -> groups. Knows nothing of threads."""
