"""The search in a real browser, on the smallest site that has one, under a strict Content-Security-Policy."""

import os
import re
import shutil
import time
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from search_site import HOSTILE, box, write_site

from faq_builder.search import FOLDER

pytestmark = pytest.mark.browser

PAUSE = 300  # ms, longer than the pause after which a search begins
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# the loader waits for the styles for ever instead of half a second, however slow the machine
STYLES_NEVER_TIME_OUT = (
    "const later = setTimeout; window.setTimeout = (call, wait, ...more) => wait === 500 || later(call, wait, ...more);"
)
# the pause after which a search begins never ends
PAUSE_NEVER_ENDS = (
    "const later = setTimeout; window.setTimeout = (call, wait, ...more) => wait === 90 || later(call, wait, ...more);"
)
# types and submits before the pause after which typing alone changes the URL, however slow the machine
SUBMIT_AT_ONCE = """(input, text) => {
  input.value = text;
  input.dispatchEvent(new Event("input"));
  input.form.requestSubmit();
}"""


def test_before_focus_only_the_loader_is_loaded(page: Page, host, site: Path) -> None:
    served = host(site)
    page.goto(served.url, wait_until="networkidle")
    assert sorted(served.requests) == ["/", "/assets/faq/loader.js", "/icon.svg"]
    assert (site / "assets/faq/loader.js").stat().st_size <= 2000
    with page.expect_response(re.compile(r"meta\.json$")):
        box(page).focus()


def test_nothing_is_shown_without_its_styles(page: Page, host, site: Path) -> None:
    held: list[Route] = []
    page.route("**/search.css", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks it
    page.add_init_script(STYLES_NEVER_TIME_OUT)
    page.goto(host(site).url)
    with page.expect_response("**/search.js"), page.expect_request("**/search.css"):
        box(page).press_sequentially("widget")
    page.evaluate(SETTLED)
    expect(page.locator(".faq-suggest")).to_have_count(0)
    held[0].continue_()
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.locator(".faq-suggest").evaluate("panel => getComputedStyle(panel).position") == "absolute"
    assert page.locator("link[href$='search.css']").count() == 1


@pytest.mark.parametrize("prefix", ["/", "/help/faq/"])
def test_suggestions_while_typing(page: Page, host, site: Path, prefix: str) -> None:
    served = host(site, prefix)
    page.goto(f"{served.url}q/wash/")
    box(page).press_sequentially("red widg")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Why did my red widget shatter in the rain?")
    expect(options.first).to_contain_text("asked 3 times · Widget forum")
    assert options.first.locator("mark").all_inner_texts() == ["red"]  # every topic says widget
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("header [role=status]")).to_have_text("1 answer")
    options.first.click()
    page.wait_for_url(f"{served.url}q/rain/")


def test_a_suggestion_names_the_first_place_and_counts_the_others(page: Page, host, tagged: Path) -> None:
    page.goto(host(tagged).url)
    box(page).press_sequentially("outdoors")
    expect(page.get_by_role("option").first).to_contain_text("asked 3 times · Widget forum +1")


def test_keyboard_from_slash_to_the_answer(page: Page, host, site: Path) -> None:
    served = host(site)
    page.goto(served.url)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("widget")
    expect(page.get_by_role("option")).to_have_count(5)
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.get_by_role("option").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "-")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    target = page.get_by_role("option").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(target or "-")


def test_escape_closes_and_a_second_one_clears(page: Page, host, site: Path) -> None:
    page.goto(host(site).url)
    page.keyboard.press("Control+k")
    page.keyboard.type("widget")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("widget")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")


def test_leaving_the_box_closes_the_suggestions_for_good(page: Page, host, site: Path) -> None:
    page.clock.install()
    page.goto(host(site).url)
    with page.expect_response(re.compile(r"meta\.json$")):
        box(page).press_sequentially("widge")
    page.clock.run_for(PAUSE)
    expect(page.get_by_role("listbox")).to_be_visible()
    box(page).press_sequentially("t")  # its search has to wait for the pause
    page.get_by_label("Other").focus()
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.clock.run_for(PAUSE)
    page.evaluate(SETTLED)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_slash_typed_elsewhere_stays_there(page: Page, host, site: Path) -> None:
    page.goto(host(site).url)
    page.get_by_label("Other").press_sequentially("and/or")
    expect(page.get_by_label("Other")).to_have_value("and/or")


