"""Greetings, thanks and names at the beginning of a reply, which excerpts in lists leave out."""

import re

_MIN_REMAINDER = 30  # characters after the openings; a reply that consists of thanks keeps them
_MAX_OPENINGS = 3  # openings in a row: "Hi Ada! Welcome to the board. Thanks for asking."
_OPENING = re.compile(
    r"""(?ix)
    (?: @?\[(?:name|e-mail)\ removed\] (?:\ (?:is|was)\ right)? \s* [,:.!;–-]+    # a placeholder tells readers nothing
      | @[\w.-]+ (?: \ @[\w.-]+ )* [,:]                                            # the person addressed
      | (?: hi | hello | hey | dear | good\ (?:morning|day|afternoon|evening) | hallo | moin
          | guten\ (?:tag|morgen|abend) | bonjour | hola | ciao ) \b [^.,:;!?]{0,30} [.,:!]+
      | welcome\ to \b [^.:;!?\d]{0,60} [.!]+
      | (?: many\ | vielen\ | muchas\ )? (?: thanks | thank\ you | thx | danke? | merci | gracias | grazie ) \b
          [^.:;!?–—\d]{0,80} [.!]+  # a colon or a number may introduce the answer
    ) \s+"""
)


def without_opening(text: str) -> str:
    """Remove greetings and thanks: "Hi Ada! Take the blue widget outdoors." -> "Take the blue widget outdoors.".

    The input is one line. An opening stays if fewer than 30 characters would remain.
    """
    left = text
    for _ in range(_MAX_OPENINGS):
        match = _OPENING.match(left)
        if match is None or len(left) - match.end() < _MIN_REMAINDER:
            break
        left = left[match.end() :]
    return left if left is text else left[:1].upper() + left[1:]
