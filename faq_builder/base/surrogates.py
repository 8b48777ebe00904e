"""Repairs surrogates, the two halves of one character in UTF-16. In a Python text they cannot be encoded or saved.

They come from escapes: `"\\ud83d\\ude00"` is one emoji in JSON but two surrogates in YAML; `"\\ud83d"` is a lone
surrogate in both.
"""

import re

REPLACEMENT = "\ufffd"  # U+FFFD REPLACEMENT CHARACTER

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    r"""Return a text with pairs joined and lone surrogates replaced: `\ud83d\ude00 \ud83d` becomes `😀 �`."""
    return _SURROGATE.sub(REPLACEMENT, _PAIR.sub(_joined_pair, text))


def _joined_pair(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")
