"""What search knows of a topic."""

import hashlib
import marshal
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import attrgetter

from faq_builder.model import PublicText, Reason

DIGEST = 16  # bytes that stand for a document
FOLDER = "assets/faq/index/"
PASSAGE = 110  # characters of an answer that a result shows until the best passage of its page is there


class Standing(Enum):
    """Whether people say that the answer holds; the index holds the place in this list."""

    UNKNOWN = ""
    OUTDATED = "outdated"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Document:
    """An answered topic as search sees it. Texts are plain, without Markdown."""

    id: str
    address: str  # below the root of the site: "q/red-widget-broke/"
    question: PublicText
    wordings: tuple[PublicText, ...] = ()  # other than the question
    tags: tuple[PublicText, ...] = ()
    answers: tuple[PublicText, ...] = ()  # the main answer first
    passage: PublicText | None = None  # what a result shows of the answer; None: the beginning of the first
    asked: int = 1
    places: tuple[str, ...] = ()  # names of the places where it was asked
    language: str = ""  # "de-AT"; "" for that of the site
    products: tuple[str, ...] = ()  # names of products that question, wordings or tags mention
    versions: tuple[PublicText, ...] = ()  # for which people confirmed the answer
    first_asked: date | None = None
    last_answered: date | None = None
    chosen: Reason | None = None  # why the main answer is taken for one
    standing: Standing = Standing.UNKNOWN


def digest(document: Document, *more: str) -> bytes:
    """A number for all that a document says, and for what else is asked of its texts; another where any of it differs.

    It is for a cache: another version of Python may give others.
    """
    d = document
    content = (
        more,
        (d.id, d.address, d.question.value, d.asked, d.language, d.places, d.products),
        [*map(_VALUE, d.wordings)],
        [*map(_VALUE, d.tags)],
        [*map(_VALUE, d.answers)],
        [*map(_VALUE, d.versions)],
        d.passage.value if d.passage else None,
        d.first_asked.toordinal() if d.first_asked else None,
        d.last_answered.toordinal() if d.last_answered else None,
        d.chosen._value_ if d.chosen else None,  # `value` is ten times as slow
        d.standing._value_,
    )
    return hashlib.sha256(marshal.dumps(content, 0)).digest()[:DIGEST]  # 0: without references


_VALUE = attrgetter("value")