def test_enter_without_a_choice_opens_the_results(page: Page, host, site: Path) -> None:
    served = host(site, "/faq/")
    page.goto(f"{served.url}q/wash/")
    box(page).fill("rain & wash")
    box(page).press("Enter")
    page.wait_for_url(f"{served.url}search/?q=rain+%26+wash")
    results = page.locator("#faq-results .faq-result")
    expect(results).to_have_count(2)
    expect(page.locator("#faq-results [role=status]")).to_have_text("2 answers")
    expect(page.locator("main input[name=q]")).to_have_value("rain & wash")
    results.filter(has_text="rain?").get_by_role("link").click()
    page.wait_for_url(f"{served.url}q/rain/")


def test_results_follow_typing_and_the_back_button(page: Page, host, site: Path) -> None:
    served = host(site)
    page.goto(f"{served.url}search/?q=rain")
    first = page.locator("#faq-results .faq-result h2").first
    expect(first).to_have_text("Why did my red widget shatter in the rain?")
    field = page.locator("main input[name=q]")
    field.fill("E1234")
    expect(first).to_have_text("Error E1234 when the widget starts")
    page.wait_for_url(f"{served.url}search/?q=E1234")
    field.evaluate(SUBMIT_AT_ONCE, "wash")
    expect(first).to_have_text("How do I wash a blue widget?")
    page.go_back()
    expect(first).not_to_have_text("How do I wash a blue widget?")
    expect(field).not_to_have_value("wash")


