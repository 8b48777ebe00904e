"""The page of results in a real browser: result cards, phrases, no results, a slow network, a phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from search_site import TAGGED, Synonyms, results, status, value, write_topics

pytestmark = pytest.mark.browser

Host = Callable[..., Any]
PLACES = {
    "ask": [
        {"name": "Code", "url": "https://github.com/widgets/hub/discussions/new?category=q-a"},
        {"name": "Board", "url": "https://board.widgets.example/new-topic"},
        {"name": "Chat", "url": "https://chat.widgets.example/help"},
    ],
    "contact": "mailto:help@widgets.example",
}
LISTS = "You can also look in these lists:"
NOT_FOUND = "Not what you were looking for? Ask here:"
UNASKED = "Nobody asked this yet? Ask here:"

BLANK = """passage => {
  const range = document.createRange();
  range.selectNodeContents(passage);
  const line = parseFloat(getComputedStyle(passage).lineHeight);
  return Math.round((passage.clientHeight - range.getBoundingClientRect().height) / line);
}"""


# result cards


def test_a_result_says_how_often_where_when_and_how_it_was_answered(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=outdoors")
    facts = results(page).first.locator(".faq-result__facts")
    expect(facts).to_contain_text("asked 3 times")
    expect(facts).to_contain_text("first asked in March 2024")
    expect(facts).to_contain_text("marked as the answer")
    page.goto(f"{host(tagged).url}search/?q=hub")
    expect(page.locator(".faq-result__how--guess")).to_have_text("chosen by a program: people voted for it")
    expect(results(page).filter(has_text="hub 4").locator(".faq-flag")).to_have_text("Outdated")


def test_the_best_passage_is_read_from_the_page_and_nothing_moves(page: Page, host: Host, tagged: Path) -> None:
    held: list[Route] = []
    page.route("**/q/garden/", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks it
    page.goto(f"{host(tagged).url}search/?q=waterproof+left")
    result = results(page).first
    passage, also = result.locator(".faq-result__passage"), result.locator(".faq-result__also")
    expect(passage).to_contain_text("First of all")
    expect(also).to_have_text("Also asked in other words: 1")
    before = result.bounding_box()
    held[0].continue_()
    expect(passage).to_have_text("It is not waterproof. Take the blue one to the garden.")
    expect(also).to_have_text("Also asked as: It broke after I left it in the garden")
    assert also.locator("mark").all_inner_texts() == ["left"]
    assert result.bounding_box() == before


def test_a_short_passage_leaves_no_more_than_a_line_blank(page: Page, host: Host, tmp_path: Path) -> None:
    """A passage fills all but one of the lines that are kept for it, at a desk and on a phone."""
    long = (
        "It stands on a shelf in the kitchen of our office since the summer, and nobody ever had to look after it. " * 3
    )
    answers = {"end": f"{long}It is not for divers.", "code": f"{long}\ndivers=no", "front": f"Divers may. {long}"}
    topics = {slug: {"question": f"Widget {slug}", "answer": answer} for slug, answer in answers.items()}
    served = host(write_topics(tmp_path, topics))
    for width in (1200, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{served.url}search/?q=divers")
        expect(page.locator(".faq-result__passage mark")).to_have_count(3)
        for passage in page.locator(".faq-result__passage").all():
            assert passage.evaluate(BLANK) <= 1, (width, passage.inner_text())


def test_another_wording_is_whole_on_a_phone(page: Page, host: Host, tmp_path: Path) -> None:
    wording = "Why did it break after I had left it standing in the garden over night"
    topic = {**TAGGED["garden"], "wordings": [wording]}
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{host(write_topics(tmp_path, {'garden': topic})).url}search/?q=break+night+garden")
    also = page.locator(".faq-result__also")
    expect(also).to_have_text(f"Also asked as: {wording}")
    assert also.evaluate("also => also.scrollHeight <= also.clientHeight && also.scrollWidth <= also.clientWidth")


def test_code_of_an_answer_stays_code(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=hub+kitchen")
    expect(results(page).first.locator(".faq-result__passage code")).to_have_text("hub ask --widget kitchen")


def test_a_page_that_fails_to_load_leaves_the_result_as_it_is(page: Page, host: Host, tagged: Path) -> None:
    page.route("**/q/garden/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(f"{host(tagged).url}search/?q=waterproof")
    expect(results(page).first.locator(".faq-result__passage")).to_contain_text("First of all")
    page.complaints.clear()  # type: ignore[attr-defined]  # the failed request


def test_pages_are_read_only_for_results_in_sight(page: Page, host: Host, tmp_path: Path) -> None:
    topics = {f"t{n}": {**TAGGED["garden"], "question": f"Widget question {n}"} for n in range(10)}
    served = host(write_topics(tmp_path, topics))
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{served.url}search/?q=question")
    expect(results(page)).to_have_count(10)
    page.wait_for_load_state("networkidle")
    read = [path for path in served.requests if path.startswith("/q/")]
    assert 0 < len(read) < 10
    with page.expect_response("**/q/t*/"):
        results(page).last.scroll_into_view_if_needed()


# phrases, ids, URLs


def test_a_phrase_is_found_word_for_word(page: Page, host: Host, tagged: Path) -> None:
    url = host(tagged).url
    page.goto(f"{url}search/?q=%22not+waterproof%22")
    expect(results(page)).to_have_count(1)
    expect(status(page)).to_have_text("1 answer")
    page.goto(f"{url}search/?q=%22waterproof+widget%22")
    expect(status(page)).to_contain_text("No answer contains the exact words in quotes.")
    expect(results(page).first).to_contain_text("outdoors")


@pytest.mark.parametrize("text", ["IDOLD", "/q/idold", "{url}q/old/"])
def test_an_id_or_a_pasted_url_gives_its_topic_first(page: Page, host: Host, tagged: Path, text: str) -> None:
    url = host(tagged, "/help/").url
    page.goto(url)
    page.get_by_label("Search").fill(text.format(url=url))
    expect(page.get_by_role("option").first).to_contain_text("hub 4")


# nothing found


def test_without_a_result_the_most_asked_are_offered(page: Page, host: Host, tagged: Path) -> None:
    page.goto(f"{host(tagged).url}search/?q=xqxq")
    expect(status(page)).to_contain_text("Nothing was found.")
    offered = page.locator(".faq-results__instead")
    expect(offered.get_by_role("heading", name="Asked most often")).to_be_visible()
    expect(offered.locator("li h2").first).to_have_text("Is the red widget for outdoors?")


def make_unsure(page: Page, site: Path) -> None:
    """Change the client of the page so that it is sure of no result."""
    text = (site / "assets/faq/search.js").read_text(encoding="utf-8")
    assert text.count("isSure: isSure ||") == 1
    body = text.replace("isSure: isSure ||", "isSure: false &&")
    page.route("**/search.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))


def test_results_that_are_only_similar_say_so(page: Page, host: Host, tagged: Path) -> None:
    make_unsure(page, tagged)
    page.goto(f"{host(tagged).url}search/?q=widget")
    expect(status(page)).to_have_text("No answer says exactly this. Closest in meaning:")
    expect(results(page)).to_have_count(3)
    expect(page.locator(".faq-offers")).to_contain_text("Nobody asked this yet?")
    page.get_by_role("button", name="More answers").click()
    expect(results(page)).to_have_count(4)


def test_suggestions_that_are_only_similar_say_so_and_offer_to_ask(page: Page, host: Host, tagged: Path) -> None:
    make_unsure(page, tagged)
    page.goto(host(tagged).url)
    page.get_by_label("Search").press_sequentially("widget")
    expect(page.locator(".faq-suggest__note")).to_have_text("No answer says exactly this. Closest in meaning:")
    expect(page.get_by_role("option").filter(has_text="Widget forum").last).to_be_visible()
    expect(page.get_by_role("option").nth(3)).to_have_text("All results")
    expect(page.locator("header [role=status]")).to_contain_text("No answer says exactly this.")


NOBODY = {"ask": [], "contact": None}  # as `shell` writes it without the two settings


@pytest.mark.parametrize(
    ("config", "headings", "ways"),
    [
        (NOBODY, (LISTS, LISTS), ["All questions", "All places"]),
        ({**NOBODY, "ask": PLACES["ask"][:1]}, (NOT_FOUND, UNASKED), ["Code", "All questions"]),
        ({**NOBODY, "contact": PLACES["contact"]}, (NOT_FOUND, UNASKED), ["Contact us", "All questions"]),
    ],
    ids=["neither", "ask", "contact"],
)
def test_ask_here_is_shown_only_if_there_is_somewhere_to_ask(
    page: Page, host: Host, tmp_path: Path, config: Any, headings: tuple[str, str], ways: list[str]
) -> None:
    url = host(write_topics(tmp_path, TAGGED, config)).url
    offers = page.locator(".faq-offers")
    for query, said in zip(("rain", "xqxq"), headings, strict=True):
        page.goto(f"{url}search/?q={query}")
        expect(offers.locator("p")).to_have_text(said)
        expect(offers.get_by_role("link")).to_have_text(ways)


@pytest.mark.parametrize(
    ("config", "note", "ways"),
    [
        (NOBODY, f"Nothing was found. {LISTS}", ["All questions", "All places"]),
        ({**NOBODY, "ask": PLACES["ask"][1:2]}, f"Nothing was found. {UNASKED}", ["Board", "All questions"]),
        ({**NOBODY, "contact": PLACES["contact"]}, "Nothing was found.", ["Contact us", "All questions"]),
    ],
    ids=["neither", "ask", "contact"],
)
def test_a_search_box_that_finds_nothing_says_ask_here_only_if_one_can(
    page: Page, host: Host, tmp_path: Path, config: Any, note: str, ways: list[str]
) -> None:
    page.goto(host(write_topics(tmp_path, TAGGED, config)).url)
    page.get_by_label("Search").press_sequentially("xqxq")
    expect(page.locator(".faq-suggest__note")).to_have_text(note)
    expect(page.get_by_role("option")).to_have_text(ways)


@pytest.fixture
def clipboard(browser: Browser, host: Host) -> Iterator[Page]:
    """A page that may use the clipboard, closed before its host."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.route("https://*.widgets.example/**", lambda route: route.fulfill(body="there", content_type="text/html"))
    yield context.new_page()
    context.close()


