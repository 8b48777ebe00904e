"""The server of the review page: who may ask it, and what it does for a page."""

import http.client
import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from faq_builder.config import load_config
from faq_builder.decisions.reading import read_decisions
from faq_builder.pipeline import Options, prepare
from faq_builder.staff.recording import Recorder
from faq_builder.staff.review import ReviewSession, Skips, questions_of
from faq_builder.staff.review.web import ReviewServer
from small_review import write_small_site


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    """Return a running server with the review of a small site; its clock stands still."""
    write_small_site(tmp_path)
    prepared = prepare(load_config(tmp_path / "mkdocs.yml")[0], Options(), lambda *_: None)
    recorder, skips = Recorder(prepared=prepared, reviewer="Fred"), Skips(root=tmp_path, reviewer="Fred")
    questions = questions_of(prepared)
    session = ReviewSession(questions=questions, recorder=recorder, skips=skips, today=date(2026, 3, 1))
    with ReviewServer(session, lambda: 0.0) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(
    server: ReviewServer, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, dict[str, Any], http.client.HTTPMessage]:
    """Send a request and return status, JSON and headers; `_` in a header's name stands for `-`."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    connection.request(method, path, content, {"Content-Type": "application/json", **sent})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    is_json = answer.headers.get_content_type() == "application/json"
    return answer.status, json.loads(text) if is_json else {}, answer.headers


def post(server: ReviewServer, action: str, **body: object) -> dict[str, Any]:
    """Send what the page sends, and return the state."""
    status, state, _ = ask(server, "POST", f"/{server.token}/{action}", body, Origin=f"http://{server.host}")
    assert status == 200
    return state


def decided(server: ReviewServer) -> list[str]:
    """Return the kinds of decisions in the files."""
    return [d.kind.value for d in read_decisions(server.desk.session.skips.root / "content/decisions")[0]]


def current(server: ReviewServer) -> str:
    """Return the id of the question that is shown."""
    question = server.desk.session.current
    assert question is not None
    return question.id


def test_it_listens_on_this_computer_only(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.url == f"http://127.0.0.1:{server.server_port}/{server.token}/"
    assert len(server.token) >= 32


@pytest.mark.parametrize(
    "path", ["/", "/state", "/x/", "/x/state", "//", "/{start}/", "/{token}", "/{token}x/", "/../{token}/"]
)
def test_without_the_token_nothing_is_shown(server: ReviewServer, path: str) -> None:
    asked = path.format(token=server.token, start=server.token[:-1])
    status, body, _ = ask(server, "GET", asked)
    assert (status, body) == (403, {})


@pytest.mark.parametrize(
    "host", ["widgets.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:{port}.widgets.example"]
)
def test_a_name_that_leads_here_does_not_help(server: ReviewServer, host: str) -> None:
    for method, path in (("GET", "state"), ("POST", "undo")):
        named = host.format(port=server.server_port)
        assert ask(server, method, f"/{server.token}/{path}", {}, Host=named)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://widgets.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
    ],
    ids=str,
)
def test_another_page_cannot_decide_even_with_the_token(server: ReviewServer, headers: dict[str, str]) -> None:
    body = {"id": current(server), "choice": "1"}
    assert ask(server, "POST", f"/{server.token}/verdict", body, **headers)[0] == 403
    assert decided(server) == []


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("verdict", b"{", 400),
        ("verdict", b"[]", 400),
        ("verdict", b"\xff", 400),
        ("verdict", b"[" * 9_000, 400),
        ("verdict", b"x" * 20_001, 413),
        ("verdict", {"id": "unknown", "choice": "1"}, 400),
        ("verdict", {"id": 1, "choice": "1"}, 400),
        ("verdict", {"choice": "1"}, 400),
        ("skip", {}, 400),
        ("delete", {}, 400),
        ("", {}, 400),
    ],
)
def test_what_no_page_sends_is_refused(server: ReviewServer, action: str, body: object, status: int) -> None:
    assert ask(server, "POST", f"/{server.token}/{action}", body)[0] == status
    assert decided(server) == []
    assert post(server, "skip", id=current(server))["left"] == 3  # and it still runs


@pytest.mark.parametrize("choice", ["7", "", 1, None, "s", "11"])
def test_a_choice_that_there_is_not_is_refused(server: ReviewServer, choice: object) -> None:
    body = {"id": current(server), "choice": choice}
    assert ask(server, "POST", f"/{server.token}/verdict", body)[0] == 400
    assert decided(server) == []


def test_nothing_comes_from_elsewhere_and_nothing_is_told(server: ReviewServer) -> None:
    for path in ("", "review.js", "review.css", "state"):
        status, _, headers = ask(server, "GET", f"/{server.token}/{path}")
        assert status == 200
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
    assert ask(server, "GET", f"/{server.token}/server.py")[0] == 404


def test_a_verdict_is_written_as_it_happens_and_taken_back(server: ReviewServer) -> None:
    state = post(server, "verdict", id=current(server), choice="1", why="I tried it")
    assert (state["left"], state["decided"], state["steps"]) == (3, 1, 1)
    assert decided(server) == ["answer"]
    assert post(server, "undo")["left"] == 4
    assert decided(server) == []
    assert "problems" not in post(server, "undo")


def test_two_windows_do_not_decide_the_same_question_twice(server: ReviewServer) -> None:
    shown = current(server)
    post(server, "verdict", id=shown, choice="1")
    late = post(server, "verdict", id=shown, choice="0")
    assert late["problems"] == ["this question was answered in another window"]
    assert post(server, "skip", id=shown)["problems"] == late["problems"]
    assert decided(server) == ["answer"]
    assert post(server, "back")["question"]["decided"] == "it is the answer"
    post(server, "verdict", id=shown, choice="0", instead=True)
    assert decided(server) == ["unanswered"]


def test_many_windows_at_once_write_one_whole_file(server: ReviewServer) -> None:
    ids = [question.id for question in server.desk.session.questions]
    choices = ["1", "0", "1", "a"]
    windows = [
        threading.Thread(target=post, args=(server, "verdict"), kwargs={"id": id_, "choice": choice})
        for id_, choice in zip(ids * 3, choices * 3, strict=True)
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(decided(server)) == ["answer", "answer", "apart", "unanswered"]
    assert ask(server, "GET", f"/{server.token}/state")[1]["left"] == 0
