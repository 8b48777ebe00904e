"""The keyboard: from the search box to the results and back, and Tab, which closes the suggestions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from search_site import box, write_site

pytestmark = pytest.mark.browser

Host = Callable[..., Any]


def title(page: Page, at: int) -> Locator:
    return page.locator(".faq-result__question a").nth(at)


def test_arrows_move_from_the_box_through_the_results_and_back(page: Page, host: Host, tmp_path: Path) -> None:
    topics = {f"t{n}": (f"Widget question number {n}", "Yes.", 1) for n in range(12)}
    served = host(write_site(tmp_path, topics))
    page.goto(f"{served.url}search/?q=question")
    expect(page.locator(".faq-result")).to_have_count(10)
    field = page.get_by_label("Question")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(title(page, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(title(page, 1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    for _ in range(11):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="More answers")).to_be_focused()
    page.keyboard.press("Enter")
    expect(title(page, 10)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}q/t*/")


def test_escape_returns_to_the_box_and_then_clears_it(page: Page, host: Host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q=rain")
    expect(title(page, 0)).to_be_visible()
    field = page.get_by_label("Question")
    field.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("rain")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    page.wait_for_url("**/search/")


def test_arrows_reach_the_popular_questions_if_nothing_was_found(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=xqxq")
    expect(page.locator(".faq-results__instead")).to_be_visible()
    page.get_by_label("Question").press("ArrowDown")
    expect(title(page, 0)).to_be_focused()


def test_results_that_arrive_late_keep_the_focus(page: Page, host: Host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q=rain")
    field = page.get_by_label("Question")
    expect(title(page, 0)).to_be_visible()
    field.fill("E1234")
    page.keyboard.press("ArrowDown")
    expect(title(page, 0)).to_have_text("Error E1234 when the widget starts")
    expect(title(page, 0)).to_be_focused()


def test_tab_closes_the_suggestions(page: Page, host: Host, site: Path) -> None:
    page.goto(host(site).url)
    # as on a site, where a button follows the box
    page.locator("header form").evaluate(
        "form => form.append(Object.assign(document.createElement('button'), {textContent: 'Go'}))"
    )
    box(page).press_sequentially("widget")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Go")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
