"""How a thread without an id of its own gets its identity from its address."""

import pytest

from faq_builder.config import Source
from faq_builder.model import ThreadKey, Url
from faq_builder.read.formats.markdown import read_thread_file
from faq_builder.read.formats.markdown.thread_keys import canonical_url, key_from_url

BLOG = Source(
    key="blog", place="Blog", base_url=Url("https://widgets.example/blog/"), moved_from=(Url("http://old.example"),)
)
SHOP = Source(key="shop", place="Shop", base_url=Url("https://widgets.example"))


@pytest.mark.parametrize(
    "same",
    [
        ("https://widgets.example/a", "http://WIDGETS.example:80/a/", "https://widgets.example:443/a?utm_source=x#top"),
        ("https://widgets.example/a?id=1", "https://widgets.example/a?fbclid=2&id=1&utm_medium=mail"),
        ("https://widgets.example/a#comment-12", "https://widgets.example/a/#comment-12"),
        ("https://widgets.example/a", "https://widgets.example/a#:~:text=it%20broke%201"),
    ],
)
def test_addresses_of_one_thread(same: tuple[str, ...]) -> None:
    assert len({canonical_url(Url(address)) for address in same}) == 1


def test_addresses_of_different_threads() -> None:
    addresses = (
        "",
        "/a",
        "/A",
        "/a?id=1",
        "/a?id=2",
        "/a#comment-12",
        "/a#comment-13",
        "/#!/room:x",
        "/#!/room:y",
        ":8080/a",
    )
    assert len({canonical_url(Url(f"https://widgets.example{address}")) for address in addresses}) == len(addresses)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://widgets.example/blog/rain/#comment-12", ThreadKey("blog", "rain#comment-12")),
        ("http://widgets.example/blog?p=12", ThreadKey("blog", "?p=12")),
        ("https://old.example/rain#comment-12", ThreadKey("blog", "rain#comment-12")),
        ("https://widgets.example/blogger/rain", ThreadKey("shop", "blogger/rain")),
        ("https://widgets.example/", ThreadKey("shop", "index")),
        ("https://widgets.example.evil/blog/rain", ThreadKey("threads", "widgets.example.evil/blog/rain")),
    ],
)
def test_the_source_with_the_longest_address_holds_the_thread(address: str, key: ThreadKey) -> None:
    assert key_from_url(Url(address), (SHOP, BLOG), "threads") == key
    assert key_from_url(Url(address), (BLOG, SHOP), "threads") == key


def test_a_very_long_address_is_cut_and_stays_distinct() -> None:
    one, two = (key_from_url(Url(f"https://x.example/{'a' * 2000}{n}"), (), "threads") for n in (1, 2))
    assert one != two
    assert len(one.native) < 400


TOKEN = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.mark.parametrize(
    "private",
    [
        "t/5?user=fred.doe@rain-widgets.com",
        "t/5?user=fred.doe%40rain-widgets.com",
        "t/5?user=fred.doe%2540rain-widgets.com",
        "u/fred@rain-widgets.com/#comment-12",
        f"t/5?key={TOKEN}",
        f"t/{TOKEN}",
        "t/5?session=a8f5f167f44f4964e6c998dee827110c",
        f"{'a' * 400}?user=fred.doe@rain-widgets.com",
    ],
)
def test_an_address_with_private_data_gives_an_id_that_tells_nothing(private: str) -> None:
    key = key_from_url(Url(f"https://widgets.example/{private}"), (SHOP,), "threads")
    assert key.source == "shop"
    assert not {"fred", "rain", "user", "key", "aaa"} & set(key.native.split())
    assert len(key.native) == 17
    assert key == key_from_url(Url(f"http://widgets.example:80/{private}"), (SHOP,), "threads")
    assert key != key_from_url(Url(f"https://widgets.example/{private}9"), (SHOP,), "threads")


@pytest.mark.parametrize(
    "plain",
    [
        "@fred/why-do-red-widgets-shatter-3f2a1b",
        "how-to-keep-widgets-4-10-2-dry-in-2024-with-3-coats",
        "npm/red@1.2.3/widget.js",
        "why-doesnt-my-extraordinarily-red-widget-hold",
        "questions/12345678901234567890",
        "t/5?user=@fred",
    ],
)
def test_an_address_without_private_data_stays_readable(plain: str) -> None:
    assert key_from_url(Url(f"https://widgets.example/{plain}"), (SHOP,), "threads").native == plain


def test_an_id_with_private_data_tells_nothing_wherever_it_stands() -> None:
    text = "---\ntitle: T\nid: fred@rain-widgets.com\nsource: blog\nduplicate_of: {}\n---\n\nWhy?\n"
    keys = []
    for other in ("blog:fred@rain-widgets.com", "{source: blog, id: fred@rain-widgets.com}"):
        thread, findings = read_thread_file(text.format(other), "a.md", ())
        assert thread is not None
        assert findings == ()
        assert thread.duplicate_of == (thread.key,)
        assert "fred" not in thread.key.native
        keys.append(thread.key)
    assert keys[0] == keys[1]


@pytest.mark.parametrize("key", ["language", "format"])
@pytest.mark.parametrize("value", ["fred@rain-widgets.com", "<b>", "en_US!", "e n!"])
def test_language_and_format_are_words_of_their_kind(key: str, value: str) -> None:
    text = f'---\ntitle: T\nurl: https://x.example/1\n{key}: "{value}"\n---\n\nWhy?\n'
    thread, findings = read_thread_file(text, "a.md", ())
    assert thread is not None
    assert (thread.language, thread.format) == (None, "markdown")
    assert [(d.code, d.where.line) for d in findings] == [("FAQ413", 4)]
    assert value not in str(findings[0])


def test_languages_of_several_parts() -> None:
    text = "---\ntitle: T\nurl: https://x.example/1\nlanguage: zh-Hant-TW\nformat: github-issues\n---\n\nWhy?\n"
    thread, findings = read_thread_file(text, "a.md", ())
    assert thread is not None
    assert (thread.language, thread.format, findings) == ("zh-Hant-TW", "github-issues", ())
