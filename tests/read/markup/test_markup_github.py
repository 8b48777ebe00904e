"""GitHub's texts, rendered and raw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.read.markup.github import clean_markdown, is_html, to_markdown

CASES = {
    "code_with_a_copy_in_an_attribute": (
        '<div class="highlight highlight-source-ts notranslate" data-snippet-clipboard-copy-content="const a = 1">'
        '<pre class="notranslate"><span class="pl-k">const</span> a <span>=</span> 1</pre></div>',
        "```ts\nconst a = 1\n```",
    ),
    "code_with_a_button": (
        '<div class="snippet-clipboard-content"><pre><code>a</code></pre><div class="zeroclipboard-container">'
        "<clipboard-copy>Copy</clipboard-copy></div></div>",
        "```\na\n```",
    ),
    "emoji": ('<p dir="auto">fine <g-emoji class="g-emoji" alias="+1">👍</g-emoji></p>', "fine 👍"),
    "own_emoji": ('<p dir="auto"><img class="emoji" alt=":octocat:" src="https://x.example/o.png"></p>', ":octocat:"),
    "mention": (
        '<p dir="auto"><a class="user-mention notranslate" data-hovercard-url="/users/fred/hovercard" '
        'href="https://github.com/fred">@fred</a> see <a class="issue-link js-issue-link" '
        'href="https://github.com/widgets/red/issues/1">#1</a></p>',
        "@fred see [#1](https://github.com/widgets/red/issues/1)",
    ),
    "mail": (
        '<div class="email-fragment">One\ntwo\n\n* three</div>\n<span class="email-hidden-toggle"><a href="#">…</a>'
        '</span><div class="email-hidden-reply"><div class="email-quoted-reply">On Monday fred wrote</div></div>',
        "One\\\ntwo\n\n\\* three",
    ),
    "tasks": (
        '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked=""> red</li></ul>',
        "- [x] red",
    ),
    "film": (
        '<details open class="details-reset"><summary><svg></svg><span aria-label="Video f.mp4">f.mp4</span>'
        '</summary><video src="https://x.example/f.mp4"></video></details>',
        "[f.mp4](https://x.example/f.mp4)",
    ),
    "picture_that_links_to_itself": (
        '<p dir="auto"><a target="_blank" href="https://x.example/a.png"><img src="https://camo.example/1" '
        'data-canonical-src="https://x.example/a.png" alt="red"></a></p>',
        "![red](https://x.example/a.png)",
    ),
    "picture_with_a_signature": (
        '<img src="https://private-user-images.githubusercontent.com/1/a.png?jwt=secret" alt="red">',
        "![red](https://private-user-images.githubusercontent.com/1/a.png)",
    ),
    "picture_that_links_elsewhere": (
        '<a href="https://x.example/"><img src="https://x.example/a.png" alt="red"></a>',
        "[![red](https://x.example/a.png)](https://x.example/)",
    ),
    "lines_of_a_file": (
        '<table class="highlight js-file-line-container"><tr><td class="blob-num"></td><td class="blob-code"> a {</td>'
        '</tr><tr><td class="blob-num"></td><td class="blob-code">   <span>b</span> </td></tr></table>',
        "```\na {\n  b\n```",
    ),
    "warning": (
        '<div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title"><svg></svg>Warning</p>'
        "<p>Rain.</p></div>",
        "> **Warning**\n>\n> Rain.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    html, expected = CASES[name]
    assert to_markdown(html) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a\r\nb\rc\r\n", "a\nb\nc"),
        ("<!-- what\nhappened -->\r\n\r\nIt broke.", "It broke."),
        ("a <!-- x --> b", "a  b"),
        ("`<!-- x -->` and <!-- y -->", "`<!-- x -->` and "),
        ("```html\n<!-- x -->\n```\n<!-- y -->", "```html\n<!-- x -->\n```"),
        ("```html\n<!-- x -->", "```html\n<!-- x -->"),
        ("<!-- never ends", "<!-- never ends"),
        ("", ""),
    ],
)
def test_raw_markdown_loses_comments_outside_of_code(body: str, expected: str) -> None:
    assert clean_markdown(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p dir="auto">a</p>\n\n<p dir="auto">b</p>\n', True),
        ("<p>a</p>", True),
        ("<p>a</p>\n\nSee **b** <br>", False),
        ("a <b>b</b>", False),
        ("<details>\n\n- a\n\n</details>", False),
        ("plain", False),
        ("", False),
    ],
)
def test_rendered_text_is_told_from_markdown(body: str, expected: bool) -> None:
    assert is_html(body) is expected


@given(st.text(st.sampled_from("<!->`~ \n\rab")))
def test_cleaning_never_crashes_and_twice_is_once(body: str) -> None:
    once = clean_markdown(body)
    if "<!--" not in once:
        assert clean_markdown(once) == once
