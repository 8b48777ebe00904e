"""Which searches the client reports to a company that configured `misses`, and when."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from search_site import CONFIG, box, write_site

pytestmark = pytest.mark.browser

WAIT = 400  # ms in which a report that must not be sent would arrive


@pytest.fixture(scope="module")
def reporting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose company wants to know what is not found."""
    return write_site(tmp_path_factory.mktemp("reporting"), config={**CONFIG, "misses": "/misses"})


def posted(page: Page, served, count: int) -> list[dict[str, object]]:
    """Return the reports that the host received, once there are `count` of them and no more arrive."""
    for _ in range(100):
        if len(served.posted) >= count:
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(WAIT)
    return [json.loads(body) for body in served.posted]


def type_and_wait(page: Page, text: str) -> None:
    """Type a text and wait for its suggestions, or for the message that there are none."""
    box(page).press_sequentially(text)
    expect(box(page)).to_have_value(text)
    expect(page.locator("header [role=status]")).not_to_be_empty()
    page.wait_for_timeout(WAIT)


def test_the_page_of_results_reports_once_and_nothing_else(page: Page, host, reporting: Path) -> None:
    served = host(reporting)
    with page.expect_request(re.compile("/misses$")) as request:
        page.goto(f"{served.url}search/?q=is%20it%20%20xqxq")
    assert posted(page, served, 1) == [{"query": "is it xqxq", "results": 0}]
    sent = request.value.all_headers()
    assert not {"cookie", "referer", "authorization"} & set(sent)
    page.reload()
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing")
    assert len(posted(page, served, 1)) == 1


def test_topics_that_are_only_similar_count_as_not_found(page: Page, host, reporting: Path) -> None:
    text = (reporting / "assets/faq/search.js").read_text(encoding="utf-8")
    assert "isSure: isSure ||" in text
    body = text.replace("isSure: isSure ||", "isSure: false &&")
    page.route("**/search.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    served = host(reporting)
    page.goto(f"{served.url}search/?q=widget")
    assert posted(page, served, 1) == [{"query": "widget", "results": 0}]


def test_a_box_that_is_left_without_a_choice_reports_the_last_text_only(page: Page, host, reporting: Path) -> None:
    served = host(reporting)
    page.goto(served.url)
    type_and_wait(page, "xqxq wid")
    page.get_by_label("Other").focus()
    assert [one["query"] for one in posted(page, served, 1)] == ["xqxq wid"]
    box(page).focus()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.get_by_label("Other").focus()
    assert len(posted(page, served, 1)) == 1


def test_a_chosen_suggestion_reports_nothing(page: Page, host, reporting: Path) -> None:
    served = host(reporting)
    page.goto(served.url)
    type_and_wait(page, "red widget")
    page.get_by_role("option").first.click()
    page.wait_for_url(re.compile("/q/"))
    assert posted(page, served, 0) == []


def test_enter_is_reported_by_the_page_of_results_only(page: Page, host, reporting: Path) -> None:
    served = host(reporting)
    page.goto(served.url)
    type_and_wait(page, "red widget")
    box(page).press("Enter")
    page.wait_for_url(re.compile("/search/"))
    assert [one["query"] for one in posted(page, served, 1)] == ["red widget"]


def test_private_texts_are_not_sent(page: Page, host, reporting: Path) -> None:
    served = host(reporting)
    for text in ("fred@mail.example", "order 2026111"):
        page.goto(f"{served.url}search/?q={text}")
        expect(page.locator("#faq-results [role=status]")).not_to_be_empty()
    assert posted(page, served, 0) == []


@pytest.mark.parametrize(
    "wish", ["Navigator.prototype, 'doNotTrack', {get: () => '1'}", "navigator, 'globalPrivacyControl', {value: true}"]
)
def test_nothing_is_sent_if_the_browser_asks_not_to_be_tracked(
    browser: Browser, host: Callable, reporting: Path, wish: str
) -> None:
    served = host(reporting)
    page = browser.new_page()
    page.add_init_script(f"Object.defineProperty({wish})")
    page.goto(f"{served.url}search/?q=xqxq")
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing")
    assert posted(page, served, 0) == []
    page.close()


def test_without_the_setting_not_even_the_file_is_loaded(page: Page, host, tmp_path: Path) -> None:
    served = host(write_site(tmp_path))
    page.goto(f"{served.url}search/?q=xqxq")
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing")
    assert posted(page, served, 0) == []
    assert not [path for path in served.requests if "misses" in path]
