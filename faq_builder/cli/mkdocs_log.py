"""What MkDocs says about its own pages, on standard error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def mkdocs_speaks(level: int) -> Iterator[None]:
    """Print what MkDocs logs from a level on, while the block runs."""
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("mkdocs: %(levelname)s: %(message)s"))
    handler.setLevel(level)
    handler.addFilter(_is_news)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a record is no finding of ours that stops MkDocs: that is printed when it has stopped."""
    text = record.getMessage()
    return not (text.startswith("Error building") and "[FAQ" in text)
