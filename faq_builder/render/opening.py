"""How replies begin before they say anything: greetings, thanks, whom they speak to. A list needs none of it."""

import re

_LEAST = 30  # characters that have to be left; a reply that says thanks and nothing else keeps it
_MOST = 3  # openings in a row: "Hi Ada! Welcome to the board. Thanks for asking."
_OPENING = re.compile(
    r"""(?ix)
    (?: @?\[(?:name|e-mail)\ removed\] (?:\ (?:is|was)\ right)? \s* [,:.!;–-]+    # nobody knows who
      | @[\w.-]+ (?: \ @[\w.-]+ )* [,:]                                            # whom it speaks to
      | (?: hi | hello | hey | dear | good\ (?:morning|day|afternoon|evening) | hallo | moin
          | guten\ (?:tag|morgen|abend) | bonjour | hola | ciao ) \b [^.,:;!?]{0,30} [.,:!]+
      | welcome\ to \b [^.:;!?\d]{0,60} [.!]+
      | (?: many\ | vielen\ | muchas\ )? (?: thanks | thank\ you | thx | danke? | merci | gracias | grazie ) \b
          [^.:;!?–—\d]{0,80} [.!]+  # behind a colon, or with a number, it may be the answer
    ) \s+"""
)


def without_opening(text: str) -> str:
    """The text from where it begins to say something, on one line; the whole where hardly anything would be left."""
    left = text
    for _ in range(_MOST):
        match = _OPENING.match(left)
        if match is None or len(left) - match.end() < _LEAST:
            break
        left = left[match.end() :]
    return left if left is text else left[:1].upper() + left[1:]
