"""The filters of the page of results in a real browser: chosen, counted, removed, expanded."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from search_site import results, status, value, write_topics

pytestmark = pytest.mark.browser

Host = Callable[..., Any]


def test_a_filter_is_chosen_kept_in_the_url_and_removed(page: Page, host: Host, tagged: Path) -> None:
    served = host(tagged, "/help/")
    page.goto(f"{served.url}search/?q=widget")
    expect(results(page)).to_have_count(4)
    tags = page.get_by_role("group", name="Tag").locator("label")
    expect(tags).to_have_text(["hub 2", "rain 2"])  # a tag of one topic is not offered
    value(page, "Tag", "hub").check()
    expect(results(page)).to_have_count(2)
    expect(status(page)).to_have_text("2 answers")
    expect(page).to_have_url(f"{served.url}search/?q=widget&tag=hub")
    expect(value(page, "Tag", "hub")).to_be_focused()
    expect(page.get_by_role("group", name="Answered in").locator("label")).to_have_text(["2025 0", "2024 1", "2023 1"])
    page.get_by_role("button", name="Remove the filter Tag: hub").click()
    expect(results(page)).to_have_count(4)
    expect(page).to_have_url(f"{served.url}search/?q=widget")
    page.go_back()
    expect(results(page)).to_have_count(2)
    expect(value(page, "Tag", "hub")).to_be_checked()


def test_filters_in_the_url_apply_and_the_keyboard_sets_them(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=widget&tag=Rain&place=Blog")
    expect(results(page)).to_have_count(2)
    expect(page.locator(".faq-chip")).to_have_text(["Rain×", "Blog×", "Remove all filters"])
    value(page, "Answered in", "2023").focus()
    page.keyboard.press("Space")
    expect(results(page)).to_have_count(1)
    expect(results(page)).to_contain_text("hub 4")
    page.get_by_role("button", name="Remove the filter Tag: Rain").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove the filter Place: Blog")).to_be_focused()
    expect(results(page)).to_have_count(1)


def test_filters_without_a_question_list_the_most_asked_first(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?place=Blog")
    expect(results(page).locator("h2")).to_have_text(
        [
            "Is the red widget for outdoors?",
            "Where are widgets made?",
            "Where is the widget of hub 4 in the rain? Outdated",
        ]
    )


def test_filters_that_leave_nothing_say_so(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=widget&tag=unheard-of")
    expect(status(page)).to_have_text("Nothing was found with these filters.")
    page.get_by_role("button", name="Remove the filter").click()
    expect(results(page)).to_have_count(4)


def test_filters_that_leave_nothing_say_how_much_there_is_without_each(page: Page, host: Host, tagged: Path) -> None:
    served = host(tagged)
    page.goto(f"{served.url}search/?q=widget&tag=hub&place=Blog&year=2024")
    offered = page.locator(".faq-chips--wider button")
    expect(offered).to_have_text(
        ["Without “Blog”: 1 answer", "Without “2024”: 1 answer", "Without any filter: 4 answers"]
    )
    expect(
        page.get_by_role("button", name="Remove all filters")
    ).to_be_hidden()  # the last of these buttons does the same
    expect(page.locator(".faq-results__instead")).to_be_hidden()
    offered.nth(1).click()
    expect(results(page)).to_have_count(1)
    expect(page).to_have_url(f"{served.url}search/?q=widget&tag=hub&place=Blog")
    expect(offered).to_have_count(0)
    page.get_by_role("button", name="Remove all filters").click()
    expect(results(page)).to_have_count(4)


def test_counts_of_a_kind_depend_on_the_filters_of_other_kinds(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=widget&place=Widget+forum")
    expect(page.get_by_role("group", name="Tag").locator("label")).to_have_text(["hub 1", "rain 1"])
    expect(page.get_by_role("group", name="Place").locator("label")).to_have_text(["Blog 3", "Widget forum 2"])


def test_all_values_of_a_filter_are_shown_on_demand(page: Page, host: Host, tmp_path: Path) -> None:
    names = [f"shelf {n:02}" for n in range(9)]
    topics = {f"t{n}": {"question": f"Widget {n}", "answer": "Yes.", "tags": names} for n in range(2)}
    rest = {f"u{n}": {"question": f"Widget and hub {n}", "answer": "Yes."} for n in range(2)}
    page.goto(f"{host(write_topics(tmp_path, topics | rest)).url}search/?q=widget")
    tags = page.get_by_role("group", name="Tag")
    expect(tags.get_by_role("checkbox")).to_have_count(6)
    button = tags.get_by_role("button", name="Show all 9")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(tags.get_by_role("checkbox")).to_have_count(9)
    expect(tags.get_by_role("checkbox").nth(6)).to_be_focused()
    page.get_by_label("Question").fill("widget no")
    page.wait_for_url("**/?q=widget+no")
    expect(tags.get_by_role("checkbox")).to_have_count(9)
    tags.get_by_role("button", name="Show fewer").press("Enter")
    expect(tags.get_by_role("checkbox")).to_have_count(6)
    expect(button).to_be_focused()


def test_without_a_question_there_are_filters(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/")
    expect(status(page)).to_have_text("4 answers")
    expect(page.get_by_role("heading", name="Filter")).to_be_visible()
    value(page, "Place", "Widget forum").check()
    expect(results(page)).to_have_count(2)


def test_a_tag_of_a_result_is_a_filter(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=waterproof")
    results(page).get_by_role("link", name="rain").click()
    expect(page).to_have_url(re.compile(r"\?q=waterproof&tag=rain$"))
    expect(page.locator(".faq-chip")).to_have_text(["rain×"])


def test_typing_keeps_the_filters(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=widget&tag=hub")
    expect(results(page)).to_have_count(2)
    page.get_by_label("Question").fill("rain")
    expect(results(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=rain&tag=hub$"))
