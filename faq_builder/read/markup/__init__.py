"""Foreign markup -> GitHub-flavoured Markdown: str -> str."""
