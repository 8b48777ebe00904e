"""A static host that compresses what a browser accepts compressed, as most do."""

import gzip
import mimetypes
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Packed = Callable[[Path], tuple[bytes, bool]]

HTTP2 = Path(__file__).parent / "http2.mjs"
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


@contextmanager
def served_http2(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The same by Node over HTTP/2, with a certificate that nobody has signed."""
    sent: list[int] = []
    with tempfile.TemporaryDirectory() as made:
        key, certificate = Path(made) / "key.pem", Path(made) / "certificate.pem"
        paths = ["-keyout", key, "-out", certificate]
        openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        subprocess.run([*openssl, *paths], check=True, capture_output=True)
        host = subprocess.Popen(["node", HTTP2, folder, key, certificate], stdout=subprocess.PIPE, text=True)
        assert host.stdout
        port = host.stdout.readline().strip()
        reading = threading.Thread(target=lambda lines: sent.extend(map(int, lines)), args=(host.stdout,), daemon=True)
        reading.start()
        try:
            yield f"https://127.0.0.1:{port}/", sent
        finally:
            host.terminate()
            host.wait()
            reading.join()


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
