"""A static host that compresses what a browser accepts compressed, as most do."""

import gzip
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Packed = Callable[[Path], tuple[bytes, bool]]

NEVER_SMALLER = (".pf_index", ".pf_meta", ".pf_fragment", ".pagefind")  # Pagefind's files are gzip already


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a folder while it is served, and the bytes of each answer, those for workers of a page too."""
    sent: list[int] = []
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder=folder, packed=cache(_packed), sent=sent))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a browser opens several connections at once
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept

    def __init__(self, *args: Any, folder: Path, packed: Packed, sent: list[int]) -> None:
        self.folder, self.packed, self.sent = folder, packed, sent
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.folder / self.path.partition("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, is_packed = self.packed(path)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache" if path.name == "meta.json" else "max-age=600")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.sent.append(len(content))
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _packed(path: Path) -> tuple[bytes, bool]:
    content = path.read_bytes()
    packed = content if path.suffix in NEVER_SMALLER else gzip.compress(content, 9, mtime=0)
    return (packed, True) if len(packed) < len(content) else (content, False)
