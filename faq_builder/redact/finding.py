"""What redaction finds: a stretch of text and what kind of private data it is."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """A kind of private data; the value is what a reader sees in its place. The surest kind comes first."""

    SECRET = "[secret removed]"
    CARD = "[card number removed]"
    ACCOUNT = "[account number removed]"
    EMAIL = "[e-mail removed]"
    PHONE = "[phone number removed]"
    IP = "[IP address removed]"
    NAME = "[name removed]"

    @property
    def words(self) -> str:
        """What it is: "e-mail", "phone number"."""
        return self.value.strip("[]").removesuffix(" removed")

    @property
    def in_address(self) -> str:
        """The same words as they may stand inside a web address."""
        return self.value.strip("[]").replace(" ", "-").lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch `[start, end)` of a text that must not be published."""

    start: int
    end: int
    kind: Kind
    value: str = ""  # in its plain form, to compare with the company's own: name@host, 81.2.69.142, +49301234567
