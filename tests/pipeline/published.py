"""The published site of a test: a folder, a web server for it, and every site path that it ever had."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

LISTS = ("all", "open", "places", "search", "tags")  # lists of topics, whose pages may come and go
REFRESH = re.compile(r'<meta http-equiv="refresh" content="\d+; ?url=([^"]+)"', re.IGNORECASE)


class Published:
    """The pages of a site and all published site paths; uses no code of the gate, the manifest or the ledger."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.promised: set[str] = set()
        self.answer: tuple[int, bytes] | None = (
            None  # status and body of every answer while the server is broken; the body of a redirect is its target
        )

    def permanent_paths(self) -> set[str]:
        """Return the site paths of all pages that must not vanish."""
        pages = {page.parent.relative_to(self.folder).as_posix() for page in self.folder.rglob("index.html")}
        return {page for page in pages if page.partition("/")[0] not in LISTS}

    def lost(self) -> set[str]:
        """Add the current site paths to the published ones; return those that are missing or redirect to nothing."""
        self.promised |= self.permanent_paths()
        return {path for path in self.promised if not self._is_reachable(path)}

    def _is_reachable(self, path: str, redirects: int = 5) -> bool:
        page = self.folder / path / "index.html"
        if not page.is_file() or not redirects:
            return False
        redirect = REFRESH.search(page.read_text(encoding="utf-8"))
        if not redirect:
            return True
        target = (page.parent / unquote(urlsplit(redirect[1]).path)).resolve()
        return self._is_reachable(target.relative_to(self.folder.resolve()).as_posix(), redirects - 1)


def ledger_rows(ledger: str) -> dict[str, dict[str, object]]:
    """Return the rows of a ledger by id, read as plain JSON; check that no id, slug or thread occurs twice."""
    found = [json.loads(line) for line in ledger.splitlines()]
    ids = [row["id"] for row in found]
    slugs = [slug for row in found for slug in (row["slug"], *row.get("former_slugs", []))]
    members = [key for row in found for key in row["members"]]
    assert ids == sorted(set(ids))
    assert len(slugs) == len(set(slugs))
    assert len(members) == len(set(members))
    return dict(zip(ids, found, strict=True))


@contextmanager
def web_server(folder: Path) -> Iterator[Published]:
    """Give a published site, at first without a page."""
    folder.mkdir()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if published.answer is None:
                super().do_GET()
                return
            status, body = published.answer
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", body.decode())
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        published = Published(folder, f"http://127.0.0.1:{server.server_port}/")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield published
        finally:
            server.shutdown()
            thread.join()
