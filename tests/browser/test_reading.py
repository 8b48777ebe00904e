"""Reading the example site: by keyboard, on paper, without layout shifts, on a narrow screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from example import PAGES

pytestmark = pytest.mark.browser

STILL = 0.001  # cumulative layout shift; 0.1 counts as good (https://web.dev/articles/cls)
RESULT = "#faq-results a"  # there is one once a search is done

FOCUSED = """() => {
  const focused = document.activeElement, style = getComputedStyle(focused), box = focused.getBoundingClientRect();
  return {
    tag: focused.tagName,
    text: focused.innerText || focused.getAttribute("aria-label") || focused.name || "",
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    isAnswer: Boolean(focused.closest(".faq-answer")),
    top: box.top + scrollY,
  };
}"""
RECORD_SHIFTS = """() => {
  window.shifts = [];
  const keep = (entries) => shifts.push(...entries.map((entry) => entry.value));
  window.shiftObserver = new PerformanceObserver((list) => keep(list.getEntries()));
  shiftObserver.observe({ type: "layout-shift", buffered: true });
  window.recordedShifts = () => (keep(shiftObserver.takeRecords()), shifts);
}"""
SHIFTS_SO_FAR = """async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  return recordedShifts();
}"""


@pytest.fixture
def url(example_site: Path, host: Callable[..., Any]) -> str:
    served: str = host(example_site).url
    return served


def _open(page: Page, url: str) -> None:
    page.goto(url)
    if "search/" in url:
        page.locator(RESULT).first.wait_for()
        page.wait_for_load_state("networkidle")  # results are completed from their pages


def test_every_stop_of_the_tab_key_is_visible_and_in_page_order(page: Page, url: str) -> None:
    page.goto(url + PAGES["topic"])
    count = page.locator("a[href]:visible, button:visible, input:visible, pre[tabindex]:visible").count()
    stops = []
    for _ in range(count):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert stops[0]["text"] == "Skip to content"
    assert [stop["tag"] for stop in stops[1:4]] == ["A", "INPUT", "BUTTON"], "the name, then the search"
    assert [stop for stop in stops[1:] if not (stop["isOutlined"] and stop["isSeen"])] == []
    answers = [stop["top"] for stop in stops if stop["isAnswer"]]
    assert answers == sorted(answers)
    assert stops[-1]["text"] == "Material for MkDocs", "every stop was reached, the last one in the footer"


def test_the_skip_link_jumps_to_the_question(page: Page, url: str) -> None:
    page.goto(url + PAGES["topic"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("h1:target")).to_contain_text("red widget")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["isAnswer"], "the header is skipped"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_loads(page: Page, url: str, name: str) -> None:
    page.add_init_script(f"({RECORD_SHIFTS})()")
    for size in ({"width": 390, "height": 844}, {"width": 1280, "height": 900}):
        page.set_viewport_size(size)
        _open(page, url + PAGES[name])
        assert sum(page.evaluate(SHIFTS_SO_FAR)) < STILL, size


@pytest.mark.parametrize("name", PAGES)
def test_no_kind_of_page_is_wider_than_the_smallest_phone(page: Page, url: str, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    _open(page, url + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_paper_has_the_answer_and_urls_but_no_buttons(page: Page, url: str) -> None:
    page.emulate_media(media="print")
    page.goto(url + PAGES["topic"])
    expect(page.locator(".faq-answer").first).to_be_visible()
    for chrome in ("header", "footer", "form", ".faq-related", ".faq-about", ".faq-report"):
        assert page.locator(f"{chrome}:visible").count() == 0, chrome
    printed = page.locator(".faq-answer .faq-sign").first.evaluate("a => getComputedStyle(a, '::after').content")
    assert printed == '" (https://blog.widgets.example/guests/one-year-with-a-red-widget/#comment-4)"'


def test_a_dark_screen_is_still_printed_black_on_white(page: Page, url: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(url + PAGES["topic"])
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("h1")).to_have_css("color", "rgb(26, 37, 48)")
