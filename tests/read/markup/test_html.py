"""HTML -> Markdown: each case by its situation, and the law that a reader sees the same text."""

import re

import cmarkgfm
import pytest
from bs4 import BeautifulSoup
from cmarkgfm.cmark import Options
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faq_builder.model import Url
from faq_builder.read.markup.html import to_markdown

BASE = Url("https://forum.widgets.example/t/red-widget/12")


def seen(html: str) -> str:
    """The text that a browser shows, without any white space."""
    soup = BeautifulSoup(f"<html>{html}", "html.parser")
    for hidden in soup(["script", "style", "template", "title", "head", "svg"]):
        hidden.decompose()
    return re.sub(r"[ \t\n\r\f]+", "", soup.get_text())


def rendered(markdown: str) -> str:
    return cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)


CASES = {
    "paragraphs": ("<p>One\n two.</p><p>Three.</p>", "One two.\n\nThree."),
    "line_break": ("<p>One<br>\ntwo</p>", "One\\\ntwo"),
    "marks": ("<p><b>a</b> <i>b</i> <s>c</s></p>", "**a** *b* ~~c~~"),
    "space_inside_marks_moves_out": ("a<b> b </b>c", "a **b** c"),
    "mark_that_cannot_close_is_dropped": ("<b>Note:</b>read", "Note:read"),
    "mark_beside_a_space_stays": ("<b>Note:</b> read", "**Note:** read"),
    "marks_that_touch_become_one": ("<b>a</b><b>b</b>", "**ab**"),
    "code_in_a_line": ("<code>a`b</code>", "``a`b``"),
    "code_spans_that_touch_become_one": ("<code>a</code><code>b</code>", "`ab`"),
    "raised": ("10<sup>5</sup>", "10<sup>5</sup>"),
    "link": ('<a href="https://a.example/x">the <b>x</b></a>', "[the **x**](https://a.example/x)"),
    "link_that_is_its_text": ('<a href="https://a.example/x">https://a.example/x</a>', "<https://a.example/x>"),
    "relative_link": ('<a href="/u/fred">Fred</a>', "[Fred](https://forum.widgets.example/u/fred)"),
    "link_within_the_page": ('<a href="#x">x</a>', "x"),
    "script_link": ('<a href="javascript:alert(1)">x</a>', "x"),
    "address_with_parentheses": ('<a href="https://a.example/x_(y)">x</a>', "[x](https://a.example/x_%28y%29)"),
    "broken_address": ('<a href="http://[broken">x</a>', "x"),
    "image": ('<img src="/a.png" alt="a [red]\nwidget">', "![a \\[red\\] widget](https://forum.widgets.example/a.png)"),
    "image_as_data": ('<img src="data:image/png;base64,AAAA" alt="shards">', "shards"),
    "image_in_a_link": (
        '<a href="https://a.example/"><img src="https://a.example/b.png" alt="b"></a>',
        "[![b](https://a.example/b.png)](https://a.example/)",
    ),
    "frame": ('<iframe src="https://v.example/film"></iframe>', "[film](https://v.example/film)"),
    "headings": ("<h2>Rain # </h2><h3></h3>", "## Rain \\#"),
    "rule": ("a<hr>b", "a\n\n___\n\nb"),
    "quotes_in_quotes": (
        "<blockquote><p>a</p><blockquote>b</blockquote></blockquote>",
        "> a\n>\n> > b",
    ),
    "list": ("<ul><li>a<ul><li>b</li></ul></li><li></li><li>c</li></ul>", "- a\n  - b\n- c"),
    "list_with_paragraphs": ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
    "numbered_list": ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
    "numbered_lists_beside_each_other": (
        "<ol><li>a</li></ol><ol><li>b</li></ol>",
        "1. a\n\n<!-- -->\n\n1. b",
    ),
    "tasks": (
        '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
        "- [x] a\n- [ ] b",
    ),
    "code_in_a_list": ("<ol><li>a<pre>x\n\n y</pre></li></ol>", "1. a\n\n   ```\n   x\n\n    y\n   ```"),
    "code_block": (
        '<pre><code class="lang-cpp hljs">int a;\n\n  <span>b</span> &lt; c\t;\n</code></pre>',
        "```cpp\nint a;\n\n  b < c\t;\n```",
    ),
    "code_block_of_no_language": ('<pre><code class="lang-auto">a</code></pre>', "```\na\n```"),
    "code_block_with_fences": ("<pre>```\na\n````\n</pre>", "`````\n```\na\n````\n`````"),
    "code_block_with_breaks": ("<pre>a<br>b</pre>", "```\na\nb\n```"),
    "table": (
        "<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td><code>x|y</code></td></tr></tbody></table>",
        "| a | b\\|c |\n| --- | --- |\n| `x\\|y` |  |",
    ),
    "table_without_head": ("<table><tr><td>a<br>b</td></tr></table>", "|  |\n| --- |\n| a b |"),
    "table_around_code": ("<table><tr><td>1</td><td><pre>a\nb</pre></td></tr></table>", "1\n\n```\na\nb\n```"),
    "text_in_a_table_outside_its_cells": (
        "<table><tr><td>a</td></tr>b<tr><td>c</td></tr></table>",
        "a\n\nb\n\nc",
    ),
    "table_with_caption": (
        "<table><caption>Sizes</caption><tr><th>a</th></tr><tr><td>b</td></tr></table>",
        "Sizes\n\n| a |\n| --- |\n| b |",
    ),
    "details": ("<details><summary>More</summary>text</details>", "**More**\n\ntext"),
    "comments_scripts_and_styles": ("a<!-- b --><script>c</script><style>d</style>e", "ae"),
    "windows_line_ends": ("<pre>a\r\nb\r</pre>", "```\na\nb\n```"),
    "empty_lines_by_breaks": ("a<br><br>b<br>", "a\n\nb"),
    "exclamation_before_a_link": ('see!<a href="https://a.example/">x</a>', "see\\![x](https://a.example/)"),
    "formula": ("so $\\frac{a_1}{b}$ and $$x^2$$", "so $\\frac{a_1}{b}$ and $$x^2$$"),
    "words_with_underscores": ("my_red_widget", "my_red_widget"),
    "address_in_text": ("see https://a.example/b_c now", "see https://a.example/b_c now"),
    "address_in_text_with_marks": ("https://a.example/*b* now", "https\\://a.example/\\*b\\* now"),
    "text_that_looks_like_html": ("a &lt;b&gt; &amp;amp; c", "a \\<b> \\&amp; c"),
    "text_that_looks_like_blocks": (
        "<p># a<br>- b<br>1. c<br>&gt; d<br>===<br>---<br>+ e</p>",
        "\\# a\\\n\\- b\\\n1\\. c\\\n\\> d\\\n\\===\\\n\\---\\\n\\+ e",
    ),
    "control_characters": ("a\x00\x1b\ud800b", "ab"),
    "nothing": ("<p> </p><div><br></div>", ""),
    "text_that_looks_like_a_file_name": ("widgets.html", "widgets.html"),
    "looks_like_xml": ('<?xml version="1.0"?><p>a</p>', "a"),
    "broken_declaration": ("a<![foo", None),
    "unclosed": ("<p>a<b>b<p>c", None),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    html, expected = CASES[name]
    markdown = to_markdown(html, base_url=BASE)
    if expected is not None:
        assert markdown == expected


def test_without_base_address_relative_links_keep_their_text() -> None:
    assert to_markdown('<a href="/u/fred">Fred</a> <img src="/a.png" alt="shards">') == "Fred shards"
    assert to_markdown('<a href="//a.example/x">x</a>') == "[x](https://a.example/x)"


TEXTS = st.text(st.sampled_from("ab1 \n*_`[]()<>&#-+=.|~\\!$:/\"'^@") | st.characters(codec="utf-8"), max_size=12)
ODD = st.sampled_from(
    ["http://a.b/c_d", "www.a.b", "&amp;", "1.", "---", "===", "```", "~~~", "- ", "# ", "[a]: b", "|-|", ":-:", "[ ] "]
) | st.sampled_from(
    ["https://a.example/*x*", "a@b.example", "**", "__", "<b>", "![", "\\|", "\\", "[^1]", "http://a.b/(c)"]
)
INLINE_TAGS = st.sampled_from(["b", "i", "s", "code", "span", "sup", "a", "q2", "strong", "em", "del", "kbd"])
BLOCKS = "p div blockquote h1 h4 pre ul ol li table tr td th details summary dl dt dd section"
BLOCK_TAGS = st.sampled_from(BLOCKS.split())


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def element(name: str, inner: list[str]) -> str:
    attribute = ' href="https://a.example/x"' if name == "a" else ""
    return f"<{name}{attribute}>{''.join(inner)}</{name}>"


LEAVES = (TEXTS | ODD).map(escaped) | st.sampled_from(["<br>", "<hr>", "<!-- c -->"])
INLINE = st.recursive(LEAVES, lambda inner: st.builds(element, INLINE_TAGS, st.lists(inner, max_size=4)), max_leaves=8)
ROWS = st.lists(
    st.lists(st.lists(INLINE, max_size=3).map(lambda c: element("td", c)), min_size=1, max_size=3).map(
        lambda c: element("tr", c)
    ),
    min_size=1,
    max_size=3,
).map(lambda rows: element("table", rows))
LISTS = st.builds(
    element,
    st.sampled_from(["ul", "ol"]),
    st.lists(st.lists(INLINE, max_size=3).map(lambda c: element("li", c)), min_size=1, max_size=3),
)
HTML = st.lists(
    st.recursive(
        INLINE | ROWS | LISTS,
        lambda inner: st.builds(element, BLOCK_TAGS | INLINE_TAGS, st.lists(inner, max_size=4)),
        max_leaves=12,
    ),
    max_size=4,
).map("".join)


def shown_by_markdown(markdown: str) -> str:
    return seen(re.sub(r"<input[^>]*>", "", rendered(markdown)))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HTML)