def test_passages_show_the_answer_with_marked_words(page: Page, host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q=waterproof")
    passage = page.locator(".faq-result__passage").first
    expect(passage).to_have_text("Red widgets are not waterproof. Use the blue one.")
    assert passage.locator("mark").all_inner_texts() == ["waterproof"]


@pytest.mark.parametrize("question", ["xqxq 100% & more?", "xqxq 防水 #1", "xqxq </p> {name} $& '"])
def test_a_search_without_results_offers_to_ask_with_the_question_filled_in(
    page: Page, host, site: Path, question: str
) -> None:
    page.goto(f"{host(site).url}search/?q={quote(question)}")
    forum = page.locator(".faq-offers").get_by_role("link", name="Widget forum")
    expect(forum).to_have_attribute("href", re.compile("xqxq"))
    assert parse_qs(urlsplit(forum.get_attribute("href") or "").query)["title"] == [question]
    contact = page.locator(".faq-offers").get_by_role("link", name="Contact us").get_attribute("href")
    encoded = quote(question, safe="!()*")  # as a URL holds it
    assert contact == f"mailto:help@widgets.example?subject={encoded}"
    expect(page.locator("#faq-results [role=status]")).to_contain_text("Nothing was found.")
    expect(page.locator(".faq-offers").get_by_role("link", name="All questions")).to_be_visible()


def test_no_suggestion_offers_the_same_in_the_box(page: Page, host, site: Path) -> None:
    page.goto(host(site).url)
    box(page).press_sequentially("xqxq")
    expect(page.locator(".faq-suggest__note")).to_contain_text("Nothing was found.")
    names = page.get_by_role("option").all_inner_texts()
    assert names == ["Widget forum", "Contact us", "All questions"]
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option").first).to_have_attribute("href", re.compile(r"title=xqxq$"))


def test_a_chosen_option_stays_chosen_when_suggestions_for_more_letters_arrive(page: Page, host, site: Path) -> None:
    page.clock.install()
    page.goto(host(site).url)
    with page.expect_response(re.compile(r"meta\.json$")):
        box(page).press_sequentially("xqx")
    page.clock.run_for(PAUSE)
    expect(page.locator(".faq-suggest__note")).to_contain_text("Nothing was found.")
    box(page).press_sequentially("q")  # its search has to wait for the pause
    page.keyboard.press("ArrowDown")
    forum = page.get_by_role("option").first
    expect(forum).to_have_attribute("href", re.compile(r"title=xqx$"))
    expect(forum).to_have_attribute("aria-selected", "true")
    page.clock.run_for(PAUSE)
    expect(forum).to_have_attribute("href", re.compile(r"title=xqxq$"))
    expect(forum).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", forum.get_attribute("id") or "-")


def test_hostile_texts_stay_text(page: Page, host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q={'<b onclick=x>breaks'}")
    expect(page.locator(".faq-result").filter(has_text="onerror")).to_contain_text(HOSTILE)
    box(page).press_sequentially("breaks")
    expect(page.get_by_role("option").first).to_contain_text(HOSTILE)
    assert page.title() == "FAQ"
    assert page.locator("main img, main script, header img").count() == 0


def test_only_the_newest_search_is_shown(page: Page, host, site: Path) -> None:
    held: list[Route] = []
    page.route(re.compile("terms-.*bin"), lambda route: held.append(route))  # noqa: PLW0108 - playwright marks it
    page.clock.install()
    page.goto(host(site).url)
    with page.expect_request(re.compile("terms-")):
        box(page).press_sequentially("rain")
    box(page).fill("wash")
    page.clock.run_for(PAUSE)
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.get_by_role("option").first).to_contain_text("wash")
    assert "rain?" not in page.get_by_role("listbox").inner_text()


def test_a_newly_published_index_is_found(page: Page, host, tmp_path: Path) -> None:
    folder = write_site(tmp_path)
    page.goto(host(folder).url)
    with page.expect_response(re.compile(r"meta\.json$")):
        box(page).focus()
    expect(box(page)).to_have_attribute("role", "combobox")  # the client is loaded: write_site writes it again, too
    shutil.rmtree(folder / FOLDER)
    write_site(folder, {"new": ("Is the green widget new?", "It is.", 1)})
    later = time.time() + 60
    os.utime(folder / FOLDER / "meta.json", (later, later))  # this host compares modification times in seconds
    box(page).press_sequentially("green")
    expect(page.get_by_role("option").first).to_contain_text("Is the green widget new?")
    assert all(complaint.startswith("Failed to load resource") for complaint in page.complaints)
    page.complaints.clear()


def test_words_are_loaded_while_typing_pauses(page: Page, host, site: Path) -> None:
    page.add_init_script(PAUSE_NEVER_ENDS)
    page.goto(host(site).url)
    box(page).focus()
    expect(box(page)).to_have_attribute(
        "role", "combobox"
    )  # text typed before the client is loaded is searched at once
    with page.expect_response(re.compile(r"terms-\w+\.bin$")):
        box(page).press_sequentially("widg")
    page.evaluate(SETTLED)
    expect(page.locator(".faq-suggest")).to_be_hidden()


def test_a_file_of_topics_that_fails_costs_only_its_results(page: Page, host, tmp_path: Path) -> None:
    folder = write_site(tmp_path, {f"t{n}": (f"Widget question number {n}", "Yes.", 1) for n in range(80)})
    lost = next((folder / FOLDER).glob("topics-0-*"))
    others = "".join(path.read_text() for path in (folder / FOLDER).glob("topics-*") if path != lost)
    lost.unlink()
    page.goto(host(folder).url)
    box(page).press_sequentially("question")
    expect(page.locator(".faq-suggest__note")).to_have_text("Some answers could not be loaded.")
    expect(page.get_by_role("option")).to_have_count(7)  # six, and the link to all results
    for question in page.locator(".faq-suggest__question").all_inner_texts():
        assert f'"{question}"' in others
    page.goto(f"{page.url}search/?q=question")
    expect(page.locator("#faq-results [role=status]")).to_have_text("80 answers. Some answers could not be loaded.")
    expect(page.locator(".faq-result")).to_have_count(10)
    page.complaints.clear()  # the 404s


def test_without_an_index_the_lists_are_offered(page: Page, host, tmp_path: Path) -> None:
    folder = write_site(tmp_path)
    shutil.rmtree(folder / FOLDER)
    page.goto(f"{host(folder).url}search/?q=rain")
    expect(page.locator("#faq-results [role=status]")).to_contain_text("could not be loaded")
    expect(page.locator(".faq-offers").get_by_role("link", name="All questions")).to_be_visible()
    page.complaints.clear()  # the 404s


def test_on_a_phone_nothing_overflows_and_fingers_fit(page: Page, host, site: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{host(site).url}search/?q=widget")
    expect(page.locator(".faq-result")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box(page).press_sequentially("widget")
    expect(page.get_by_role("option")).to_have_count(5)
    boxes = page.get_by_role("option").evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert all(box["left"] >= 0 and box["right"] <= 320 and box["height"] >= 24 for box in boxes)


def test_more_results_take_the_focus(page: Page, host, tmp_path: Path) -> None:
    folder = write_site(tmp_path, {f"t{n}": (f"Widget question number {n}", "Yes.", 1) for n in range(25)})
    page.goto(f"{host(folder).url}search/?q=question")
    results = page.locator(".faq-result")
    expect(results).to_have_count(10)
    page.get_by_role("button", name="More answers").click()
    expect(results).to_have_count(20)
    expect(results.nth(10).get_by_role("link")).to_be_focused()
    page.get_by_role("button", name="More answers").click()
    expect(results).to_have_count(25)
    expect(page.get_by_role("button", name="More answers")).to_be_hidden()
