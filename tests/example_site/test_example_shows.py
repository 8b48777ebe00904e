"""Every feature of the tool can be seen on a page of the built example."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from example import PAGES

SHATTER = PAGES["topic"]
MERGED = "q/pair-fails-with-name-taken-once-the-cell-was-replaced/"
GUARANTEE = "q/how-long-is-the-guarantee-and-do-i-need-the-receipt/"
LOGIN = "q/why-does-sync-stop-with-error-401-since-version-4-11/"

# what is shown -> the page, and what its reader sees there
SHOWN = {
    "a table": (PAGES["topic-table"], "Widget Groove Ball Carries"),
    "an image, as a link to the original": (PAGES["topic-image"], "image: The ring from above, with both dots"),
    "an API with code": (PAGES["topic-code"], 'request.add_header("Authorization", f"Bearer'),
    "an answer that changed with a version": (PAGES["topic-outdated"], "outdated since hub 5. Hub 4 understands it"),
    "a link to the newer answer": (PAGES["topic-outdated"], "Read the newer answer"),
    "the answer for the newer version": (PAGES["topic-code"], "Hub 5 speaks HTTPS only"),
    "a note of staff": (PAGES["topic-note"], "Note Since hub 5 the command reads"),
    "an answer that staff checked": (PAGES["topic-table"], "Checked by our staff on 3 March 2025."),
    "how often and where it was asked": (SHATTER, "Asked 6 times in 6 places"),
    "the same in very different words": (SHATTER, "What is left of my terracotta-coloured one after a shower"),
    "the same in other words again": (SHATTER, "Garden party, three casualties"),
    "several answers": (SHATTER, "Further answers"),
    "an answer to a follow-up": (
        "q/how-long-is-the-guarantee-and-do-i-need-the-receipt/",
        "Your sister need not tell us",
    ),
    "thanks": (SHATTER, "Thank you to Fred, betty_w, oskar_t and @piet for asking"),
    "a licence and its attribution": (SHATTER, "by bela, under CC BY-SA 4.0"),
    "a place whose replies are only shown as excerpts": (SHATTER, "This is the beginning of the reply."),
    "a place that needs an account": (SHATTER, "(needs an account)"),
    "a place where nobody is named": (SHATTER, "someone who helped answered"),
    "an opted-out person": (SHATTER, "[name removed] is right."),
    "a secret": (LOGIN, "access_key = [secret removed]"),
    "a mail address": (LOGIN, "[e-mail removed]"),
    "how an answer was chosen: by staff": (SHATTER, "Chosen as the answer by our staff."),
    "how an answer was chosen: marked": (PAGES["topic-code"], "Marked as the answer by the asker or a moderator"),
    "how an answer was chosen: confirmed": (SHATTER, "Confirmed as the answer by staff in Mailing list"),
    "related questions": (PAGES["topic-outdated"], "Related questions How do I read a widget's state"),
    "a way to say that something is wrong": (SHATTER, "Something wrong here? Tell us"),
    "an unanswered question of two people": ("open/replies/", "salt water? Asked 2 times in 2 places"),
    "a place with an open question": (PAGES["places"], "1 question has no confirmed answer yet"),
    "an answer that was withdrawn": (PAGES["withdrawn"], "This answer was withdrawn"),
    "a merged topic": (MERGED, "This page has moved"),
    "another language": (PAGES["topic-german"], "Kann ich den Akku selbst tauschen?"),
}


def text_of(site: Path, path: str) -> str:
    """Return the text that a reader sees in the main part of a page, in one line."""
    html = (site / path / "index.html").read_text(encoding="utf-8")
    main = html[html.index("<main") : html.index("</main>")]
    inline_or_block = r"</?(?:bdi|time|a|span|strong|em|code)\b[^>]*>|(<[^>]+>)"
    return " ".join(unescape(re.sub(inline_or_block, lambda tag: " " if tag[1] else "", main)).split())


@pytest.mark.parametrize(("path", "seen"), SHOWN.values(), ids=SHOWN)
def test_a_feature_is_seen(example_site: Path, path: str, seen: str) -> None:
    assert seen in text_of(example_site, path)


@pytest.mark.parametrize("trouble", ["rain", "heat", "batteries", "delivery", "returns", "account", "api", "webhook"])
def test_every_kind_of_trouble_has_a_tag(example_site: Path, trouble: str) -> None:
    assert "faq-entry" in (example_site / "tags" / trouble / "index.html").read_text(encoding="utf-8")


def test_hidden_and_opted_out_content_is_absent(example_site: Path) -> None:
    everything = "".join(
        p.read_text(encoding="utf-8") for p in example_site.rglob("*") if p.suffix in (".html", ".json")
    )
    assert "betty_w" in everything, "so that the next lines can fail"
    assert "jakub" not in everything, "opted out"
    assert "vigdis" not in everything, "hidden"
    assert "which flat it is" not in everything, "hidden"


def test_the_merged_topic_redirects_to_its_heir(example_site: Path) -> None:
    html = (example_site / MERGED / "index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../q/hub-ignores-the-widget-since-i-changed-its-battery/"' in html


def test_an_answer_in_another_language_has_a_lang_attribute(example_site: Path) -> None:
    html = (example_site / PAGES["topic-german"] / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<article[^>]* lang="de"', html)


def test_topics_come_from_seven_places(example_site: Path) -> None:
    topics = json.loads((example_site / "topics.json").read_text(encoding="utf-8"))
    assert len(topics) >= 50
    assert len(list((example_site / "places").glob("*/index.html"))) == 7
