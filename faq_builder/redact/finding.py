"""What redaction finds in a text: private data, its position and its kind."""

from dataclasses import dataclass
from enum import Enum


class PrivateKind(Enum):
    """A kind of private data; its value replaces the data. If findings overlap, the first kind here counts."""

    SECRET = "[secret removed]"
    CARD = "[card number removed]"
    ACCOUNT = "[account number removed]"
    EMAIL = "[e-mail removed]"
    PHONE = "[phone number removed]"
    IP = "[IP address removed]"
    NAME = "[name removed]"

    @property
    def label(self) -> str:
        """The kind in words: "e-mail", "phone number"."""
        return self.value.strip("[]").removesuffix(" removed")

    @property
    def url_label(self) -> str:
        """The replacement inside a URL: "e-mail-removed"."""
        return self.value.strip("[]").replace(" ", "-").lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """Private data at `text[start:end]`."""

    start: int
    end: int
    kind: PrivateKind
    value: str = ""  # plain form, to compare with `ours`: name@host, 81.2.69.142, +49301234567
