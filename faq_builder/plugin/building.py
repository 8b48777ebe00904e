"""Run a whole build in one call, for the command line: MkDocs with our plugin."""

from dataclasses import replace
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config as load_mkdocs_config
from mkdocs.exceptions import MkDocsException

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError
from faq_builder.config import load_config
from faq_builder.plugin.adapter import Built, FaqPlugin, Run


def site_folder(path: Path) -> Path:
    """Return the folder into which MkDocs builds a site; raises UsageError if MkDocs cannot read mkdocs.yml."""
    try:
        return Path(load_mkdocs_config(str(path)).site_dir)
    except MkDocsException as error:
        raise _stopped(path) from error


def build_site(path: Path, run: Run, site_dir: Path | None = None) -> Built:
    """Build the site that a mkdocs.yml describes; raises UsageError if it cannot be built.

    The files are those of `mkdocs build`. Nothing is printed; MkDocs logs findings about its own pages.
    """
    loaded = load_config(path)  # before MkDocs reads it, as it reports every mistake at once
    try:
        config = load_mkdocs_config(str(path), site_dir=str(site_dir) if site_dir else None)
        plugin = config.plugins["faq"]
        assert isinstance(plugin, FaqPlugin)
        plugin.run = replace(run, loaded=loaded)
        build_with_mkdocs(config)
    except MkDocsException as error:
        raise _stopped(path) from error
    assert plugin.built is not None
    return plugin.built


def _stopped(path: Path) -> UsageError:
    return UsageError(
        Diagnostic(
            code="FAQ708",
            where=Location(path=path.name),
            message="the pages of MkDocs could not be built",
            help="see MkDocs' messages above; `mkdocs build --verbose` prints more",
        )
    )
