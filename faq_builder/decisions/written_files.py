"""content/topics/<id>.md: answers that staff wrote for a topic. They lead on its page; the guidepost stays below.

---
by: Mona                    # both may be left out
date: 2026-03-01
---

Take the **blue** one, it likes rain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.yaml import Mapping, Scalar

_KEYS = ("by", "date")


@dataclass(frozen=True, kw_only=True)
class WrittenAnswer:
    """One file, as it was written: nothing is redacted yet."""

    topic: str  # its id, as the file is named
    text: str
    path: str  # within the content folder
    by: str | None = None
    on: date | None = None


def read_written(folder: Path) -> tuple[tuple[WrittenAnswer, ...], tuple[Diagnostic, ...]]:
    """The answers of all `*.md` files in the folder, by name; README.md and `_*.md` are none."""
    answers: list[WrittenAnswer] = []
    findings: list[Diagnostic] = []
    for path in sorted(folder.glob("*.md")):
        if path.stem.lower() != "readme" and not path.name.startswith(("_", ".")):
            reader = _Reader(shown=f"{folder.parent.name}/{folder.name}/{path.name}")
            answers += reader.read(path, f"{folder.name}/{path.name}")
            findings += reader.findings
    return tuple(answers), tuple(findings)


@dataclass
class _Reader:
    """Reads one file and collects what is wrong with it."""

    shown: str
    findings: list[Diagnostic] = field(default_factory=list)

    def read(self, path: Path, name: str) -> Iterator[WrittenAnswer]:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self._find(1, "the file cannot be read", "save it as UTF-8")
            return
        front, body = _parts(text)
        by, on = self._front(front)
        if not body.strip():
            self._find(1, "the file holds no answer", "write it below the front matter, or delete the file")
        if not self.findings:
            yield WrittenAnswer(topic=path.stem, text=body.strip(), path=name, by=by, on=on)

    def _front(self, front: str) -> tuple[str | None, date | None]:
        root, findings = yaml.load_content(front, self.shown, "FAQ626", first_line=2)
        self.findings += findings
        texts: dict[str, str] = {}
        for key, value in root if isinstance(root, Mapping) else ():
            if key.text not in _KEYS or not isinstance(value, Scalar):
                self._find(key.line, f"there is no key `{key.text[:40]}`", f"the keys are: {', '.join(_KEYS)}")
            else:
                texts[key.text] = value.text.strip()
        if root is not None and not isinstance(root, Mapping):
            self._find(root.line, "the front matter holds no `key: value` lines", "write `by: ...`")
        try:
            return texts.get("by") or None, date.fromisoformat(texts["date"]) if "date" in texts else None
        except ValueError:
            self._find(1, "`date` is not a date", "write it like 2026-03-01")
            return None, None

    def _find(self, line: int, message: str, advice: str) -> None:
        where = Location(path=self.shown, line=line)
        self.findings.append(Diagnostic(code="FAQ626", where=where, message=message, help=advice))


def _parts(text: str) -> tuple[str, str]:
    """The front matter, empty where there is none, and the rest."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() == "---" and "---" in [line.rstrip() for line in lines[1:]]:
        end = [line.rstrip() for line in lines[1:]].index("---") + 1
        return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    return "", text
