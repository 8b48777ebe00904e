"""Greetings at the beginning of an answer in HTML become a quiet line of their own; nothing is lost."""

import html
import re

from faq_builder.model import Html, opening_length

_PARAGRAPHS = 3  # paragraphs that greetings may take: "Hi Ada!", "Thanks for asking."
_PARAGRAPH = re.compile(r"<p>(.*?)</p>\n?", re.DOTALL)
_TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|[^<&]|[<&]", re.DOTALL)
_VOID = ("<br", "<wbr", "<img")


def with_quiet_opening(body: Html) -> Html:
    """Return the HTML with its greetings in paragraphs of the class `faq-opening`.

    "<p>Hi Ada! Take it out.</p>" -> '<p class="faq-opening">Hi Ada!</p>\\n<p>Take it out.</p>'. If the end of the
    greeting lies within an element, such as a link, the HTML stays as it is.
    """
    text, at = body.value, 0
    paragraphs: list[re.Match[str]] = []
    while len(paragraphs) < _PARAGRAPHS and (match := _PARAGRAPH.match(text, at)):
        paragraphs.append(match)
        at = match.end()
    plain = "\n\n".join(_plain(match[1]) for match in paragraphs)
    rest = _plain(text[at : at + 200])
    left = opening_length(f"{plain}\n\n{rest}") if rest.strip() else opening_length(plain)
    done, start = "", 0
    for match in paragraphs:
        if left <= 0:
            break
        if left >= (length := len(_plain(match[1]))):
            done += f'<p class="faq-opening">{match[1]}</p>\n'
            left -= length + 2  # the line ends between paragraphs
        else:
            cut = _position(match[1], left)
            if cut is None:
                break
            done += f'<p class="faq-opening">{match[1][:cut].rstrip()}</p>\n<p>{match[1][cut:].lstrip()}</p>\n'
            left = 0
        start = match.end()
    return Html(done + text[start:])


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def _position(markup: str, length: int) -> int | None:
    """Return where `length` characters of text end in inline HTML, None if that is within an element."""
    depth = 0
    for match in _TOKEN.finditer(markup):
        if length == 0 and depth == 0:
            return match.start()
        token = match[0]
        if token.startswith("<") and len(token) > 1:
            depth += 0 if token.startswith(_VOID) else -1 if token.startswith("</") else 1
        else:
            length -= len(html.unescape(token))
        if length < 0:
            return None
    return None
