"""The published site of a test: a folder, a web server for it, and every address that it ever had."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

LISTS = ("all", "open", "places", "search", "tags")  # they follow from topics; their pages come and go
REFRESH = re.compile(r'<meta http-equiv="refresh" content="\d+; ?url=([^"]+)"', re.IGNORECASE)


class Published:
    """What readers see, and what they were promised: nothing here knows the gate, the manifest or the ledger's code."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.promised: set[str] = set()
        self.answer: tuple[int, bytes] | None = (
            None  # what the server says to everything, when it is not well; of a redirect, where to
        )

    def addresses(self) -> set[str]:
        """Each page's address that must live on."""
        pages = {page.parent.relative_to(self.folder).as_posix() for page in self.folder.rglob("index.html")}
        return {page for page in pages if page.partition("/")[0] not in LISTS}

    def lost(self) -> set[str]:
        """What of the promised is not there, or leads to nothing; what is there is promised from now on."""
        self.promised |= self.addresses()
        return {address for address in self.promised if not self._lives(address)}

    def _lives(self, address: str, steps: int = 5) -> bool:
        page = self.folder / address / "index.html"
        if not page.is_file() or not steps:
            return False
        leads = REFRESH.search(page.read_text(encoding="utf-8"))
        if not leads:
            return True
        target = (page.parent / unquote(urlsplit(leads[1]).path)).resolve()
        return self._lives(target.relative_to(self.folder.resolve()).as_posix(), steps - 1)


def rows(ledger: str) -> dict[str, dict[str, object]]:
    """The rows of a ledger by id, read as plain JSON; no id and no address may stand in two of them."""
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
    """A published site, at first without a page."""
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
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        published = Published(folder, f"http://127.0.0.1:{server.server_port}/")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield published
        finally:
            server.shutdown()
            thread.join()
