"""`faq review --web` in a real browser: keys, mouse, undo, and nothing from elsewhere."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from faq_builder.config import load_config
from faq_builder.decisions.reading import read_decisions
from faq_builder.pipeline import Options, prepare
from faq_builder.staff.recording import Recorder
from faq_builder.staff.review import QuestionKind, ReviewSession, Skips, questions_of
from faq_builder.staff.review.web import ReviewServer
from small_review import REPLY, THREAD, write_small_site

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> **bold**"


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[ReviewServer]:
    """Return a running server with the review of a small site, one of whose threads is hostile.

    It asks which reply answers; with the parameter SAME, which topics ask the same.
    """
    kind = getattr(request, "param", QuestionKind.ANSWER)
    write_small_site(tmp_path)
    for n, title in ((4, "Why did my red widget melt in the sun?"), (5, f"Why did my red widget {HOSTILE}?")):
        text = THREAD.format(title=title.replace("*", "").replace("<", "&lt;"), n=n, body=HOSTILE, reply=REPLY)
        (tmp_path / f"content/threads/{n}.md").write_text(text, encoding="utf-8")
    prepared = prepare(load_config(tmp_path / "mkdocs.yml")[0], Options(), lambda *_: None)
    recorder, skips = Recorder(prepared=prepared, reviewer="Fred"), Skips(root=tmp_path, reviewer="Fred")
    questions = [question for question in questions_of(prepared) if question.kind is kind]
    session = ReviewSession(questions=questions, recorder=recorder, skips=skips, today=date(2026, 3, 1))
    with ReviewServer(session, lambda: 0.0) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def review_page(browser: Browser, server: ReviewServer) -> Iterator[Page]:
    """Return the open review page; a request to elsewhere or an error on the console fails the test."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda r: None if r.url.startswith((server.url, "data:")) else complaints.append(r.url))
    page.goto(server.url)
    expect(page.locator("#question")).to_contain_text("?")
    yield page
    context.close()
    assert complaints == []


def decided(server: ReviewServer) -> list[str]:
    """Return the kinds of decisions in the files."""
    return [d.kind.value for d in read_decisions(server.desk.session.skips.root / "content/decisions")[0]]


def left(page: Page, count: int) -> None:
    """Wait until the page says how many questions are left."""
    expect(page.locator("#progress")).to_contain_text(f"{count} left")


def test_keys_and_mouse_decide_and_take_back(server: ReviewServer, review_page: Page) -> None:
    count = server.desk.session.left
    left(review_page, count)
    review_page.keyboard.press("1")
    left(review_page, count - 1)
    assert decided(server) == ["answer"]
    review_page.get_by_role("button", name="it is not").click()
    left(review_page, count - 2)
    assert decided(server) == ["answer", "unanswered"]
    review_page.keyboard.press("n")
    left(review_page, count - 3)
    for step in (2, 1, 0):
        review_page.get_by_role("button", name="take back").click()
        left(review_page, count - step)
    assert decided(server) == []
    expect(review_page.get_by_role("button", name="take back")).to_be_disabled()


def test_a_reason_is_typed_without_deciding(server: ReviewServer, review_page: Page) -> None:
    count = server.desk.session.left
    review_page.keyboard.press("r")
    review_page.keyboard.type("1 of 10 tried it, n is not 0")
    review_page.keyboard.press("Enter")
    left(review_page, count)
    review_page.keyboard.press("1")
    left(review_page, count - 1)
    (decision,) = read_decisions(server.desk.session.skips.root / "content/decisions")[0]
    assert decision.reason == "1 of 10 tried it, n is not 0"
    assert review_page.locator("#why").input_value() == ""


@pytest.mark.parametrize("server", [QuestionKind.SAME], indirect=True)
def test_of_several_topics_some_are_the_same(server: ReviewServer, review_page: Page) -> None:
    group = server.desk.session.current
    assert group is not None
    assert len(group.numbers) >= 3
    expect(review_page.locator("article mark").first).to_be_visible()
    review_page.keyboard.press("2")
    expect(review_page.locator("article").nth(1).get_by_role("button")).to_have_attribute("aria-pressed", "false")
    review_page.keyboard.press("s")
    expect(review_page.locator("#progress")).to_contain_text("1 decided")
    assert decided(server) == ["same", "apart"]


def test_texts_of_threads_are_shown_as_text(server: ReviewServer, review_page: Page) -> None:
    seen = ""
    for _ in range(server.desk.session.left):
        seen += review_page.locator("#passages").inner_text()
        before = server.desk.session.left
        review_page.keyboard.press("n")
        left(review_page, before - 1)
    assert "onerror=alert(1)" in seen
    expect(review_page.locator("#question")).to_contain_text("Nothing is left")
    assert review_page.locator("#passages img, #passages script").count() == 0


@pytest.mark.parametrize("server", [QuestionKind.ANSWER, QuestionKind.SAME], indirect=True)
def test_everybody_can_use_the_page(review_page: Page) -> None:
    results = Axe().run(review_page)
    assert results.violations_count == 0, results.generate_report()


def test_without_the_token_the_browser_shows_nothing(browser: Browser, server: ReviewServer) -> None:
    page = browser.new_page()
    answer = page.goto(f"http://{server.host}/")
    assert answer is not None
    assert answer.status == 403
    page.close()
