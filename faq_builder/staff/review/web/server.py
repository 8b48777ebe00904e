"""The server of the review page: on this computer only, for who knows the token in the URL, for no other page.

It listens on 127.0.0.1. A page of another site could send requests there too, so every request must name this host
(which stops DNS rebinding), have the token in its path and, if the browser says where it comes from, come from here.
Nothing on the page comes from elsewhere, which its Content-Security-Policy holds.
"""

import hmac
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import ClassVar

from faq_builder.staff.review.session import ReviewSession
from faq_builder.staff.review.web.desk import Desk, RefusedError

_HOST = "127.0.0.1"
_MOST_BYTES = 20_000  # of a request's body; a verdict with its reason is far shorter
_JSON = "application/json"
_ASSETS = {
    "": ("review.html", "text/html; charset=utf-8"),
    "review.css": ("review.css", "text/css; charset=utf-8"),
    "review.js": ("review.js", "text/javascript; charset=utf-8"),
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",  # an original that is opened does not learn the token
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class ReviewServer(ThreadingHTTPServer):
    """Serves one session at a random free port. `url` is the only URL that opens it."""

    daemon_threads = True  # an open connection does not keep the command from stopping

    def __init__(self, session: ReviewSession, clock: Callable[[], float]) -> None:
        super().__init__((_HOST, 0), _Handler)
        self.desk = Desk(session=session, clock=clock)
        self.token = secrets.token_urlsafe(24)
        self.host = f"{_HOST}:{self.server_port}"

    @property
    def url(self) -> str:
        """The URL of the review page, with its token."""
        return f"http://{self.host}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version, sys_version = "faq", ""
    timeout = 30.0  # seconds for a request to arrive
    paths: ClassVar = _ASSETS

    def do_GET(self) -> None:
        name = self._name()
        if name is None:
            self._answer(HTTPStatus.FORBIDDEN)
        elif name == "state":
            self._answer_json(self.server.desk.state())
        elif name in self.paths:
            file, kind = self.paths[name]
            self._answer(HTTPStatus.OK, kind, files(__package__).joinpath(file).read_bytes())
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        name, length = self._name(), self.headers.get("Content-Length", "")
        if name is None or not self._is_from_here() or self.headers.get_content_type() != _JSON:
            self._answer(HTTPStatus.FORBIDDEN)
        elif not length.isascii() or not length.isdecimal() or len(length) > 9 or int(length) > _MOST_BYTES:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if length.isdecimal() else HTTPStatus.LENGTH_REQUIRED)
        else:
            self._act(name, self.rfile.read(int(length)))

    def _act(self, name: str, content: bytes) -> None:
        try:
            body = json.loads(content)
            if not isinstance(body, dict):
                raise RefusedError
            state = self.server.desk.act(name, body)
        except (ValueError, RecursionError, RefusedError):
            self._answer(HTTPStatus.BAD_REQUEST)
        else:
            self._answer_json(state)

    def _name(self) -> str | None:
        """Return what is asked for, None if the host or the token is wrong."""
        token, slash, name = self.path.removeprefix("/").partition("/")
        is_known = hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode())
        return name if is_known and slash and self.headers.get("Host") == self.server.host else None

    def _is_from_here(self) -> bool:
        """Whether the page that sends a request is ours, as far as the browser says."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        return origin in (None, f"http://{self.server.host}") and site in (None, "same-origin")

    def _answer_json(self, value: object) -> None:
        self._answer(HTTPStatus.OK, _JSON, json.dumps(value).encode())

    def _answer(self, status: HTTPStatus, kind: str = "text/plain", content: bytes | None = None) -> None:
        content = status.phrase.encode() if content is None else content
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: a URL in a log would tell the token."""
