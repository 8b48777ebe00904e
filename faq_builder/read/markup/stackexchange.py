"""Markup of Stack Exchange: the duplicate banner in old bodies, and the limited Markdown of comments."""

import re

from faq_builder.model import Url

# Until 2012 the site wrote "Possible Duplicate" into the body itself, above the question; dumps still contain it.
_BANNER = re.compile(
    r"\s*<blockquote>\s*<p>\s*<strong>\s*Possible Duplicates?:?\s*</strong>(?P<rest>.{0,10000}?)</blockquote>\s*",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(r"<a\b[^>]{0,2000}?\bhref=([\"'])(?P<href>.{1,2000}?)\1", re.IGNORECASE | re.DOTALL)

# https://meta.stackexchange.com/help/formatting-comments: emphasis, code, links and a few abbreviations, but no blocks,
# images or HTML. All quantifiers are bounded, so that no text takes long to match.
_TOKEN = re.compile(
    r"""
    (?P<code> (?<!`)(?P<ticks>`{1,9})(?!`) .{1,1000}? (?<!`)(?P=ticks)(?!`) )
  | (?P<math> \${1,2}(?=[^$]{0,500}[\\^_{]) [^$]{1,500} \${1,2} )
  | \[ (?P<label> (?: \\. | [^\[\]\\] | \[[^\[\]]{0,200}\] ){1,500} ) \]
    \( (?P<target> https?://[^\s()]{1,2000} (?: \([^\s()]{0,500}\) [^\s()]{0,500} ){0,9} ) (?: \s"[^"]{0,500}" )? \)
  | \[ (?: meta-)? tag: (?P<tag> [\w.\#+-]{1,60} ) \]
  | (?P<url> https?://[^\s<>"]{1,2000} )
  | (?P<escaped> \\[!-/:-@\[-`{-~] )
  | (?P<special> [<~] | &(?=\#?\w{1,31};) | !(?=\[) )
    """,
    re.VERBOSE | re.DOTALL,
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BLOCK_START = re.compile(
    r"\#{1,6}(?=\s|$) | > | [-+](?=\s|$) | \*(?=\s|$) | ([-_*])(?:\s*\1){2,}\s*$ | `{3,}(?![^`]*`) | \[[^\]]*\]:",
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def strip_duplicate_banner(html: str) -> tuple[str, tuple[str, ...]]:
    """Return a question's HTML without the duplicate banners above it, and the URLs in these banners."""
    targets: list[str] = []
    while banner := _BANNER.match(html):
        targets += [found["href"].replace("&amp;", "&") for found in _HREF.finditer(banner["rest"])]
        html = html[banner.end() :]
    return html, tuple(targets)


def comment_to_markdown(text: str, *, base_url: Url | None = None) -> str:
    """Convert a comment to one paragraph of GitHub-flavoured Markdown; syntax that comments lack stays literal text.

    # 1 is *wrong*, see [tag:rain] -> \\# 1 is *wrong*, see [rain](https://site.example/questions/tagged/rain)
    """
    line = " ".join(text.split())
    base = str(base_url).rstrip("/") if base_url else None
    return _escape_line_start(_inline(line, base))


def _inline(text: str, base: str | None) -> str:
    return _TOKEN.sub(lambda token: _rewrite(token, base), text)


def _rewrite(token: re.Match[str], base: str | None) -> str:
    """Convert one token of a comment."""
    if token["math"]:
        return _PUNCTUATION.sub(r"\\\g<0>", token[0]).replace(r"\$", "$")
    if token["label"]:
        return f"[{_inline(token['label'], base)}]({token['target']})"
    if token["tag"]:
        name = _PUNCTUATION.sub(r"\\\g<0>", token["tag"]) if base is None else token["tag"]
        return f"[{name}]({base}/questions/tagged/{token['tag'].replace('#', '%23')})" if base else name
    if token["special"]:
        return "\\" + token[0]
    return token[0]


def _escape_line_start(line: str) -> str:
    """Escape a line that would begin a heading, list, quotation, rule, fence or link definition: `- no` -> `\\- no`."""
    if _BLOCK_START.match(line):
        return "\\" + line
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
