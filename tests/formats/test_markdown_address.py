"""How a thread without an id of its own gets its identity from its address."""

import pytest

from faq_builder.config import Source
from faq_builder.formats.markdown.address import canonical, key_of
from faq_builder.model import ThreadKey, Url

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
    assert len({canonical(Url(address)) for address in same}) == 1


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
    assert len({canonical(Url(f"https://widgets.example{address}")) for address in addresses}) == len(addresses)


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
    assert key_of(Url(address), (SHOP, BLOG), "threads") == key
    assert key_of(Url(address), (BLOG, SHOP), "threads") == key


def test_a_very_long_address_is_cut_and_stays_distinct() -> None:
    one, two = (key_of(Url(f"https://x.example/{'a' * 2000}{n}"), (), "threads") for n in (1, 2))
    assert one != two
    assert len(one.native) < 400
