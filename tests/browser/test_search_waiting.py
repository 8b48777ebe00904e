"""Open questions and likely duplicates in a real browser: on the page of results and while somebody types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from search_site import TAGGED, box, results, status, write_topics

from faq_builder.model import JoinedBy, PublicText
from faq_builder.search import LikelyTopic, OpenDocument

pytestmark = pytest.mark.browser

Host = Callable[..., Any]
MADE = LikelyTopic(site_path="q/made/", question=PublicText("Where are widgets made?"), because=JoinedBy.MEANING)
WAITING = "Asked before, waiting for an answer"


def open_question(question: str, url: str = "https://forum.widgets.example/t/9", **more: Any) -> OpenDocument:
    return OpenDocument(question=PublicText(question), url=url, places=("Widget forum",), **more)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    waiting = (
        open_question("Does the hub speak Matter?", replies=6, likely=(MADE,)),
        open_question("Can a zebra ride it?"),
        open_question("Is a yak too heavy?", url="javascript:alert(1)", replies=1),
    )
    made = {**TAGGED["made"], "likely": (LikelyTopic(site_path="q/old/", question=PublicText("Old hub"),
            because=JoinedBy.SOURCE),)}  # fmt: skip
    return write_topics(tmp_path, {**TAGGED, "made": made}, waiting=waiting)


def test_an_open_question_is_marked_in_words_and_leads_to_its_discussion(page: Page, host: Host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q=does+the+hub+speak+matter")
    first = results(page).first
    expect(first.locator("h2 a")).to_have_text("Does the hub speak Matter?")
    expect(first.locator("h2 a")).to_have_attribute("href", "https://forum.widgets.example/t/9")
    expect(first).to_contain_text(f"{WAITING}: not confirmed yet: read the 6 replies")
    expect(first).to_contain_text("Probably answered here: Where are widgets made? A program thinks so;")
    expect(first.get_by_role("link", name="Where are widgets made?")).to_have_attribute(
        "href", f"{page.url[: page.url.index('search/')]}q/made/"
    )
    expect(status(page)).to_contain_text("answers")


def test_an_open_question_without_answers_is_not_nothing(page: Page, host: Host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q=zebra")
    expect(results(page)).to_have_count(1)
    expect(results(page)).to_contain_text(f"{WAITING}: no reply yet")
    expect(status(page)).to_have_text("Nobody has answered this yet, but it was asked before.")


def test_a_url_that_is_none_of_the_web_leads_to_the_list(page: Page, host: Host, site: Path) -> None:
    page.goto(f"{host(site).url}search/?q=yak")
    expect(results(page).locator("h2 a")).to_have_attribute("href", f"{page.url[: page.url.index('search/')]}open/")
    expect(results(page)).to_contain_text("not confirmed yet: read the reply")


def test_twins_are_folded_on_the_page_and_while_typing(page: Page, host: Host, site: Path) -> None:
    served = host(site)
    page.goto(f"{served.url}search/?q=where+widget")
    expect(results(page).filter(has_text="Probably the same question:")).to_have_count(1)
    expect(results(page).locator("h2", has_text="Where")).to_have_count(1)
    page.goto(served.url)
    box(page).fill("where widget")
    expect(page.get_by_role("option", name="Probably the same question:")).to_have_count(1)


def test_an_open_question_is_suggested_with_its_mark(page: Page, host: Host, site: Path) -> None:
    page.goto(host(site).url)
    box(page).fill("hub speak matter")
    option = page.get_by_role("option", name=WAITING)
    expect(option).to_have_attribute("href", "https://forum.widgets.example/t/9")
    expect(option).to_contain_text("Probably answered here: Where are widgets made?")
