"""What is a tag, and what is only written like one."""

import pytest

from faq_builder.read.markup.tags import GUARD, escape_non_tags, guard_non_tags, may_contain_tags, without_markup


@pytest.mark.parametrize(
    ("html", "escaped"),
    [
        ("a <int> <b>c</b>", "a &lt;int> <b>c</b>"),
        ("<my-thing a=b>", "&lt;my-thing a=b>"),
        ("<my a='<b>'>", "&lt;my a='&lt;b>'>"),
        ("<a title='<int>'>x</a>", "<a title='<int>'>x</a>"),
        ("<!-- <int> --><int>", "<!-- <int> -->&lt;int>"),
        ("<!-- never <b>ended</b>", "&lt;!-- never <b>ended</b>"),
        ("<!--><int>-->", "<!-->&lt;int>-->"),
        ("<div is open", "&lt;div is open"),
        ("<a href='x>y", "&lt;a href='x>y"),
        ("cp <source> <b>", "cp &lt;source> &lt;b>"),
        ("<picture><source srcset=x><img src=y></picture>", "<picture><source srcset=x><img src=y></picture>"),
        ("<input type=checkbox> <input>", "<input type=checkbox> &lt;input>"),
        ("<em> <strong> <pre> <ol> <dl> <h1>", "&lt;em> &lt;strong> &lt;pre> &lt;ol> &lt;dl> &lt;h1>"),
        ("</div> <div>", "&lt;/div> &lt;div>"),
        ("<div> <div>a</div> <div>", "<div> <div>a</div> &lt;div>"),
        ("a<br>b<hr>c<wbr>d<p>e", "a<br>b<hr>c<wbr>d<p>e"),
        ("<li> in <ol>", "&lt;li> in &lt;ol>"),
        ("<ul><li>a<li>b</ul><li>", "<ul><li>a<li>b</ul>&lt;li>"),
        ("cp <source> <video>", "cp &lt;source> &lt;video>"),
        ("<details><summary>a</summary>", "<details><summary>a</summary>"),
        ("a\vb <int>", "a b &lt;int>"),
        ("</b> </p> </int>", "&lt;/b> </p> &lt;/int>"),
        ("<table><td>a</table>", "<table><td>a</table>"),
        ("a <td> in <tr>", "a &lt;td> in &lt;tr>"),
        ("<P><B>x</b>", "<P><B>x</b>"),
    ],
)
def test_text_that_looks_like_tags_is_escaped(html: str, escaped: str) -> None:
    assert escape_non_tags(guard_non_tags(html)) == escaped


@pytest.mark.parametrize(
    ("markdown", "marked"),
    [
        ("<path>\nx", "#<path>\nx"),
        ("- > 1. <path>", "- > 1. #<path>"),
        ("a <path>", "a <path>"),
        ("<div>\n<path></div>", "<div>\n#<path></div>"),
        ("<table>\nb", "#<table>\nb"),
        ("<!-- a -->\n<!-- b", "<!-- a -->\n#<!-- b"),
        ("<style>\n<b>\n</style>", "<style>\n#<b>\n#</style>"),
        ("<script> is last", "#<script> is last"),
        ("<title> is first", "#<title> is first"),
        ("<details>\n<summary>a</summary>", "<details>\n<summary>a</summary>"),
        ("</int>", "#</int>"),
        ("<?php", "#<?php"),
        ("a <std::string> b", "a <#std::string> b"),
        ("<std::string>", "#<#std::string>"),
        ("a <HTTPS://a.example> <mailto:a@b.example> <a@b.example>",) * 2,
        ("[a](b/<id:1>) [c](<d:e>)\n\n[f]: <g:h>",) * 2,
        ("a <std: a> <b:c> <std:",) * 2,
    ],
)
def test_text_that_would_begin_a_block_or_a_link_is_marked(markdown: str, marked: str) -> None:
    assert guard_non_tags(markdown).replace("\v", "") == marked.replace("#", GUARD)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Use vector<int> <b>now</b>", "Use vector<int>  now "),
        ("a<!-- b -->c \\<b>d</b>", "a c \\<b>d "),
        ("<img src=x> <img>", "  <img>"),
    ],
)
def test_markup_is_taken_out(markdown: str, words: str) -> None:
    assert without_markup(markdown) == words


def test_addresses_are_no_tags() -> None:
    assert not may_contain_tags("see <https://widgets.example/> or <mailto:help@widgets.example>, 1 < 2")
    assert may_contain_tags("a<b")


PARTS = ["<!--", "<a ", '<a b="', "<a b='", "<a \"'", "<", "- ", "> ", "<int>\n", "-->", "<!-- x -->"]


@pytest.mark.parametrize("part", PARTS)
def test_repetition_costs_no_time(part: str) -> None:
    """A second each at most; a search that begins again at each place would take many minutes."""
    text = part * (400_000 // len(part))
    assert escape_non_tags(text).replace("&lt;", "<") == text
    assert guard_non_tags(text).replace(GUARD, "").replace("\v", "") == text
    assert len(without_markup(text)) <= len(text)