def test_the_question_is_filled_in_or_copied(clipboard: Page, host: Host, tmp_path: Path) -> None:
    page = clipboard
    page.goto(f"{host(write_topics(tmp_path, TAGGED, PLACES)).url}search/?q=xqxq+%26+more")
    ways = page.locator(".faq-offers")
    for name, key in (("Code", "title"), ("Board", "title"), ("Contact us", "subject")):
        address = ways.get_by_role("link", name=name).get_attribute("href") or ""
        assert parse_qs(urlsplit(address).query)[key] == ["xqxq & more"], name
    assert "category=q-a" in (ways.get_by_role("link", name="Code").get_attribute("href") or "")
    with page.context.expect_page() as opened:
        ways.get_by_role("link", name="Chat copies your question").click()
    expect(opened.value).to_have_url("https://chat.widgets.example/help")
    page.bring_to_front()
    expect(status(page)).to_have_text("Your question was copied. Paste it there.")
    assert page.evaluate("navigator.clipboard.readText()") == "xqxq & more"


# networks and screens


@pytest.fixture(scope="module")
def by_meaning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a meaning index."""
    topics = {
        "broken": {"question": "Widget broken by rain", "answer": "Take the blue one."},
        "outdoors": {"question": "Is it waterproof outdoors?", "answer": "No."},
        "soap": {"question": "Soap for widgets", "answer": "Any."},
        "soaked": {"question": "My widget is soaked", "answer": "Dry it."},
    }
    return write_topics(tmp_path_factory.mktemp("by-meaning-site"), topics, encoder=Synonyms())


def test_on_a_slow_network_results_by_words_come_first_and_the_focused_one_stays(
    page: Page, host: Host, by_meaning: Path
) -> None:
    held: list[Route] = []
    is_slow = True

    def hold(route: Route) -> None:
        held.append(route) if is_slow else route.continue_()

    page.route(re.compile(r"/index/(meaning|rows)-"), hold)
    page.goto(f"{host(by_meaning).url}search/?q=soaked")
    expect(results(page)).to_have_count(1)
    results(page).first.get_by_role("link").focus()
    before = results(page).first.bounding_box()
    is_slow = False
    for route in held:
        route.continue_()
    expect(results(page).filter(has_text="waterproof")).to_be_visible()  # has no word of the question
    expect(results(page).first.locator("a")).to_be_focused()
    assert results(page).first.bounding_box() == before


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_filters_are_closed_above_and_fingers_fit(page: Page, host: Host, tagged: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{host(tagged).url}search/?q=widget&place=Blog")
    expect(results(page)).to_have_count(3)
    expect(value(page, "Tag", "rain")).to_be_hidden()
    summary = page.locator(".faq-filters summary")
    expect(summary).to_have_text("Filter (1)")
    top = results(page).first.bounding_box()
    assert top is not None
    assert top["y"] < 350, "results are in sight"
    summary.click()
    expect(value(page, "Tag", "rain")).to_be_visible()
    finger = 2.2 * page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")  # 44 px on a site
    touched = page.locator(".faq-filters label, .faq-chip:visible, .faq-filters summary").all()
    assert len(touched) > 5
    assert all((target.bounding_box() or {"height": 0})["height"] >= finger - 0.5 for target in touched)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_tags_are_large_enough_for_fingers_and_pointers(browser: Browser, host: Host, tagged: Path) -> None:
    url = host(tagged).url
    for touch, least in ((True, 2.2), (False, 1.2)):  # of 20 px on a site: 44 and 24
        context = browser.new_context(has_touch=touch, viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(f"{url}search/?q=widget")
        tags = page.locator(".faq-result__tags a")
        expect(tags).not_to_have_count(0)
        rem = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        heights = tags.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
        assert min(heights) >= least * rem - 0.5, touch
        context.close()


def test_facets_and_pages_are_loaded_only_on_the_page_of_results(page: Page, host: Host, tagged: Path) -> None:
    served = host(tagged)
    page.goto(served.url)
    page.get_by_label("Search").press_sequentially("widget")
    expect(page.get_by_role("option").first).to_be_visible()
    assert not [path for path in served.requests if "facets-" in path or path.startswith("/q/")]
    page.goto(f"{served.url}search/?q=widget")
    expect(results(page)).to_have_count(4)
    assert [path for path in served.requests if "facets-" in path and path.endswith(".bin")]
