"""Prepare MkDocs for our build: refused settings, the theme folder, the staging folder."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_dir

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError
from faq_builder.config.mkdocs_yml import REFUSED_FEATURES, REFUSED_PLUGINS
from faq_builder.render.templates import theme_folder


def refuse_settings(config: MkDocsConfig) -> None:
    """Raise UsageError for settings of MkDocs (perhaps inherited) that do not work with faq."""
    findings = tuple(_refused(config))
    if findings:
        raise UsageError(*findings)


def custom_folders(config: MkDocsConfig) -> tuple[Path, ...]:
    """Return the company's `custom_dir`, if it has one."""
    return (Path(config.theme.custom_dir),) if config.theme.custom_dir else ()


def add_theme(config: MkDocsConfig) -> None:
    """Add our theme folder to MkDocs', after the company's `custom_dir` and before Material."""
    folder = str(theme_folder())
    if folder not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)


def add_material_loader(env: Environment) -> None:
    """Make Material's own templates loadable as `material/...`, so that ours can extend them.

    A `main.html` in `custom_dir` that extends "base.html", as Material's manual says, still gets our part.
    """
    stock = PrefixLoader({"material": FileSystemLoader(get_theme_dir("material"))})
    assert env.loader is not None
    env.loader = ChoiceLoader([env.loader, stock])


@dataclass
class Staging:
    """A temporary folder into which MkDocs writes, because it empties `site_dir` on each build."""

    config: MkDocsConfig
    site_dir: Path
    folder: Path

    @classmethod
    def begin(cls, config: MkDocsConfig) -> "Staging":
        """Point MkDocs to a new staging folder, which is removed at the latest when the program ends."""
        folder = Path(tempfile.mkdtemp(prefix="faq-"))
        staging = cls(config, Path(config.site_dir), folder)
        weakref.finalize(staging, shutil.rmtree, folder, ignore_errors=True)
        config.site_dir = str(folder)
        return staging

    def files(self) -> dict[str, Path]:
        """Return the files that MkDocs and other plugins wrote, by site path, sorted."""
        found = (file for file in self.folder.rglob("*") if file.is_file())
        return dict(sorted((file.relative_to(self.folder).as_posix(), file) for file in found))

    def end(self) -> None:
        """Give MkDocs its `site_dir` back and remove the staging folder."""
        self.config.site_dir = str(self.site_dir)
        shutil.rmtree(self.folder, ignore_errors=True)


def _refused(config: MkDocsConfig) -> Iterator[Diagnostic]:
    where = Location(path=Path(config.config_file_path).name)
    if config.theme.name != "material":
        message = "the theme is not Material for MkDocs"
        yield Diagnostic(code="FAQ707", where=where, message=message, help="write theme: {name: material}")
    for name in REFUSED_PLUGINS:
        if name in config.plugins:
            message = f"the plugin {name} does not work with faq"
            yield Diagnostic(code="FAQ106", where=where, message=message, help="remove it from `plugins:`")
    for feature in config.theme.get("features") or ():
        if str(feature).startswith(REFUSED_FEATURES):
            message = f"the feature {feature} does not work with faq"
            yield Diagnostic(code="FAQ106", where=where, message=message, help="remove it from `features:`")
    if not config.use_directory_urls:
        message = "use_directory_urls: false would change URLs"
        yield Diagnostic(code="FAQ106", where=where, message=message, help="remove it")