def test_a_reader_sees_the_same_text(html: str) -> None:
    clean = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", "", html)
    assert shown_by_markdown(to_markdown(html)) == seen(clean), to_markdown(html)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
def test_any_text_stays_that_text(text: str) -> None:
    assert shown_by_markdown(to_markdown(escaped(text))) == seen(escaped(text))


@settings(deadline=None)
@given(st.text(st.sampled_from("abc \t\n`~|\\<>*_-#") | st.characters(codec="utf-8", exclude_categories=["Cc", "Zs"])))
def test_code_blocks_keep_their_content(code: str) -> None:
    if not code.strip():
        return
    html = f"<ul><li><blockquote><pre><code>{escaped(code)}</code></pre></blockquote></li></ul>"
    shown = BeautifulSoup(rendered(to_markdown(html)), "html.parser").find("code")
    assert shown is not None
    assert shown.get_text().removesuffix("\n") == code.removesuffix("\n")


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/!?-[]&;abp=\"' \n") | st.characters()))
def test_random_markup_never_crashes(text: str) -> None:
    to_markdown(text)


@pytest.mark.parametrize(
    "tag", ["div", "b", "blockquote", "ul", "li", "table", "td", "a href='https://a.example'", "x"]
)
def test_deep_nesting_keeps_the_text(tag: str) -> None:
    assert "deep" in to_markdown(f"<{tag}>" * 5000 + "deep")


def test_a_huge_post_is_converted() -> None:
    assert to_markdown("<p>rain <b>and</b> shards</p>" * 20_000).count("**and**") == 20_000
