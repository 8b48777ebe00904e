"""What the search tells the company where it asked for it, and when."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from search_site import CONFIG, box, write_site

pytestmark = pytest.mark.browser

WAIT = 400  # ms in which something that must not be sent would be


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that asked to be told."""
    return write_site(tmp_path_factory.mktemp("telling"), config={**CONFIG, "misses": "/misses"})


def posted(page: Page, served, count: int) -> list[dict[str, object]]:
    """What the host was sent, once it is so much and nothing more comes."""
    for _ in range(100):
        if len(served.posted) >= count:
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(WAIT)
    return [json.loads(body) for body in served.posted]


def typed(page: Page, text: str) -> None:
    """Suggestions, or that there are none, are shown for the text."""
    box(page).press_sequentially(text)
    expect(box(page)).to_have_value(text)
    expect(page.locator("header [role=status]")).not_to_be_empty()
    page.wait_for_timeout(WAIT)


def test_the_page_of_results_tells_once_and_nothing_else(page: Page, host, telling: Path) -> None:
    served = host(telling)
    with page.expect_request(re.compile("/misses$")) as request:
        page.goto(f"{served.url}search/?q=is%20it%20%20xqxq")
    assert posted(page, served, 1) == [{"query": "is it xqxq", "results": 0}]
    sent = request.value.all_headers()
    assert not {"cookie", "referer", "authorization"} & set(sent)
    page.reload()
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing")
    assert len(posted(page, served, 1)) == 1


def test_what_is_only_near_counts_as_not_found(page: Page, host, telling: Path) -> None:
    text = (telling / "assets/faq/search.js").read_text(encoding="utf-8")
    assert "isSure: isSure ||" in text
    body = text.replace("isSure: isSure ||", "isSure: false &&")
    page.route("**/search.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    served = host(telling)
    page.goto(f"{served.url}search/?q=widget")
    assert posted(page, served, 1) == [{"query": "widget", "results": 0}]


def test_a_box_that_is_left_without_a_choice_tells_the_last_text_only(page: Page, host, telling: Path) -> None:
    served = host(telling)
    page.goto(served.url)
    typed(page, "xqxq wid")
    page.get_by_label("Other").focus()
    assert [one["query"] for one in posted(page, served, 1)] == ["xqxq wid"]
    box(page).focus()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.get_by_label("Other").focus()
    assert len(posted(page, served, 1)) == 1


def test_a_chosen_answer_tells_nothing(page: Page, host, telling: Path) -> None:
    served = host(telling)
    page.goto(served.url)
    typed(page, "red widget")
    page.get_by_role("option").first.click()
    page.wait_for_url(re.compile("/q/"))
    assert posted(page, served, 0) == []


def test_enter_tells_by_the_page_of_results_alone(page: Page, host, telling: Path) -> None:
    served = host(telling)
    page.goto(served.url)
    typed(page, "red widget")
    box(page).press("Enter")
    page.wait_for_url(re.compile("/search/"))
    assert [one["query"] for one in posted(page, served, 1)] == ["red widget"]


def test_private_texts_are_not_sent(page: Page, host, telling: Path) -> None:
    served = host(telling)
    for text in ("fred@mail.example", "order 2026111"):
        page.goto(f"{served.url}search/?q={text}")
        expect(page.locator("#faq-results [role=status]")).not_to_be_empty()
    assert posted(page, served, 0) == []


@pytest.mark.parametrize(
    "wish", ["Navigator.prototype, 'doNotTrack', {get: () => '1'}", "navigator, 'globalPrivacyControl', {value: true}"]
)
def test_who_would_rather_not_is_left_alone(browser: Browser, host: Callable, telling: Path, wish: str) -> None:
    served = host(telling)
    page = browser.new_page()
    page.add_init_script(f"Object.defineProperty({wish})")
    page.goto(f"{served.url}search/?q=xqxq")
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing")
    assert posted(page, served, 0) == []
    page.close()


def test_without_the_setting_not_even_its_file_is_loaded(page: Page, host, tmp_path: Path) -> None:
    served = host(write_site(tmp_path))
    page.goto(f"{served.url}search/?q=xqxq")
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing")
    assert posted(page, served, 0) == []
    assert not [path for path in served.requests if "misses" in path]
