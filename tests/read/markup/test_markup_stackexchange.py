"""Comments and duplicate banners of Stack Exchange as Markdown that shows the same text."""

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.model import Url
from faq_builder.read.markup.stackexchange import comment_to_markdown, strip_duplicate_banner

SITE = Url("https://widgets.stackexchange.com/")


def shown(comment: str) -> str:
    """A comment as GitHub's own parser renders it."""
    return cmarkgfm.github_flavored_markdown_to_html(comment_to_markdown(comment, base_url=SITE)).strip()


@pytest.mark.parametrize(
    ("situation", "comment", "html"),
    [
        ("emphasis", "*it* **shatters** _again_", "<em>it</em> <strong>shatters</strong> <em>again</em>"),
        ("code", "try `x <b> *y*` now", "try <code>x &lt;b&gt; *y*</code> now"),
        ("code_that_holds_a_tick", "``a`b``", "<code>a`b</code>"),
        ("link", "[so](https://w.example/a_(b)?q=1)", '<a href="https://w.example/a_(b)?q=1">so</a>'),
        ("link_with_title", '[so](https://w.example/a "t")', '<a href="https://w.example/a">so</a>'),
        ("brackets_in_a_link", r"[no \[pairing\] <b>](https://w.example/)", None),
        ("bare_address", "see https://w.example/~fred/a_b_c.", None),
        ("tag", "use [tag:blue-widget]", None),
        ("html_is_text", "remove <b> and <script>", "remove &lt;b&gt; and &lt;script&gt;"),
        ("entities_are_text", "write &lt; or &#60;", "write &amp;lt; or &amp;#60;"),
        ("tildes_are_text", "~~about~~ 3~4", "~~about~~ 3~4"),
        ("images_are_text", "![x](https://w.example/a.png)", '!<a href="https://w.example/a.png">x</a>'),
        ("headings_are_text", "# 1 is wrong", "# 1 is wrong"),
        ("lists_are_text", "- no", "- no"),
        ("plus_lists_are_text", "+ 1 for that", "+ 1 for that"),
        ("star_lists_are_text", "* no", "* no"),
        ("numbers_are_text", "1. no", "1. no"),
        ("years_are_text", "2014) was rainy", "2014) was rainy"),
        ("quotations_are_text", "> no", "&gt; no"),
        ("rules_are_text", "- - -", "- - -"),
        ("star_rules_are_text", "***", "***"),
        ("fences_are_text", "``` fence", "``` fence"),
        ("definitions_are_text", "[red]: https://w.example/", None),
        ("formulas_are_text", "$a_1 * b_2 * c$ *so*", "$a_1 * b_2 * c$ <em>so</em>"),
        ("formulas_keep_backslashes", r"$\ket{0}\\ \_x$", r"$\ket{0}\\ \_x$"),
        ("prices_are_no_formulas", "$5 *or* $6", "$5 <em>or</em> $6"),
        ("line_breaks_fold", "red\nwidget\r\n    breaks", "red widget breaks"),
    ],
)
def test_a_comment_shows_what_the_site_shows(situation: str, comment: str, html: str | None) -> None:
    expected = {
        "brackets_in_a_link": '<a href="https://w.example/">no [pairing] &lt;b&gt;</a>',
        "bare_address": 'see <a href="https://w.example/~fred/a_b_c">https://w.example/~fred/a_b_c</a>.',
        "tag": 'use <a href="https://widgets.stackexchange.com/questions/tagged/blue-widget">blue-widget</a>',
        "definitions_are_text": '[red]: <a href="https://w.example/">https://w.example/</a>',
    }
    assert shown(comment) == f"<p>{html if html is not None else expected[situation]}</p>"


def test_a_tag_without_a_known_site_is_its_name() -> None:
    assert comment_to_markdown("use [tag:blue-widget]") == r"use blue\-widget"


@given(st.text(alphabet="ab1 .)*_`~#>-+[]()<&;!$\\:|=\n\t\"'/", max_size=60))
def test_any_comment_is_one_paragraph_without_html(comment: str) -> None:
    html = shown(comment)
    assert html == "" or (html.startswith("<p>") and html.count("<p") == 1)
    assert not any(tag in html for tag in ("<h1", "<h2", "<li", "<blockquote", "<pre", "<hr", "<img", "<del", "<table"))


BANNER = """<blockquote>
  <p><strong>Possible Duplicate:</strong><br>
  <a href="https://widgets.stackexchange.com/questions/7/why">Why &amp; how</a> <br>
  <a href='/q/8'>Eight</a>  </p>
</blockquote>

"""


def test_a_duplicate_banner_is_taken_off_and_gives_its_addresses() -> None:
    body, targets = strip_duplicate_banner(BANNER + "<p>My widget broke.</p>")
    assert body == "<p>My widget broke.</p>"
    assert targets == ("https://widgets.stackexchange.com/questions/7/why", "/q/8")


def test_two_banners_are_both_taken_off() -> None:
    assert strip_duplicate_banner(BANNER * 2 + "<p>x</p>") == ("<p>x</p>", strip_duplicate_banner(BANNER)[1] * 2)


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p>" + BANNER,
        "<blockquote><p>Possible Duplicate: none</p></blockquote><p>x</p>",
        "<blockquote><p><strong>Possible Duplicate:</strong> never closed <p>x</p>",
        "",
    ],
)
def test_other_quotations_stay(html: str) -> None:
    assert strip_duplicate_banner(html) == (html, ())
