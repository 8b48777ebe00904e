"""The plugin class: MkDocs renders the frames and its own pages, `pipeline` does the rest."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings, LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from faq_builder import pipeline
from faq_builder.base.diagnostics import Diagnostic, Severity, UsageError, worst_severity
from faq_builder.base.files import WriteResult
from faq_builder.base.progress import Progress
from faq_builder.config import Config, load_config
from faq_builder.model import Topic
from faq_builder.plugin.frames import FramePages, add_home
from faq_builder.plugin.page_parts import fill_parts, link_topics
from faq_builder.plugin.setup import Staging, add_material_loader, add_theme, custom_folders, refuse_settings
from faq_builder.render.chrome import apply_chrome_changes
from faq_builder.render.labels import untranslated_findings
from faq_builder.render.parts import page_parts
from faq_builder.render.shell import theme_values
from faq_builder.render.site import topic_site_path
from faq_builder.render.templates import theme_folder
from faq_builder.staff.summary import summary

log = get_plugin_logger(__name__)

FIRST, LAST = 100, -100  # priorities of our hooks among those of other plugins
LEVELS = {Severity.INFO: logging.INFO, Severity.WARNING: logging.WARNING, Severity.ERROR: logging.ERROR}
REPLACED = ("sitemap.xml", "sitemap.xml.gz")  # MkDocs' own sitemaps list the frame pages and the day of the build
WATCHED = ("threads", "topics", "decisions", "optout.yml", "ledger.jsonl")  # MkDocs watches content/pages itself


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one build was asked to do, and where it reports progress."""

    options: pipeline.Options
    progress: Progress
    loaded: tuple[Config, tuple[Diagnostic, ...]] | None = None  # the configuration; None: `on_config` reads it


@dataclass(frozen=True, kw_only=True)
class Built:
    """The result of a build."""

    prepared: pipeline.Prepared
    written: WriteResult
    diagnostics: tuple[Diagnostic, ...]


class FaqPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # mkdocs: __init_subclass__
    """Adds the FAQ to a MkDocs site. Its options are read by `faq_builder.config`, with lines and all at once."""

    def __init__(self) -> None:
        self.run: Run | None = None  # set by `build_site`; None: a person called MkDocs
        self.command = "build"
        self.built: Built | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Accept any options: `on_config` reads mkdocs.yml itself, with line numbers."""
        self.config = LegacyConfig(())
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command: an error ends `mkdocs build`, but `mkdocs serve` continues."""
        self.command = command

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> None:
        """Refuse settings that cannot work, then point MkDocs to our theme folder and a staging folder."""
        with self._wrong_use():
            self.faq, self.diagnostics = (self.run and self.run.loaded) or _load(config)
            refuse_settings(config)
        self.diagnostics += untranslated_findings(self.faq.publish.language, self.faq.path.name)
        add_theme(config)
        config.extra["faq"] = theme_values(self.faq.publish)
        self.frame_pages = FramePages()
        self.staging = Staging.begin(config)

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Run the pipeline up to grouping; add the frame pages and the roots of lists."""
        run = self.run or Run(options=pipeline.Options(), progress=_unwatched)
        self.jobs = self.faq.jobs if run.options.jobs is None else run.options.jobs
        with self._wrong_use():
            self.prepared = pipeline.prepare(self.faq, run.options, run.progress)
        self.diagnostics += self.prepared.diagnostics
        self.site = pipeline.site_of(self.prepared, custom_folders(config))
        self.parts = page_parts(self.site)
        pages = self.site.pages_by_id.items()
        self.topic_paths = {native: topic_site_path(page).value for native, page in pages if isinstance(page, Topic)}
        self.frame_pages.add(files, config, self.site.labels)
        add_home(files, config, self.site.labels)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Let our templates extend those of Material."""
        add_material_loader(env)

    @event_priority(LAST)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give frames their slots, and the company's own pages their parts and links to topics."""
        if page.file.dest_uri in self.frame_pages:
            return self.frame_pages.enter(page)
        source = page.file.content_string
        shown = self._shown(page.file, config)
        html, bad_parts = fill_parts(html, self.parts, page.url, source, shown)
        html, bad_links = link_topics(html, self.topic_paths, page.url, source, shown)
        self.diagnostics += (*bad_parts, *bad_links)
        return html

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Apply our changes to Material's page, and capture the frames."""
        path = page.file.dest_uri
        with self._wrong_use():
            output = apply_chrome_changes(output, page.meta, self._shown(page.file, config))
            if path in self.frame_pages:
                self.frame_pages.capture(output, path)
        return output

    @event_priority(LAST)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Apply our changes to pages without Markdown source, such as the 404 page."""
        with self._wrong_use():
            return apply_chrome_changes(output_content, {}, template_name)

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site from what MkDocs rendered and what the pipeline prepared."""
        rendered = pipeline.Rendered(
            frames=self.frame_pages.frames,
            files={path: file for path, file in self.staging.files().items() if self._is_own(path)},
            jobs=1 if self.command == "serve" else self.jobs,  # the server has threads, which a fork would not
        )
        progress = self.run.progress if self.run else _unwatched
        with self._wrong_use():
            written = pipeline.publish_site(
                self.prepared, self.site, rendered, self.staging.site_dir, progress, self.diagnostics
            )
        self.staging.end()
        self.diagnostics += written.diagnostics
        self.built = Built(prepared=self.prepared, written=written, diagnostics=self.diagnostics)
        if self.run is None:
            self._report()

    def on_build_error(self, *, error: Exception) -> None:
        """Remove the staging folder."""
        if hasattr(self, "staging"):
            self.staging.end()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Rebuild when threads, decisions or our templates change."""
        for path in (*(self.faq.content / name for name in WATCHED), theme_folder()):
            if path.exists():
                server.watch(str(path))
        return server

    def _is_own(self, path: str) -> bool:
        """Whether a file in the staging folder is part of the site without further work."""
        return path not in self.frame_pages and path not in REPLACED

    def _shown(self, file: File, config: MkDocsConfig) -> str:
        """Return the path of a page's source as a person can open it."""
        if file.abs_src_path is None:
            return file.src_uri
        path = Path(file.abs_src_path)
        return path.relative_to(self.faq.root).as_posix() if path.is_relative_to(self.faq.root) else file.src_uri

    def _report(self) -> None:
        """Log the findings; an error fails `mkdocs build`, but only after everything else was written."""
        for diagnostic in self.diagnostics:
            log.log(LEVELS[diagnostic.level], "%s", diagnostic)
        log.info(summary(self.prepared))
        if self.command != "serve" and worst_severity(self.diagnostics) is Severity.ERROR:
            raise PluginError("the site was written, but parts of the FAQ are missing; see the errors above")

    @contextmanager
    def _wrong_use(self) -> Iterator[None]:
        """Turn UsageError into the error that MkDocs prints in one line, if a person called MkDocs."""
        try:
            yield
        except UsageError as error:
            if self.run is not None:
                raise
            raise PluginError(str(error)) from error


def _unwatched(_step: str, _done: int, _total: int) -> None:
    """Report no progress: MkDocs logs its own."""


def _load(config: MkDocsConfig) -> tuple[Config, tuple[Diagnostic, ...]]:
    return load_config(Path(config.config_file_path or "mkdocs.yml"))
