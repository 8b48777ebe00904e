"""A folder served as static hosts do, by Node, over HTTP/1.1 or HTTP/2."""

import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = Path(__file__).parent / "host.mjs"


@contextmanager
def served(folder: Path, *more: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a folder while it is served, and the bytes of each answer; HTTP/2 with a key and certificate."""
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
    """The same over HTTP/2, with a certificate that nobody has signed."""
    with tempfile.TemporaryDirectory() as made:
        key, certificate = Path(made) / "key.pem", Path(made) / "certificate.pem"
        paths: Sequence[str | Path] = ["-keyout", key, "-out", certificate]
        openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        subprocess.run([*openssl, *paths], check=True, capture_output=True)
        with served(folder, key, certificate) as host:
            yield host
