"""`faq tune`: show what each merge level would merge on the site's own threads."""

from argparse import Namespace
from dataclasses import replace

from faq_builder import pipeline
from faq_builder.base.diagnostics import Severity
from faq_builder.cli.loading import prepared_site
from faq_builder.config import MergeLevel
from faq_builder.staff.tune import Tried, try_settings


def tune(arguments: Namespace) -> int:
    """Print counts and examples for each merge level, the most careful first."""
    prepared = prepared_site(arguments, Severity.ERROR)
    rules = prepared.config.group
    groupings = {
        level.value: pipeline.regrouped(prepared, replace(rules, merge=level))
        for level in (MergeLevel.OFF, MergeLevel.CERTAIN, MergeLevel.LIKELY)
    }
    for tried in try_settings(groupings, arguments.examples):
        print_tried(tried, is_set=tried.name == rules.merge.value)
    print("set it in mkdocs.yml: `faq:`, `group:`, `merge:`; published topics stay as they are")
    return 0


def print_tried(tried: Tried, *, is_set: bool) -> None:
    """Print one merge level with its examples."""
    is_now = " (the current setting)" if is_set else ""
    counts = f"{tried.topics} topics, {tried.merged} threads merged by wording, {tried.suggested} pairs to ask about"
    print(f"{tried.name}{is_now}: {counts}")
    for example in tried.examples:
        print(f"  {example.score:.2f}  {example.asked}\n        {example.also}")
    print()
