"""Greetings, thanks and names at the beginning of a reply, which say nothing to readers who were not there."""

import re

_MIN_REMAINDER = 30  # characters after the openings; a reply that consists of thanks keeps them
_MAX_OPENINGS = 3  # openings in a row: "Hi Ada! Welcome to the board. Thanks for asking."
_MAX_LENGTH = 400  # characters in which openings are looked for: three of them, each as long as the patterns allow
_OPENING = re.compile(
    r"""(?ix)
    (?: (?:\*+|_+)? @?\[(?:name|e-mail)\ removed\] (?:\*+|_+)?                     # a placeholder tells readers nothing
          (?:\ (?:is|was)\ (?:absolutely\ |quite\ )?right
              | \ hat\ recht | \ a\ raison | \ tiene\ razón )? \s* [,:.!;–—-]+
      | @[\w.-]+ (?: ,?\ @[\w.-]+ )* (?: [,:!–—-]+ | \ (?:is|was)\ right[,:.!]+ | \ [–—-]+ )   # the person addressed
      | (?: hi | hello | hey | hiya | dear | good\ (?:morning|day|afternoon|evening) | hallo | moin | servus
          | guten\ (?:tag|morgen|abend) | bonjour | salut | hola | buenos\ d[ií]as | ciao )
          \b (?:\ (?!(?:the|this|that|it|i|you|we|there\ (?:is|are|was))\b)@?[\w.’'-]+){0,4} \s* [.,:!–—-]+
      | welcome\ to \b [^.:;!?\d]{0,60} [.!]+
      | (?: many\ | vielen\ | muchas\ )? (?: thanks | thank\ you | thx | danke? | merci | gracias | grazie ) \b
          (?: \ @[\w.-]+ (?=\ I\b) | [^.:;!?–—\d]{0,80} [.!]+ )  # a colon or a number may introduce the answer
    ) \s+"""
)


def without_opening(text: str) -> str:
    """Remove greetings and thanks: "Hi Ada! Take the blue widget outdoors." -> "Take the blue widget outdoors.".

    An opening stays if fewer than 30 characters would remain.
    """
    length = opening_length(text)
    return text[length : length + 1].upper() + text[length + 1 :] if length else text


def opening_length(text: str) -> int:
    """Return how many characters greetings and thanks take at the beginning: "Hi Ada! Take the blue one" -> 8."""
    start, head = 0, text[:_MAX_LENGTH]
    for _ in range(_MAX_OPENINGS):
        match = _OPENING.match(head, start)
        if match is None or len(text) - match.end() < _MIN_REMAINDER:
            break
        start = match.end()
    return start
