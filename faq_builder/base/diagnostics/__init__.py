"""Findings (diagnostics) about the input: location, severity, what is wrong and what to do about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from faq_builder.base.diagnostics.codes import CODES, Code

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "Location",
    "Severity",
    "UsageError",
    "counted",
    "printed_lines",
    "worst_severity",
]

MAX_REPEATS = 5  # findings of one code that are printed, so that they do not hide other codes; the rest are counted


class Severity(Enum):
    """How bad a finding is; only an error fails the build unless `--fail-on warning` is given."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for INFO, 1 for WARNING, 2 for ERROR."""
        return list(Severity).index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """What a person can open to see a finding: a line of a file, or an item of a file without lines (JSON, XML)."""

    path: str
    line: int | None = None
    column: int | None = None  # of the line, counted in code points from 1
    item: str | None = None  # a JSON pointer, a row, a message id
    thread: tuple[str, str] | None = None  # the key of the thread (source, native id) that the finding is about
    message: str | None = None  # the id of the message in that thread

    @classmethod
    def in_thread(cls, key: tuple[str, str], message: str | None = None) -> "Location":
        """Return the location of a finding about a thread or one of its messages, before its file is known.

        It prints as `forum:231` or `forum:231/4`. The pipeline replaces it by file and line if the thread has a file.
        """
        source, native = key
        item = native if message is None else f"{native}/{message}"
        return cls(path=source, item=item, thread=key, message=message)

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.path}:{self.line}" + (f":{self.column}" if self.column is not None else "")
        return f"{self.path}:{self.item}" if self.item else self.path


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnostic:
    """One finding. `message` says what is wrong, `help` what to do; neither quotes body text, names or tokens."""

    code: str
    where: Location
    message: str
    help: str = ""
    severity: Severity | None = None  # None: the severity in the table of codes

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code} is not in the table of codes")
        if self.severity is None:
            object.__setattr__(self, "severity", Severity(CODES[self.code].severity))

    @property
    def level(self) -> Severity:
        """The severity, which is never None after creation."""
        assert self.severity is not None
        return self.severity

    def __str__(self) -> str:
        text = f"{self.where}: {self.level.value}[{self.code}]: {self.message}"
        return f"{text}\n  help: {self.help}" if self.help else text


class UsageError(Exception):
    """Wrong use, such as a missing folder or a bad setting; `cli` prints each finding and exits with 2."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(str(d) for d in diagnostics))
        self.diagnostics = diagnostics


def worst_severity(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """Return the highest severity among findings, None if there are no findings."""
    return max((d.level for d in diagnostics), key=lambda level: level.rank, default=None)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1, "file" -> "1 file"; 2, "file" -> "2 files"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def printed_lines(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return the findings as they are printed: `MAX_REPEATS` of one code at most, then a count.

    Findings with an item instead of a line are counted file by file.
    """
    lines: list[str] = []
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in dict.fromkeys(diagnostics):
        key = (diagnostic.code, diagnostic.where.path if diagnostic.where.line is None else "")
        seen[key] += 1
        if seen[key] <= MAX_REPEATS:
            lines.append(str(diagnostic))
    lines += [
        f"{code}: {count - MAX_REPEATS} more like this" for (code, _), count in seen.items() if count > MAX_REPEATS
    ]
    return lines
