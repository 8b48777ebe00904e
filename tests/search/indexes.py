"""Documents and indexes of tests."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from faq_builder.model import PublicText
from faq_builder.search import FOLDER, Document, build_index


def document(question: str, *answers: str, slug: str = "", **more: Any) -> Document:
    """Return a document; its slug is made of its first words unless it is given."""
    slug = slug or "-".join(question.lower().split()[:4])
    texts = {name: tuple(map(PublicText, more.pop(name, ()))) for name in ("wordings", "tags")}
    return Document(
        id=f"id{slug}",
        site_path=f"q/{slug}/",
        question=PublicText(question),
        answers=tuple(map(PublicText, answers)),
        **texts,
        **more,
    )


def names(joined: str, length: int = 6) -> list[str]:
    """Return the fingerprints that meta.json joins."""
    return [joined[at : at + length] for at in range(0, len(joined), length)]


def write_index(documents: list[Document], folder: Path, language: str = "en") -> Path:
    """Write the index of documents below a folder and return the folder of its meta.json."""
    return write_files(build_index(documents, language=language), folder)


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> Path:
    """Write the files of an index below a folder and return the folder of its meta.json."""
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / FOLDER
