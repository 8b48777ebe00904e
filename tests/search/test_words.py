"""Text -> terms, in Python and in the client alike."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.search.words import LONGEST, stem, terms

STEMS = {
    "widgets": "widget", "companies": "compani", "company": "compani", "boxes": "box", "glass": "glass",
    "bus": "bus", "shattered": "shatter", "shattering": "shatter", "stopped": "stop", "installing": "install",
    "string": "string", "bring": "bring", "red": "red", "use": "use", "used": "used", "uses": "use",
    "quickly": "quick", "supposedly": "suppos", "garage": "garag", "status": "status", "e1234": "e1234",
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), STEMS.items())
def test_english_stem(word: str, expected: str) -> None:
    assert stem(word, "english") == expected
    assert stem(word, "none") == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Error E1234, or 0x80070057?", ["error", "e1234", "or", "0x80070057"]),
        ("run --dry-run", ["run", "dry", "run", "--dry-run"]),
        ("from 4.10.", ["from", "4", "10", "4.10"]),
        ("C++ and C# on .NET", ["c", "and", "c", "on", "net", "c++", "c#", ".net"]),
        ("Don't break Fred's widget", ["dont", "break", "fred", "widget"]),
        ("l’eau d'été", ["l", "eau", "d", "ete"]),
        ("Straße ŁÓDŹ İstanbul ΣΊΣΥΦΟΣ", ["strass", "lodz", "istanbul", "σισυφοσ"]),
        ("防水widgetですか", ["防水", "widget", "です", "すか"]),
        ("水", ["水"]),
        ("위젯이", ["위젯", "젯이"]),
        ("विजेट", ["विजेट"]),
        ("がか", ["がか"]),
        ("ﬁne ｗｉｄｇｅｔ x²", ["fine", "widget", "x2"]),
        ("wid\u00adget wid\u200bget", ["widget", "widget"]),
        ("x" * (LONGEST + 1), []),
        ("… — 🙂 \ud800", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text, "english") == expected


@given(st.text())
def test_a_term_is_never_empty_and_holds_no_white_space(text: str) -> None:
    """Shards write one term a line."""
    found = terms(text, "english")
    assert all(term and not any(c.isspace() or c in "\n\ud800" for c in term) for term in found)


def test_the_client_makes_the_same_terms(client) -> None:
    texts = [*STEMS, *_hostile()]
    for stemmer in ("english", "none"):
        answers = client(texts=texts, stemmer=stemmer)
        different = [t for t, answer in zip(texts, answers, strict=True) if answer != terms(t, stemmer)]
        assert different == []


def _hostile() -> list[str]:
    """Every character that all supported versions of Unicode know, in words and beside symbols, and endless runs."""
    old = unicodedata.ucd_3_2_0
    known = [c for c in map(chr, range(sys.maxunicode + 1)) if old.category(c) not in ("Cn", "Cs", "Co")]
    same = [c for c in known if old.category(c)[0] == unicodedata.category(c)[0]]
    chunks = ["".join(same[at : at + 50]) for at in range(0, len(same), 50)]
    spaced = [f"x{' '.join(chunk)}" for chunk in chunks[::7]]
    joined = [f"Ab{a}'s {a}{a}--{a}c++" for chunk in chunks[::40] for a in chunk]
    odd = [
        "don't'll'ss's can’t’s rock'n'roll", "...a..b--c---d -e- #f ##g h# i++ j+++ k_l __m__ n.o.",
        "ΑΣ Σ ΑΣΑ ὈΔΥΣΣΕΎΣ",
        "i̇İIı", "ǅ Ǆ ǆ", "\u0301a\u0301", "한글 ᄒ\u1161ᆫ", "가\u11a8", "か\u3099 が", "\U00020000\U00020001水",
        "𝐖𝐢𝐝𝐠𝐞𝐭 🄰",
        "ya" * 500, "水" * 100, "a\x00b\x1fc\u2028d", "__proto__ constructor toString", "1e5 1,000.50 ½ ٤٢", "ﷺ",
    ]  # fmt: skip
    return chunks + spaced + joined + odd
