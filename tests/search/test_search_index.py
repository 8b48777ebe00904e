"""The files of the index, read back by a decoder that shares no code with the builder."""

import hashlib
import json
import random

import pytest
from indexes import names

from faq_builder.model import PublicText
from faq_builder.search import FOLDER, Document, build_index
from faq_builder.search.documents import SNIPPET_LENGTH
from faq_builder.search.index import build as module
from faq_builder.search.text.stemmers import STEMMERS
from faq_builder.search.text.words import posting_terms, text_terms


def made(count: int, seed: int = 1, vocabulary: int = 3000) -> list[Document]:
    """Return documents of random words, most of them rare."""
    random_ = random.Random(seed)
    words = [f"w{number:x}" for number in range(vocabulary)]
    weights = [1 / (rank + 2) for rank in range(vocabulary)]

    def text(length: int) -> PublicText:
        return PublicText(" ".join(random_.choices(words, weights, k=length)))

    return [
        Document(
            id=f"id{n}", site_path=f"q/{n}/", question=text(8), answers=(text(60),), asked=n % 4 + 1, places=("forum",)
        )
        for n in range(count)
    ]


def files(documents: list[Document], language: str = "en") -> dict[str, bytes]:
    return {path.removeprefix(FOLDER): content for path, content in build_index(documents, language=language)}


def decoded(content: dict[str, bytes]) -> dict[str, tuple[int, list[tuple[int, int]]]]:
    """term -> (documents, [(document, impact)]) of all shards in the order of meta.json."""
    found: dict[str, tuple[int, list[tuple[int, int]]]] = {}
    for name in names(json.loads(content["meta.json"])["terms"], 10):
        stream = iter(content[f"terms-{name}.bin"])
        lines = bytes(next(stream) for _ in range(varint(stream))).decode().split("\n")
        term = ""
        for line in lines:
            kept = term.encode("utf-16-le")[: 2 * int(line[0], 36)].decode("utf-16-le")
            term = kept + line[1:]
            count, size = varint(stream), varint(stream)
            body = iter(bytes(next(stream) for _ in range(size)))
            postings, document = [], 0
            while (value := varint(body, end=-1)) >= 0:
                document += value // 16
                postings.append((document, value % 16))
            assert term not in found
            found[term] = (count, postings)
        assert next(stream, None) is None
    return found


def varint(stream, end: int | None = None) -> int:
    value, scale = 0, 1
    while True:
        byte = next(stream, end)
        if byte == end:
            return -1
        value, scale = value + byte % 128 * scale, scale * 128
        if byte < 128:
            return value


def test_every_term_of_every_document_is_found_again() -> None:
    documents = made(300)
    expected: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        texts = [document.question, *document.answers]
        for term in {document.id, *(term for text in texts for term in text_terms(str(text), "english"))}:
            expected.setdefault(term, []).append(number)
    found = decoded(files(documents))
    assert {term: [number for number, _ in postings] for term, (_, postings) in found.items()} == expected
    assert all(count == len(postings) for count, postings in found.values())
    assert all(1 <= impact <= 15 for _, postings in found.values() for _, impact in postings)


def test_terms_are_in_the_shard_that_meta_names() -> None:
    content = files(made(400))
    first = json.loads(content["meta.json"])["first"]
    order = [term.encode("utf-16-be") for term in decoded(content)]
    assert len(first) > 3
    assert order == sorted(order)
    for name, low, high in zip(
        names(json.loads(content["meta.json"])["terms"], 10), first, [*first[1:], "\U0010ffff"], strict=True
    ):
        assert all(low <= term < high for term in decoded(only(content, f"terms-{name}.bin")))


def test_names_hold_a_fingerprint_of_the_content_and_meta_comes_last() -> None:
    paths = [path for path, _ in build_index(made(100), language="en")]
    assert paths[-1] == f"{FOLDER}meta.json"
    for name, content in files(made(100)).items():
        if name != "meta.json":
            assert hashlib.sha256(content).hexdigest().startswith(name.rsplit("-", 1)[1].split(".")[0])


def test_blocks_and_snippets_hold_the_fields_of_result_cards() -> None:
    long = "Red widgets are not waterproof. " * 20
    document = Document(
        id="abc",
        site_path="q/rain/",
        question=PublicText("Why did it shatter?"),
        answers=(PublicText(long), PublicText("second")),
        asked=2,
        places=("Widget forum", "Blog"),
    )
    content = files([document])
    meta = json.loads(content["meta.json"])
    (row,) = json.loads(content[f"topics-0-{meta['topics']}.json"])["rows"]
    shown = dict(zip(meta["columns"][:-1], row, strict=True))
    assert shown["question"] == "Why did it shatter?"
    assert shown["address"] == "18:rain/"  # instead of "q/why-did-it-shatter/"
    assert shown["asked"] == 2
    assert [meta["places"][place] for place in shown["places"]] == ["Widget forum", "Blog"]
    (passage,) = json.loads(content[f"passages-0-{meta['passages']}.json"])
    assert len(passage) <= SNIPPET_LENGTH + 1
    assert long.startswith(passage.removesuffix("…"))
    assert passage[-2].isalpha()
    assert passage.endswith("…")


@pytest.mark.parametrize("end", [".", ",", ";", ":", " –", "…"])
def test_nothing_is_between_a_cut_snippet_and_its_ellipsis(end: str) -> None:
    text = "wet " * 26 + f"rain{end} " + "dry " * 50
    document = Document(id="abc", site_path="q/rain/", question=PublicText("Why?"), answers=(PublicText(text),))
    content = files([document])
    meta = json.loads(content["meta.json"])
    assert json.loads(content[f"passages-0-{meta['passages']}.json"])[0].endswith("wet rain…")


