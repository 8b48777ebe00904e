"""Questions that somebody skipped: lists beside the decisions, so that colleagues see them too."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from faq_builder.base.files import delete_file, write_text_file
from faq_builder.decisions.appending import reviewer_slug

FOLDER = "content/decisions/skipped"  # one file for each person, one id of a question a line


@dataclass
class Skips:
    """The questions that people skipped. A skip hides a question from its own person only."""

    root: Path  # folder of the site
    reviewer: str

    @property
    def own(self) -> frozenset[str]:
        """The ids of the questions that this person skipped."""
        return _ids(self._file)

    @property
    def of_others(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that colleagues skipped, each with their names."""
        names: dict[str, tuple[str, ...]] = {}
        for path in sorted((self.root / FOLDER).glob("*.txt")):
            if path != self._file:
                for skipped in sorted(_ids(path)):
                    names[skipped] = (*names.get(skipped, ()), path.stem)
        return names

    def add(self, question: str) -> None:
        """Record that this person skipped a question."""
        self._write(self.own | {question})

    def remove(self, question: str) -> None:
        """Take a skip back."""
        self._write(self.own - {question})

    @property
    def _file(self) -> Path:
        return self.root / FOLDER / f"{reviewer_slug(self.reviewer)}.txt"

    def _write(self, ids: frozenset[str]) -> None:
        if ids:
            write_text_file(self._file, "".join(f"{one}\n" for one in sorted(ids)))
        else:
            delete_file(self._file)


def _ids(path: Path) -> frozenset[str]:
    """Return the lines of a file; none if it is missing or cannot be read, because losing a skip only asks again."""
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        return frozenset()
