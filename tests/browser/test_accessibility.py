"""The example site in a browser, checked by axe-core and the Nu checker: light, dark, phone, desk, searching."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

import nu
from example import PAGES

pytestmark = pytest.mark.browser

WIDTHS = (320, 1280)
ALL_RULES = "axe.run({resultTypes: ['violations']})"
CONTRAST = (
    "axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})"  # the only rule that dark colours can break
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without animations, in which axe would see colours in between."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def url(example_site: Path, host: Callable[..., Any]) -> str:
    served: str = host(example_site).url
    return served


def _violations(page: Page) -> list[str]:
    """Return the violations that axe finds on the open page, at each width, light and dark."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, run in (("light", ALL_RULES), ("dark", CONTRAST)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for rule in page.evaluate(run)["violations"]:
                found += [f"{width} {scheme}: {rule['id']}: {node['html']}" for node in rule["nodes"]]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, url: str, name: str) -> None:
    page.goto(url + PAGES[name])
    if "search/" in PAGES[name]:
        page.locator("#faq-results a").first.wait_for()
    assert _violations(page) == []


@pytest.mark.parametrize("typed", ["rain", "xylophone"])
def test_axe_finds_nothing_while_suggestions_are_open(page: Page, url: str, typed: str) -> None:
    page.goto(url + PAGES["topic-short"])
    page.locator("header input[name=q]").press_sequentially(typed)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert _violations(page) == []
    assert page.get_by_role("option").count()


def test_axe_finds_mistakes(page: Page, url: str) -> None:
    page.goto(url + PAGES["topic-short"])
    page.locator("h1").evaluate("h1 => { h1.style.color = '#999'; h1.innerHTML = '<small>pale</small><img>'; }")
    page.locator("h1 small").evaluate("small => { small.style.color = '#999'; }")
    found = "\n".join(_violations(page))
    assert "color-contrast" in found
    assert "image-alt" in found


def test_what_the_search_adds_to_a_page_is_valid(page: Page, url: str, tmp_path: Path) -> None:
    page.goto(url + PAGES["results"])
    page.locator("#faq-results a").first.wait_for()
    (tmp_path / "results.html").write_text(page.content(), encoding="utf-8")
    page.goto(url + PAGES["topic-short"])
    page.locator("header input[name=q]").press_sequentially("rain")
    page.get_by_role("option").first.wait_for()
    (tmp_path / "suggestions.html").write_text(page.content(), encoding="utf-8")
    assert nu.checker_messages(sorted(tmp_path.glob("*.html"))) == []
