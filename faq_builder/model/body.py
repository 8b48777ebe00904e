"""Parts of a message's body: the author's own words, without quotes and code."""

import re

# quoted lines, and fenced code blocks; a fence that is never closed ends with the text
_QUOTES_AND_CODE = re.compile(
    r"^[ \t]*>[^\n]*$|^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL
)


def own_words(body: str) -> str:
    """Return a body without quotes and code blocks: `> Blue?\\n\\nYes, blue.` -> `Yes, blue.`."""
    return _QUOTES_AND_CODE.sub("", body).strip()
