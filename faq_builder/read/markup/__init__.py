"""Markup of other systems -> GitHub-flavoured Markdown, as functions from str to str."""
