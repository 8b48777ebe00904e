"""A customer with the example site: searching in their own words, reading the answer, following the guidepost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

FRED = "https://blog.widgets.example/guests/one-year-with-a-red-widget/"  # answered in the comments below

pytestmark = pytest.mark.browser


@pytest.fixture
def url(example_site: Path, host: Callable[..., Any]) -> str:
    """The example site below a sub-path, with a strict Content-Security-Policy."""
    served: str = host(example_site, prefix="/help/").url
    return served


def test_a_customer_finds_the_answer_and_the_original_discussion(page: Page, url: str) -> None:
    followed: list[str] = []

    def original(route: Route) -> None:
        followed.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>The original</title><h1>The original</h1>")

    page.route("https://*.widgets.example/**", original)
    page.goto(url)
    box = page.locator("main input[name=q]").first
    box.click()
    box.type("red widget shattered rain")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}search/?q=red+widget+shattered+rain")
    page.locator("#faq-results a").first.click()
    expect(page.locator("h1")).to_contain_text("red widget", ignore_case=True)
    expect(page.locator("main")).to_contain_text("blue")
    page.get_by_role("link", name="Read this reply where it was posted").first.click()
    expect(page.locator("h1")).to_have_text("The original")
    assert followed
    assert page.url == f"{FRED}#comment-4", "the exact reply"


def test_a_question_without_an_answer_offers_to_ask_people(page: Page, url: str) -> None:
    page.goto(f"{url}search/?q=xylophone+quarantine")
    offers = page.locator("#faq-results a")
    expect(offers.first).to_be_visible()
    urls = [offers.nth(n).get_attribute("href") or "" for n in range(offers.count())]
    assert any("xylophone" in one for one in urls), "the question is carried along"


def test_an_id_is_resolved_by_the_404_page(page: Page, host: Callable[..., Any], example_site: Path) -> None:
    url = host(example_site).url  # the 404 page's links begin at the path of site_url
    topics = json.loads((example_site / "topics.json").read_text(encoding="utf-8"))
    topic = next(t for t in topics if t["answer"])
    page.goto(f"{url}q/{topic['id']}")
    expect(page).to_have_url(f"{url}q/{topic['slug']}/")
    page.complaints.clear()  # type: ignore[attr-defined]  # the 404 itself is an entry on the console


def test_without_javascript_everything_can_be_browsed(browser: Any, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    page.locator("header a", has_text="All questions").click()
    expect(page).to_have_url(f"{url}all/")
    page.locator("main article a[href*='q/'], main a[href*='q/']").first.click()
    expect(page.locator("[id^='answer-']").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, url: str, example_site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    topics = json.loads((example_site / "topics.json").read_text(encoding="utf-8"))
    answered = [f"q/{t['slug']}/" for t in topics if t["answer"]]
    for path in ["", "all/", "tags/", "places/", "open/", "search/?q=widget", *answered]:
        page.goto(url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
