"""Discourse's cooked HTML: each thing that it adds, by its situation."""

import pytest

from faq_builder.model import Url
from faq_builder.read.markup.discourse import emoji, to_markdown

BASE = Url("https://forum.widgets.example")

CASES = {
    "quote_names_who": (
        '<aside class="quote no-group" data-username="fred" data-post="1" data-topic="7"><div class="title">'
        '<div class="quote-controls"></div><img class="avatar" src="/a.png" alt=""> fred:</div>'
        "<blockquote><p>It shattered.</p></blockquote></aside><p>When?</p>",
        "> @fred:\n>\n> It shattered.\n\nWhen?",
    ),
    "quote_of_another_topic": (
        '<aside class="quote" data-username="fred"><div class="title"><a href="/t/rain/9/2">Rain</a></div>'
        "<blockquote><p>Wet.</p></blockquote></aside>",
        "> @fred, [Rain](https://forum.widgets.example/t/rain/9/2):\n>\n> Wet.",
    ),
    "quote_without_account": (
        '<aside class="quote"><div class="title"><img class="avatar"> fred:</div><blockquote>Wet.</blockquote></aside>',
        "> @fred:\n>\n> Wet.",
    ),
    "quote_of_nobody": ('<aside class="quote"><blockquote>Wet.</blockquote></aside>', "> Wet."),
    "onebox": (
        '<aside class="onebox allowlistedgeneric" data-onebox-src="https://w.example/blue"><header class="source">'
        '<img class="site-icon" src="/i.png"><a href="https://w.example/">w.example</a></header><article '
        'class="onebox-body"><h3><a href="https://w.example/blue">The blue widget</a></h3><p>!</p></article></aside>',
        "[The blue widget](https://w.example/blue)",
    ),
    "onebox_without_title": (
        '<div class="onebox video-onebox"><video><a href="https://w.example/f">https://w.example/f</a></video></div>',
        "<https://w.example/f>",
    ),
    "link_that_only_is_named_onebox": (
        '<p><a class="onebox" href="https://w.example/">w</a></p>',
        "[w](https://w.example/)",
    ),
    "mention": ('<p><a class="mention" href="/u/fred">@fred</a> look</p>', "@fred look"),
    "emoji": (
        '<p>fine <img class="emoji" src="/s.png" title=":slight_smile:" alt=":slight_smile:"> '
        '<img class="emoji" title=":widget_party:" alt=":widget_party:"></p>',
        "fine 🙂 :widget_party:",
    ),
    "lightbox": (
        '<div class="lightbox-wrapper"><a class="lightbox" href="/uploads/big.png"><img src="/uploads/small.png" '
        'alt="shards|690x388, 50%"><div class="meta"><svg></svg><span class="filename">shards.png</span>'
        '<span class="informations">1200×675 90 KB</span></div></a></div>',
        "![shards](https://forum.widgets.example/uploads/big.png)",
    ),
    "code_of_no_language": ('<pre><code class="lang-auto">a = 1\n</code></pre>', "```\na = 1\n```"),
    "spoiler": ('<div class="spoiler"><p>It was the rain.</p></div>', "It was the rain."),
    "poll": (
        '<div class="poll"><div class="poll-container"><ul><li data-poll-option-id="1">Red</li></ul></div>'
        '<div class="poll-info"><p>0 voters</p></div></div>',
        "- Red",
    ),
    "mail_that_was_cut": (
        '<p>Thanks</p><details class="elided"><summary title="Show trimmed content">···</summary><p>old</p></details>',
        "Thanks",
    ),
    "formula": ('<p>so <span class="math">a_1</span></p>', "so $a_1$"),
    "old_bbcode": ('<p><span class="bbcode-b">red</span></p>', "**red**"),
    "heading_with_anchor": ('<h2><a name="rain" class="anchor" href="#rain"></a>Rain</h2>', "## Rain"),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    html, expected = CASES[name]
    assert to_markdown(html, base_url=BASE) == expected


def test_an_emoji_is_its_character_where_unicode_has_the_name() -> None:
    assert [emoji("rocket"), emoji("+1"), emoji("latin_small_letter_a"), emoji("")] == [
        "🚀",
        "👍",
        ":latin_small_letter_a:",
        "::",
    ]
