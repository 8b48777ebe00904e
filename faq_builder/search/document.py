"""What search knows of a topic."""

from dataclasses import dataclass

from faq_builder.model import PublicText

FOLDER = "assets/faq/index/"


@dataclass(frozen=True, kw_only=True)
class Document:
    """An answered topic as search sees it. Texts are plain, without Markdown."""

    id: str
    address: str  # below the root of the site: "q/red-widget-broke/"
    question: PublicText
    wordings: tuple[PublicText, ...] = ()  # other than the question
    tags: tuple[PublicText, ...] = ()
    answers: tuple[PublicText, ...] = ()  # the main answer first
    asked: int = 1
    places: tuple[str, ...] = ()  # names of the places where it was asked
    language: str = ""  # "de-AT"; "" for that of the site