def test_the_question_counts_more_than_the_answer() -> None:
    one = Document(id="1", site_path="a", question=PublicText("waterproof"), answers=(PublicText("no " * 60),))
    other = Document(
        id="2", site_path="b", question=PublicText("sturdy"), answers=(PublicText("waterproof " + "no " * 60),)
    )
    _, postings = decoded(files([one, other]))["waterproof"]
    assert postings[0][1] > postings[1][1]


def test_very_common_words_keep_their_strongest_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_POSTINGS_PER_TERM", 10)
    weak = [
        Document(id=f"i{n}", site_path=f"{n}", question=PublicText("other"), answers=(PublicText("the"),))
        for n in range(50)
    ]
    strong = [Document(id=f"j{n}", site_path=f"{n}", question=PublicText("the"), answers=()) for n in range(10)]
    count, postings = decoded(files([*weak, *strong]))["the"]
    assert count == 60
    assert [number for number, _ in postings] == list(range(50, 60))


def test_a_new_document_at_the_end_touches_only_the_shards_of_its_terms() -> None:
    documents, new = made(1500, vocabulary=20_000), made(1, seed=2)[0]
    before, after = files(documents), files([*documents, new])
    changed = [name for name in after if name not in before and name.startswith("terms-")]
    own = {new.id, *text_terms(f"{new.question} {new.answers[0]}", "english")}
    touched = [name for name in changed if own & decoded(only(after, name)).keys()]
    assert 0 < len(changed) < len(before) * 0.6
    assert len(changed) - len(touched) <= 3  # where a new word is, a shard may be cut
    assert [name for name in after if name not in before and name.startswith("topics-")] == [
        name for name in after if name.startswith("topics-23-")
    ]


def only(content: dict[str, bytes], name: str) -> dict[str, bytes]:
    hashed = name.removeprefix("terms-").removesuffix(".bin")
    return {"meta.json": json.dumps({"terms": hashed}).encode(), name: content[name]}


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 400, 401])
def test_any_number_of_documents(count: int) -> None:
    content = files(made(count))
    meta = json.loads(content["meta.json"])
    assert meta["documents"] == count
    assert len(names(meta["topics"])) == -(-count // 64)
    assert len(names(meta["passages"])) == -(-count // 400)
    assert set(content) == {
        "meta.json",
        f"facets-{meta['facets']}.bin",
        *(f"terms-{name}.bin" for name in names(meta["terms"], 10)),
        *(f"topics-{n}-{name}.json" for n, name in enumerate(names(meta["topics"]))),
        *(f"passages-{n}-{name}.json" for n, name in enumerate(names(meta["passages"]))),
        *(f"spelling-{name}.bin" for _, name in meta["spelling"]),
    }


def test_the_same_documents_give_the_same_bytes() -> None:
    assert list(build_index(made(200), language="en")) == list(build_index(made(200), language="en"))


def test_each_document_is_stemmed_by_its_own_language_else_by_the_site_language() -> None:
    none = Document(id="1", site_path="a", question=PublicText("widgets"))
    german = Document(id="2", site_path="b", question=PublicText("Antworten"), language="de-AT")
    turkish = Document(id="3", site_path="c", question=PublicText("cihazlar"), language="tr")
    found = decoded(files([none, german, turkish], "en-GB"))
    assert {"widget", "antwort", "cihazlar"} <= set(found)
    assert "widget" in decoded(files([none], "de"))


def test_meta_holds_the_rules_of_the_languages_of_the_site_only_its_own_first() -> None:
    texts = {"nl": "lampen", "de": "Lampen", "tr": "lambalar"}
    documents = [Document(id=c, site_path=c, question=PublicText(t), language=c) for c, t in texts.items()]
    meta = json.loads(files(documents, "en")["meta.json"])
    expected = [STEMMERS[name] for name in ("english", "dutch", "german", "none")]
    assert meta["stemmers"] == json.loads(json.dumps(expected))


def test_language_files_have_a_bit_for_each_document() -> None:
    languages = ["", "de-AT", "en", *[""] * 20, "de"]
    documents = [
        Document(id=f"i{n}", site_path=f"{n}", question=PublicText("x"), language=language)
        for n, language in enumerate(languages)
    ]
    content = files(documents)
    names = json.loads(content["meta.json"])["languages"]
    held = {
        code: [n for n in range(24) if int.from_bytes(content[f"language-{name}.bin"], "little") >> n & 1]
        for code, name in names.items()
    }
    assert held == {"de": [1, 23], "en": [0, 2, *range(3, 23)]}
    assert json.loads(files(documents[:1])["meta.json"])["languages"] == {}


def test_a_new_document_touches_the_bits_of_its_own_language_only() -> None:
    documents = [
        Document(id=f"i{n}", site_path=f"{n}", question=PublicText("x"), language="de" if n % 3 else "")
        for n in range(80)
    ]
    new = Document(id="new", site_path="new", question=PublicText("x"), language="de")
    before, after = files(documents), files([*documents, new])
    changed = [name for name in after if name not in before and name.startswith("language-")]
    assert [name[: len("language-0")] for name in changed] == ["language-0"]  # de, en


def test_astral_and_hostile_terms_survive() -> None:
    text = "\U00020000\U00020001\U00020002 \U00020000\U00020001\U00020003 𐐷𐐷a 𐐷𐐷b __proto__ \ud800 x\x00y"
    found = decoded(files([Document(id="1", site_path="a", question=PublicText(text))]))
    assert set(found) == {"1", *posting_terms(text, "english")}
