"""What many commands begin with: the configuration, and the site that it names, with the findings printed."""

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
    """The site of a configuration; its findings are printed as far as they are at least so serious.

    `errors` are codes that are errors for this command, whatever they are for others.
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
    """What the arguments ask of one run."""
    return pipeline.Options(
        locked=getattr(arguments, "locked", False),
        accept_loss=frozenset(getattr(arguments, "accept_loss", ())),
        jobs=getattr(arguments, "jobs", None),
    )


def load(path: Path) -> Config:
    """The configuration; its warnings are printed."""
    config, findings = load_config(path)
    report(findings)
    return config
