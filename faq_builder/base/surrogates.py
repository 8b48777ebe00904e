"""Surrogates, the halves that UTF-16 writes some characters with: in text they stand for nothing and cannot be saved.

Escapes bring them in: `"\\ud83d\\ude00"` is an emoji in JSON and two surrogates in YAML; `"\\ud83d"` is a lone one in
both.
"""

import re

REPLACEMENT = "\ufffd"  # what Unicode has for a character that cannot be shown

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    r"""The text with pairs joined and lone halves replaced: `\ud83d\ude00 \ud83d` becomes `😀 �`."""
    return _HALF.sub(REPLACEMENT, _PAIR.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")
