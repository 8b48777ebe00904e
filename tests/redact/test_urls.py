"""URLs that repeat a title do not keep the words that redaction removed from it."""

from dataclasses import replace

import pytest
from conversations import ANNA, FORUM, FRED, message, thread

from faq_builder.config import AuthorNames, OptOut, RedactRules
from faq_builder.model import Author, PublicThread, RawThread, Url
from faq_builder.redact import redact_threads

RULES = RedactRules()
MAIL = "fred.doe@rain-widgets.com"
KEY = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
BASE = "https://forum.example/sub"


def slug(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def discourse_thread(title: str, *, path: str = "/t/{}/77", **fields: object) -> RawThread:
    address = f"{BASE}{path.format(slug(title))}"
    messages = (
        message(1, FRED, "x", url=Url(f"{address}/1")),
        message(2, ANNA, "y", url=Url(f"{address}/2?u=anna")),
        message(3, ANNA, "z", url=Url(f"{BASE}/p/103")),
    )
    return thread(*messages, title=title, url=Url(address), **fields)


def urls(shown: PublicThread) -> list[str | None]:
    return [url and url.value for url in (shown.url, *(m.url for m in shown.messages))]


@pytest.mark.parametrize("private", [MAIL, KEY, f"{MAIL} and {KEY}", "81.2.69.142"])
def test_a_discourse_url_loses_its_slug(private: str) -> None:
    shown = redact_threads([discourse_thread(f"Widgets: ip {private} gone")], {"forum": FORUM}, RULES).threads[0]
    assert urls(shown) == [f"{BASE}/t/77", f"{BASE}/t/77/1", f"{BASE}/t/77/2?u=anna", f"{BASE}/p/103"]


def test_the_slug_is_removed_if_a_name_was_removed() -> None:
    raw = discourse_thread("Why do fredstone things break?")
    rules = RedactRules(opt_outs=(OptOut(handle="FredStone"),))
    assert urls(redact_threads([raw], {"forum": FORUM}, rules).threads[0])[0] == f"{BASE}/t/77"
    asked = replace(raw, messages=(message(1, Author(key="5", name="fredstone"), "x", url=raw.url),))
    roles = replace(FORUM, names=AuthorNames.ROLES)
    assert urls(redact_threads([asked], {"forum": roles}, RULES).threads[0]) == [f"{BASE}/t/77"] * 2


def test_a_discourse_url_in_a_thread_of_another_format_loses_its_slug() -> None:
    shown = redact_threads([discourse_thread(f"Is {MAIL} gone?", format="markdown")], {"forum": FORUM}, RULES).threads[
        0
    ]
    assert urls(shown)[0] == f"{BASE}/t/77"


def test_another_url_that_repeats_the_title_is_dropped() -> None:
    raw = discourse_thread(f"Is {MAIL} gone?", path="/questions/77/{}", format="stackexchange")
    assert urls(redact_threads([raw], {"forum": FORUM}, RULES).threads[0]) == [None, None, None, f"{BASE}/p/103"]


def test_a_url_that_repeats_only_the_rest_of_the_title_stays() -> None:
    raw = replace(
        discourse_thread(f"Is {MAIL} gone?"), url=Url(f"{BASE}/questions/77/is-gone-from-com"), format="stackexchange"
    )
    assert redact_threads([raw], {"forum": FORUM}, RULES).threads[0].url is None  # "com" was taken out
    raw = replace(raw, url=Url(f"{BASE}/questions/77/is-gone"))
    assert redact_threads([raw], {"forum": FORUM}, RULES).threads[0].url == raw.url


def test_urls_of_unchanged_titles_stay() -> None:
    raw = discourse_thread("Why do red widgets break?")
    assert urls(redact_threads([raw], {"forum": FORUM}, RULES).threads[0])[0] == f"{BASE}/t/{slug(raw.title)}/77"
