"""Reading, appending and resolving decisions, and the answers that staff wrote for topics."""

from faq_builder.decisions.resolving import ResolvedDecisions, pairs_apart, resolve_decisions
from faq_builder.decisions.targets import Target, Targets

__all__ = ["ResolvedDecisions", "Target", "Targets", "pairs_apart", "resolve_decisions"]
