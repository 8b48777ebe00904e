"""Compares the new site with the published one: what changes, and what stops publishing."""

from faq_builder.publish.gate.compare import Change, ChangeKind, Changes, Loss, compare_manifests
from faq_builder.publish.gate.report import changes_phrase, gate_report

__all__ = ["Change", "ChangeKind", "Changes", "Loss", "changes_phrase", "compare_manifests", "gate_report"]
