"""What `faq lock` commits: the ledger with all answered topics, and the fit that the search by meaning needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.ledger import LEDGER, ledger_text, lock_topics
from faq_builder.pipeline import EPOCH, Prepared, engine
from faq_builder.search import topic_document, write_fit
from faq_builder.search.meaning.fit_file import FIT_PATH, update_fit

# what `faq lock` exists to repair (FAQ645: with `--replace`), so it does not stop the command
_REPAIRED_BY_LOCK = {"FAQ643", "FAQ644", "FAQ645"}
_UNUSABLE_FIT = "FAQ644"


class NewFile(NamedTuple):
    """The content of a file, and its path relative to mkdocs.yml."""

    path: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Locked:
    """The files that `faq lock` writes, and what to say about them."""

    ledger: NewFile
    fit: NewFile | None  # None: there is nothing to train it on, or no encoder to train it with
    new_topics: int
    diagnostics: tuple[Diagnostic, ...]  # an unusable fit that could not be replaced


def lock_site(prepared: Prepared, today: date, *, keep_dates: bool, refit: bool) -> Locked:
    """Return the ledger and the fit of a site as the files to write.

    `today` (UTC) dates new and changed topics only if nothing in the content is dated. `keep_dates` dates new topics by
    their answers, so that a first import does not flood the feeds; `refit` trains the fit from scratch.
    """
    day = prepared.now.date() if prepared.now > EPOCH else today
    config, grouping = prepared.config, prepared.grouping
    ledger = lock_topics(
        grouping,
        prepared.ledger,
        day,
        keep_dates=keep_dates,
        lost=prepared.losses.accepted,
        split=prepared.split,
    )
    documents = [topic_document(topic) for topic in grouping.topics if topic.answered]
    fit = update_fit(None if refit else prepared.fit, documents, engine(config), config.publish.language)
    return Locked(
        ledger=NewFile(LEDGER, ledger_text(ledger).encode()),
        fit=NewFile(FIT_PATH, write_fit(fit)) if fit else None,
        new_topics=len(grouping.unlocked),
        diagnostics=tuple(d for d in prepared.diagnostics if d.code == _UNUSABLE_FIT and fit is None),
    )


def blocking_findings(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings that may prevent a lock: all but what the lock itself repairs."""
    return tuple(d for d in diagnostics if d.code not in _REPAIRED_BY_LOCK)
