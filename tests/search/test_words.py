"""Text -> terms: the same in Python and in the client."""

import random
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.model import primary_language
from faq_builder.search.text.stemmers import STEMMERS, stemmer_of, word_stem
from faq_builder.search.text.words import MAX_TERM_LENGTH, fold_text, posting_terms, text_terms

STEMS = {
    "widgets": "widget", "companies": "compani", "company": "compani", "boxes": "box", "glass": "glass",
    "bus": "bus", "shattered": "shatter", "shattering": "shatter", "stopped": "stop", "installing": "install",
    "string": "string", "bring": "bring", "red": "red", "use": "use", "used": "used", "uses": "use",
    "quickly": "quick", "supposedly": "suppos", "garage": "garag", "status": "status", "e1234": "e1234",
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), STEMS.items())
def test_english_stem(word: str, expected: str) -> None:
    assert word_stem(word, "english") == expected
    assert word_stem(word, "none") == word


OTHER_STEMS = [
    ("german", "schlussel", "schluessel"), ("german", "rechnung", "rechnungen"), ("german", "hauser", "haus"),
    ("french", "cheval", "chevaux"), ("french", "commande", "commandes"), ("spanish", "actriz", "actrices"),
    ("spanish", "bateria", "baterias"), ("portuguese", "botao", "botoes"), ("portuguese", "papel", "papeis"),
    ("italian", "garanzia", "garanzie"), ("italian", "prodotto", "prodotti"), ("dutch", "lamp", "lampen"),
    ("dutch", "brief", "brieven"), ("dutch", "raam", "ramen"), ("swedish", "knapp", "knapparna"),
    ("norwegian", "bat", "baaten"), ("finnish", "talon", "talossa"), ("polish", "urzadzenie", "urzadzenia"),
    ("russian", "батарея", "батарею"), ("arabic", "ضمان", "الضمان"),
]  # fmt: skip


@pytest.mark.parametrize(("stemmer", "one", "other"), OTHER_STEMS)
def test_two_forms_of_a_word_have_one_stem(stemmer: str, one: str, other: str) -> None:
    assert word_stem(fold_text(one), stemmer) == word_stem(fold_text(other), stemmer)


@pytest.mark.parametrize("stemmer", STEMMERS)
@pytest.mark.parametrize("word", ["e1234", "0x80070057", "kb5034441", "v2", "usb", "x2es", "水水水水", "naanоо"])
def test_codes_and_words_of_no_script_or_two_are_never_stemmed(stemmer: str, word: str) -> None:
    assert word_stem(word, stemmer) == word


def test_the_region_of_a_language_does_not_matter() -> None:
    assert {stemmer_of(language) for language in ("de", "de-AT", "de_AT", "DE_ch")} == {"german"}
    assert stemmer_of("tlh") == stemmer_of("") == "none"


@pytest.mark.parametrize(
    ("text", "other"),
    [("e-mail", "email"), ("E-Mails", "email"), ("node.js", "nodejs"), ("v2.1.3", "2.1.3"), ("E-1234", "e1234"),
     ("防水", "水"), ("wi-fi", "wifi")],
)  # fmt: skip
def test_the_word_index_knows_other_spellings(text: str, other: str) -> None:
    assert word_stem(other, "english") in posting_terms(text, "english")
    assert set(text_terms(text, "english")) <= set(posting_terms(text, "english"))


def test_versions_and_dates_have_no_other_spellings() -> None:
    assert posting_terms("4.2 2024-05-17 end.Then", "english") == text_terms("4.2 2024-05-17 end.Then", "english")


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
        ("أَجْهِزة مكتبـــة ٤٢ علی", ["اجهزه", "مكتبه", "42", "علي"]),
        ("क़लम ४२", ["कलम", "42"]),
        ("ｻｰﾊﾞｰ ＡＢＣ", ["サー", "ーバ", "バー", "abc"]),
        ("Ещё ёлка", ["еще", "елка"]),
        ("Đường Việt", ["duong", "viet"]),
        ("x" * (MAX_TERM_LENGTH + 1), []),
        ("… — 🙂 \ud800", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert text_terms(text, "english") == expected


@given(st.text())
def test_a_term_is_never_empty_and_holds_no_white_space(text: str) -> None:
    """Shards write one term a line."""
    found = text_terms(text, "english")
    assert all(term and not any(c.isspace() or c in "\n\ud800" for c in term) for term in found)


@pytest.mark.parametrize("stemmer", STEMMERS)
def test_the_client_makes_the_same_terms(client, stemmer: str) -> None:
    texts = [*STEMS, *(word for _, word, _ in OTHER_STEMS), *_made_up(stemmer)]
    texts += _hostile() if stemmer in ("english", "none") else ()
    answers = client(texts=texts, stemmer=STEMMERS[stemmer])
    different = [t for t, answer in zip(texts, answers, strict=True) if answer != text_terms(t, stemmer)]
    assert different == []


def test_the_client_cuts_language_tags_in_the_same_way(client) -> None:
    tags = ["de", "DE", "de-AT", "de_AT", "DE_at", "zh-Hant-TW", "zh_Hant_TW", "gsw-CH", "-", "_", "", "İT-it"]
    assert client(tags=tags) == [primary_language(tag) for tag in tags]


def _made_up(stemmer: str) -> list[str]:
    """Words of random letters that end like those which the rules change, one rule after the other."""
    random_ = random.Random(stemmer)
    rules = [pattern for step in STEMMERS[stemmer] for pattern, _ in step]
    endings = [part for rule in rules for part in re.findall(r"\w+", rule)] + ["", "ss", "ll"]
    letters = "".join(c for c in "".join(rules) if c.isalpha()) + "aeiouybdlnrst"
    return [
        "".join(random_.choices(letters, k=random_.randint(0, 7))) + "".join(random_.choices(endings, k=2))
        for _ in range(4_000)
    ]


def _hostile() -> list[str]:
    """Every character that all supported versions of Unicode know, in words and next to symbols, and endless runs."""
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
