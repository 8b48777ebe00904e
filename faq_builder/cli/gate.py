"""`faq gate`: check that the built site may replace the published one."""

import logging
from argparse import Namespace
from pathlib import Path
from urllib.parse import unquote

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.files import write_text_file
from faq_builder.cli.findings import exit_code, report, wrong_use
from faq_builder.cli.mkdocs_log import mkdocs_log
from faq_builder.config import load_config
from faq_builder.plugin import site_folder
from faq_builder.publish.gate import Changes, changes_phrase, compare_manifests, gate_report
from faq_builder.publish.manifest import MANIFEST, Manifest, read_manifest
from faq_builder.read.sources import display_path

_FETCH = "fetch it from the published site; if nothing was published yet, use --first"


def gate(arguments: Namespace) -> int:
    """Compare the built site with the published one; return 1 if it must not be published."""
    if arguments.published is None and not arguments.first:
        raise wrong_use(
            "faq gate", "there is nothing to compare with", "name the manifest with --published, or --first"
        )
    config, _ = load_config(arguments.config_file)  # before MkDocs reads it, as it reports every mistake at once
    with mkdocs_log(logging.WARNING):
        site: Path = arguments.site_dir or site_folder(arguments.config_file)
    old, findings = _published(arguments.published, first=arguments.first)
    new, new_findings = _built(site, display_path(site / MANIFEST, config.root))
    findings += new_findings
    changes = None
    if old is not None and new is not None:
        changes, found = compare_manifests(old, new, frozenset(arguments.accept_loss))
        findings += (*found, *_missing_files(new, site))
        print(_summary(changes))
    if arguments.report:
        write_text_file(arguments.report, gate_report(changes, findings))
    report(findings)
    return exit_code(findings, arguments.fail_on)


def _published(path: Path | None, *, first: bool) -> tuple[Manifest | None, tuple[Diagnostic, ...]]:
    """Read the published manifest; it is empty for the first publication, None if it cannot be read."""
    file = None if path is None else path / MANIFEST if path.is_dir() else path
    if first:
        if file is not None and file.exists():
            return None, (_finding("FAQ781", file.as_posix(), "a site is published already", "remove --first"),)
        return Manifest(), ()
    assert file is not None
    if not file.exists():
        return None, (_finding("FAQ770", file.as_posix(), "there is no manifest of the published site", _FETCH),)
    return _read(file, file.as_posix())


def _built(site: Path, shown: str) -> tuple[Manifest | None, tuple[Diagnostic, ...]]:
    """Read the manifest of the built site."""
    file = site / MANIFEST
    if not file.exists():
        return None, (_finding("FAQ773", shown, "the site folder contains no manifest", "run `faq build`"),)
    return _read(file, shown)


def _read(file: Path, shown: str) -> tuple[Manifest | None, tuple[Diagnostic, ...]]:
    try:
        content = file.read_bytes()
    except OSError:
        return None, (_finding("FAQ771", shown, "the manifest cannot be opened", "check that you may read it"),)
    return read_manifest(content, shown)


def _missing_files(manifest: Manifest, site: Path) -> tuple[Diagnostic, ...]:
    """Return a finding for each URL of the manifest that has no file."""
    paths = (unquote(page.site_path) for page in manifest.pages)
    files = (f"{path}index.html" if path.endswith("/") or not path else path for path in paths)
    return tuple(
        Diagnostic(
            code="FAQ779",
            where=Location(path=file),
            message="the file of a page is not in the site folder",
            help="build again into a folder that nothing else writes to",
        )
        for file in files
        if not (site / file).is_file()
    )


def _summary(changes: Changes) -> str:
    """Return the changes in one line."""
    pages = f"{len(changes.new.pages)} pages, {len(changes.new.topics)} answered topics"
    return f"{pages}: {changes_phrase(changes)}"


def _finding(code: str, shown: str, message: str, advice: str) -> Diagnostic:
    return Diagnostic(code=code, where=Location(path=shown), message=message, help=advice)
