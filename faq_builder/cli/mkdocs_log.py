"""Print MkDocs' own log messages to standard error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def mkdocs_log(level: int) -> Iterator[None]:
    """Print what MkDocs logs at `level` and above while the block runs."""
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("mkdocs: %(levelname)s: %(message)s"))
    handler.setLevel(level)
    handler.addFilter(_is_new)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def _is_new(record: logging.LogRecord) -> bool:
    """Whether a record is new: a finding of ours that stops MkDocs is printed afterwards anyway."""
    text = record.getMessage()
    return not (text.startswith("Error building") and "[FAQ" in text)
