"""Serve a folder with Node as static hosts do, over HTTP/1.1 or HTTP/2."""

import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = Path(__file__).parent / "host.mjs"


@contextmanager
def served(folder: Path, *more: Path) -> Iterator[tuple[str, list[int]]]:
    """Serve a folder; give its URL and the bytes of each answer so far. A key and a certificate mean HTTP/2."""
    sent: list[int] = []
    host = subprocess.Popen(["node", HOST, folder, *more], stdout=subprocess.PIPE, text=True)
    assert host.stdout
    port = host.stdout.readline().strip()
    reading = threading.Thread(target=lambda lines: sent.extend(map(int, lines)), args=(host.stdout,), daemon=True)
    reading.start()
    try:
        yield f"http{'s' if more else ''}://127.0.0.1:{port}/", sent
    finally:
        host.terminate()
        host.wait()
        reading.join()


@contextmanager
def served_http2(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Serve a folder over HTTP/2 with a self-signed certificate; see `served`."""
    with tempfile.TemporaryDirectory() as made:
        key, certificate = Path(made) / "key.pem", Path(made) / "certificate.pem"
        paths: Sequence[str | Path] = ["-keyout", key, "-out", certificate]
        openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        subprocess.run([*openssl, *paths], check=True, capture_output=True)
        with served(folder, key, certificate) as host:
            yield host
