"""Load the configuration and prepare the site, as most commands do first, and print the findings."""

from argparse import Namespace
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from faq_builder import pipeline
from faq_builder.base.diagnostics import Severity
from faq_builder.cli.findings import report
from faq_builder.cli.progress import ProgressBar
from faq_builder.config import Config, load_config


def prepared_site(
    arguments: Namespace, least: Severity = Severity.INFO, errors: Collection[str] = ()
) -> pipeline.Prepared:
    """Run the pipeline up to grouping, and print findings of severity `least` and above.

    `errors` are codes that count as errors for this command, whatever their usual severity.
    """
    bar = ProgressBar()
    config, findings = load_config(arguments.config_file)
    prepared = pipeline.prepare(config, run_options(arguments), bar)
    found = (*findings, *prepared.diagnostics)
    found = tuple(replace(d, severity=Severity.ERROR) if d.code in errors else d for d in found)
    prepared = replace(prepared, diagnostics=found)
    bar.close()
    report(d for d in prepared.diagnostics if d.level.rank >= least.rank)
    return prepared


def run_options(arguments: Namespace) -> pipeline.Options:
    """Return the options of one run."""
    return pipeline.Options(
        locked=getattr(arguments, "locked", False),
        replace_outdated=getattr(arguments, "replace", False),
        accept_loss=frozenset(getattr(arguments, "accept_loss", ())),
        jobs=getattr(arguments, "jobs", None),
    )


def load(path: Path) -> Config:
    """Load the configuration and print its warnings."""
    config, findings = load_config(path)
    report(findings)
    return config
