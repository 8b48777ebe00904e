"""Markdown to HTML: as the code host shows it, and nothing in it that acts."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from faq_builder.model import PublicText, Url
from faq_builder.render.cmark import unsafe_html
from faq_builder.render.markdown import MAX_DEPTH, cut, to_html, to_plain

BASE = Url("https://forum.widgets.example/t/red/")
TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "cite", "code", "data", "dd", "del", "details", "dfn", "div",
    "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "var", "wbr",
}  # fmt: skip
ATTRIBUTES = {
    "aria-label", "class", "colspan", "datetime", "dir", "href", "id", "open", "rel", "reversed", "rowspan", "start",
    "tabindex", "title",
}  # fmt: skip


def render(text: str, base: Url | None = BASE) -> str:
    return to_html(PublicText(text), prefix="m1-", base=base).value


def check_harmless(text: str) -> None:
    """Every tag, attribute and address of what a text becomes is on the list."""
    out = render(text)
    root = lxml_html.fromstring(f"<div>{out}</div>")
    for element in root.iterdescendants():
        assert element.tag in TAGS, element.tag
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES, name
            if name == "href":
                assert re.match(r"(https?://|mailto:|#m1-)", value), value
            if name == "id":
                assert value.startswith("m1-")
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", out, re.DOTALL), "a link within a link"
    ids = root.xpath(".//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~gone~~", "<p><del>gone</del></p>"),
        ("https://a.example", '<p><a href="https://a.example" rel="nofollow ugc noopener">https://a.example</a></p>'),
        ("- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>"),
        ("# A\n\n### B\n\n## C", "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>"),
        ("###### only", "<h3>only</h3>"),
        ("[up](../x)", '<p><a href="https://forum.widgets.example/t/x" rel="nofollow ugc noopener">up</a></p>'),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("<a href='//[a'>x</a>", "<p>x</p>"),
        ("[mail](mailto:help@widgets.example)", None),
        (
            "![a *b*](https://i.example/x.png)",
            '<p><a class="faq-image" href="https://i.example/x.png" rel="nofollow ugc noopener">image: a b</a></p>',
        ),
        (
            "[![pic](https://i.example/x.png)](https://l.example/)",
            '<p><a href="https://l.example/" rel="nofollow ugc noopener">[image: pic]</a></p>',
        ),
        ("![d](data:image/png;base64,AA)", "<p>[image: d]</p>"),
        ("<section id=a>x</section>", '<div id="m1-a">x</div>'),
        ("<b onclick=x>y</b>", "<p><b>y</b></p>"),
        ("|a|\n|-:|\n|1|", None),
        ("a\x00b \ud800", "<p>a�b ?</p>"),
    ],
)
def test_markdown_becomes(text: str, expected: str | None) -> None:
    if expected is not None:
        assert render(text) == expected
    check_harmless(text)


def test_relative_links_lose_their_target_without_the_address_of_the_original() -> None:
    assert render("[up](../x) ![p](y.png)", base=None) == "<p>up [image: p]</p>"


def test_code_is_coloured_where_the_language_is_known() -> None:
    coloured = render('```python\nx = "<b>"\n```')
    assert '<div class="highlight"><pre tabindex="0"><code>' in coloured
    assert "&lt;b&gt;" in coloured
    assert "<b>" not in coloured
    assert render("```nolang\n<x>\n```") == '<pre tabindex="0"><code>&lt;x&gt;\n</code></pre>'
    assert "highlight" not in render("```python\n" + "x = 1\n" * 4000 + "```")


def test_footnotes_of_two_messages_do_not_meet() -> None:
    text = PublicText("a[^1] and b[^1]\n\n[^1]: note")
    ids = re.findall(r'(?:id|href)="#?([^"]*)"', to_html(text, prefix="m1-").value)
    assert ids
    assert all(name.startswith("m1-") for name in ids)


def test_follow_can_be_asked_for() -> None:
    assert 'rel="noopener"' in to_html(PublicText("<https://a.example>"), prefix="x-", rel="noopener").value


HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='java&#x09;script:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "[x](&#106;avascript:alert(1))",
    "[x](<data:text/html,<script>alert(1)</script>>)",
    "[a]: vbscript:x\n\n[a]",
    "<form action=https://evil.example><input name=password><button>ok</button></form>",
    "<iframe src=https://evil.example></iframe><object data=x></object><embed src=x>",
    "<style>body{display:none}</style><link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    "<p id=page class=faq-header style='position:fixed'>x</p>",
    "<td align='x onmouseover=alert(1)'>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr>",
    '<a href="https://a.example/" title=\'x" onfocus=alert(1) autofocus\'>x</a>',
    '```"><script>alert(1)</script>\ncode\n```',
    "<pre><code class='language-x\"><script>'>a</code></pre>",
    "</div></section></article></main><h1>mine</h1>",
    "<a href=https://a.example><table><td><a href=https://b.example>x</a></table></a>",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<img alt='<b onclick=x>' src='https://a.example/?\"onload=x'>",
    "<h1><div><h2>x</h1></h2>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str) -> None:
    check_harmless(text)
    check_harmless(f"> - {text}\n\n| a |\n|---|\n| {text} |")


@given(st.lists(st.sampled_from([*HOSTILE, "<", ">", '"', "'", "`", "\n", "[", "](", ")", "<a ", "=", "&lt;", "x"])))
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_hostile_texts_does_anything(parts: list[str]) -> None:
    check_harmless("".join(parts))


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_shown(text: str) -> None:
    check_harmless(text)
    plain = to_plain(PublicText(text)).value
    assert plain == " ".join(plain.split())


@pytest.mark.parametrize("text", ["> " * 3000 + "x", "<div>" * 3000, "<div></b>" * 3000])
def test_absurd_nesting_is_shown_as_its_source(text: str) -> None:
    assert MAX_DEPTH < 3000
    assert render(text) == f"<p>{html.escape(text)}</p>"


def test_plain_text_has_the_words_and_no_markup() -> None:
    markup = "# Title\n\nA *b* [c](https://d.example) ![e](f.png)\n\n|g|h|\n|-|-|\n|i|j|\n\n"
    text = markup + "```py\nk < 1\n```\n<script>no</script>l"
    assert to_plain(PublicText(text)).value == "Title A b c e g h i j k < 1 <script>no</script>l"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Take\n\n- the red one\n- the blue one\n", "Take; the red one; the blue one"),
        ("Take these:\n\n1. Red.\n2. Blue!\n\nDone", "Take these: Red. Blue! Done"),
        ("- a\n  - b\n\n    c\n- d", "a; b c; d"),
        ("- only", "only"),
    ],
)
def test_items_of_a_list_are_told_apart(text: str, words: str) -> None:
    assert to_plain(PublicText(text)).value == words


def test_cut_ends_at_a_word() -> None:
    assert cut(PublicText("one two three"), 13).value == "one two three"
    assert cut(PublicText("one two, three"), 11).value == "one two…"
    assert cut(PublicText("x" * 20), 10).value == "x" * 9 + "…"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to see the memory of a process")
def test_memory_is_given_back() -> None:
    """cmarkgfm itself loses some 27 kB for each of these texts."""

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4

    text = "a *b* `c` [d](https://e.example)\n\n" * 100
    for _ in range(50):
        unsafe_html(text)
    before = resident()
    for _ in range(1000):
        unsafe_html(text)
    assert resident() - before < 8_000  # kB; the leak would be 30,000
