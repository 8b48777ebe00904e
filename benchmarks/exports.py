"""The exports below a folder, read and redacted as the program does it."""

from collections.abc import Iterator
from pathlib import Path

from faq_builder.config import RedactRules, Source
from faq_builder.model import PublicThread
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.redact import redact_threads


def read_exports(data: Path, source: Source) -> Iterator[tuple[Path, tuple[PublicThread, ...]]]:
    """Yield each folder below `data` that is an export, with its public threads; nested exports count once."""
    read: list[Path] = []
    for folder in sorted(path for path in (data, *data.rglob("*")) if path.is_dir()):
        if any(parent in read for parent in folder.parents):
            continue
        try:
            reading = read_export(open_export(folder), source)
        except ExportError:
            continue
        read.append(folder)
        yield folder, tuple(redact_threads(reading.threads, {source.key: source}, RedactRules()).threads)
