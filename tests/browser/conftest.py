"""Fixtures: a real browser, and a static host with a sub-path and a Content-Security-Policy."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import chromium
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from search_site import TAGGED, write_site, write_topics

PATIENCE = 30_000  # ms: the machines of CI are slow and shared
expect.set_options(timeout=PATIENCE)

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass
class Host:
    """A folder as a static host serves it; the requested paths, in order, and the posted bodies."""

    url: str
    requests: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a browser opens several connections at once


class _Handler(SimpleHTTPRequestHandler):
    """Serve the files of a folder below a sub-path, and the folder's 404.html for all other paths."""

    def __init__(self, *args: Any, prefix: str, csp: str | None, host: Host, **more: Any) -> None:
        self.prefix, self.csp, self.requests, self.posted = prefix, csp, host.requests, host.posted
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        self.requests.append(self.path)
        if not self.path.startswith(self.prefix):
            self.path = "/is-not-here"
        else:
            self.path = f"/{self.path.removeprefix(self.prefix)}"
        super().do_GET()

    def do_POST(self) -> None:
        self.posted.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if page.is_file() else b"not here"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        if self.csp:
            self.send_header("Content-Security-Policy", self.csp)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, and in CI they fail."""
    with sync_playwright() as playwright:
        found = chromium.launch_chromium(playwright)
        if isinstance(found, str):
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Chromium for the browser tests: {found}")
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, host: Callable[..., Host]) -> Iterator[Page]:
    """A new page, closed before its host; an error on its console fails the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.complaints = complaints
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def host() -> Iterator[Callable[..., Host]]:
    """`host(folder, prefix="/", csp=STRICT)` serves a folder until the test ends."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def serve(folder: Path, prefix: str = "/", csp: str | None = STRICT) -> Host:
        served = Host(url="")
        handler = partial(_Handler, directory=str(folder), prefix=prefix, csp=csp, host=served)
        server = _Server(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        served.url = f"http://127.0.0.1:{server.server_port}{prefix}"
        return served

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest site that has a search."""
    return write_site(tmp_path_factory.mktemp("search-site"))


@pytest.fixture(scope="session")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose results can be filtered and whose answers are long."""
    return write_topics(tmp_path_factory.mktemp("tagged-site"), TAGGED)
