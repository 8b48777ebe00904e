"""The Markdown of a message's body: which part of it the author says."""

import re

# quoted lines, and fenced blocks of code; a block without an end goes on to the end of the text
_QUOTES_AND_CODE = re.compile(
    r"^[ \t]*>[^\n]*$|^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL
)


def own_words(body: str) -> str:
    """Return a body without quotes and blocks of code: `> Blue?\\n\\nYes, blue.` -> `Yes, blue.`."""
    return _QUOTES_AND_CODE.sub("", body).strip()
