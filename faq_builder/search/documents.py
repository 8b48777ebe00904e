"""The documents: answered topics and open questions as the search sees them."""

import hashlib
import marshal
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import attrgetter

from faq_builder.model import JoinedBy, PublicText, Reason

FINGERPRINT_SIZE = 16  # bytes in the fingerprint of a document or of a cached file
FOLDER = "assets/faq/index/"  # site path of the folder of the index
SNIPPET_LENGTH = 110  # characters in a snippet; the client replaces it by the best passage once it has read the page


class Standing(Enum):
    """What people said about whether the answer is still right; the index stores the position in this list."""

    UNKNOWN = ""
    OUTDATED = "outdated"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class LikelyTopic:
    """Another answered topic that probably asks the same; nobody confirmed it yet."""

    site_path: str
    question: PublicText
    because: JoinedBy  # MEANING, SOURCE or LINK


@dataclass(frozen=True, kw_only=True)
class OpenDocument:
    """A topic without an answer as the search sees it. Its replies are counted; their texts are no part of the search.

    It has no page, so its result leads to the discussion.
    """

    question: PublicText
    url: str  # of the discussion; "" if it has none
    replies: int = 0  # of other people than the asker, in that discussion
    wordings: tuple[PublicText, ...] = ()  # without the question
    tags: tuple[PublicText, ...] = ()
    asked: int = 1
    places: tuple[str, ...] = ()  # names of the places where it was asked, that of the discussion first
    language: str = ""  # "" for the language of the site
    first_asked: date | None = None
    likely: tuple[LikelyTopic, ...] = ()  # where it is probably answered


@dataclass(frozen=True, kw_only=True)
class Document:
    """An answered topic as the search sees it. Texts are plain text, without Markdown."""

    id: str
    site_path: str  # "q/red-widget-broke/"
    question: PublicText
    wordings: tuple[PublicText, ...] = ()  # without the question
    tags: tuple[PublicText, ...] = ()
    answers: tuple[PublicText, ...] = ()  # the main answer first
    snippet: PublicText | None = None  # of the main answer, for the result card; None: the beginning of that answer
    asked: int = 1  # how many threads ask the question
    places: tuple[str, ...] = ()  # names of the places where it was asked
    language: str = ""  # "de-AT"; "" for the language of the site
    products: tuple[str, ...] = ()  # names of products that the question, wordings or tags mention
    versions: tuple[PublicText, ...] = ()  # versions for which people confirmed the answer
    first_asked: date | None = None
    last_answered: date | None = None
    reason: Reason | None = None  # why the main answer was chosen
    standing: Standing = Standing.UNKNOWN
    likely: tuple[LikelyTopic, ...] = ()  # topics that probably ask the same, the most likely first


def document_fingerprint(document: Document, *settings: str) -> bytes:
    """Return FINGERPRINT_SIZE bytes that change with any field of a document and with the settings it is indexed by.

    Only for a cache: another version of Python may give other bytes.
    """
    d = document
    content = (
        settings,
        (d.id, d.site_path, d.question.value, d.asked, d.language, d.places, d.products),
        [*map(_VALUE, d.wordings)],
        [*map(_VALUE, d.tags)],
        [*map(_VALUE, d.answers)],
        [*map(_VALUE, d.versions)],
        d.snippet.value if d.snippet else None,
        d.first_asked.toordinal() if d.first_asked else None,
        d.last_answered.toordinal() if d.last_answered else None,
        d.reason._value_ if d.reason else None,  # `value` is ten times as slow
        d.standing._value_,
        [(other.site_path, other.question.value, other.because._value_) for other in d.likely],
    )
    # format 0 of marshal has no back references, so equal content always gives equal bytes
    return hashlib.sha256(marshal.dumps(content, 0)).digest()[:FINGERPRINT_SIZE]


_VALUE = attrgetter("value")
