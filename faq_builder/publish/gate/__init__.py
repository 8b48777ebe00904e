"""The site that is published against the one that was built: what changes, and what must not."""

from faq_builder.publish.gate.compare import Change, ChangeKind, Changes, Loss, compare
from faq_builder.publish.gate.report import report

__all__ = ["Change", "ChangeKind", "Changes", "Loss", "compare", "report"]
