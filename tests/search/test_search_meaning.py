"""The meaning index: what a fit records, what a build makes of it, and what the client finds by it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from indexes import document, write_files
from numpy.typing import NDArray
from test_search_client import Client, found_slugs

from faq_builder.model import PublicText
from faq_builder.search import FOLDER, Document, build_index, has_drifted, read_fit, refresh_fit, train_fit, write_fit
from faq_builder.search.index import meaning
from faq_builder.search.index.embedding_shards import shard_key
from faq_builder.search.meaning.clusters import nearest_clusters
from faq_builder.search.meaning.hubness import topic_hubness
from faq_builder.search.meaning.pretrained import shipped_embeddings
from faq_builder.search.meaning.quantisation import (
    pack_four_bits,
    quantise,
    quantise_to_levels,
    topic_vectors_as_text,
    unpack_four_bits,
)

ALIKE = {
    "garden": "rain",
    "outdoors": "rain",
    "waterproof": "rain",
    "soap": "wash",
    "dirty": "wash",
    "clean": "wash",
    "wc": "wash",
}


class Synonyms:
    """An encoder that knows which words mean the same: a direction for each meaning."""

    name = "synonyms"

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        self.read += texts
        rows = np.array([sum(map(_direction, text.lower().split()), np.zeros(384)) for text in texts])
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return np.rint(4000 * rows / lengths).astype(np.int16)


class Idioms(Synonyms):
    """An encoder that knows that a hot dog is not a dog."""

    name = "idioms"

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        return super().encode([text.replace("hot dog", "garden garden garden") for text in texts])


def _direction(word: str) -> NDArray[np.float64]:
    known = word in ALIKE or word in ALIKE.values()
    return np.random.default_rng(list(ALIKE.get(word, word).encode())).normal(size=384) * (1 if known else 0.3)


TOPICS = [
    document("widget broken by rain", slug="rain"),
    document("is it waterproof", slug="waterproof"),
    document("garden", slug="garden"),
    document("keeping widgets outdoors", slug="outdoors"),
    document("how to wash", slug="wash"),
    document("soap for widgets", slug="soap"),
    document("price list", slug="price"),
    document("sending parcels abroad", slug="parcels"),
]


def many(count: int) -> list[Document]:
    words = [f"w{number:x}" for number in range(400)]
    random = np.random.default_rng(5)
    return [document(" ".join(random.choice(words, 6)), slug=f"t{n}") for n in range(count)]


def files(documents: Sequence[Document], fit=None) -> dict[str, bytes]:
    return {path.removeprefix(FOLDER): content for path, content in build_index(documents, language="en", fit=fit)}


def blocks(content: dict[str, bytes]) -> list[dict]:
    """Return the parsed files of topics in their order."""
    names = sorted((name for name in content if name.startswith("topics-")), key=lambda name: int(name.split("-")[1]))
    return [json.loads(content[name]) for name in names]


def test_meaning_finds_what_shares_no_word(client: Client, tmp_path: Path) -> None:
    index = write_files(build_index(TOPICS, language="en", fit=train_fit(TOPICS, Synonyms(), "en")), tmp_path)
    assert found_slugs(client, index, "garden", meaning=False) == ["garden"]
    found = found_slugs(client, index, "garden")
    assert found[0] == "garden"  # by the word and by the meaning
    assert {"rain", "waterproof", "outdoors"} <= set(found)
    assert not {"price", "parcels"} & set(found)


def test_two_letters_mean_nothing_yet(client: Client, tmp_path: Path) -> None:
    documents = [*TOPICS, document("wc", slug="wc")]
    index = write_files(build_index(documents, language="en", fit=train_fit(documents, Synonyms(), "en")), tmp_path)
    assert found_slugs(client, index, "wc", typing=True) == ["wc"]
    assert len(found_slugs(client, index, "wc")) > 1
    assert len(found_slugs(client, index, "soap", typing=True)) > 1


def test_a_word_of_two_known_words_means_both(client: Client, tmp_path: Path) -> None:
    fit = train_fit(TOPICS, Synonyms(), "en")
    index = write_files(build_index(TOPICS, language="en", fit=fit), tmp_path)
    assert found_slugs(client, index, "gardensoap")[0] in ("garden", "soap")
    assert found_slugs(client, index, "gardenqqqq") == []


def test_two_words_together_mean_what_they_mean_together(client: Client, tmp_path: Path) -> None:
    asked = [text for number in range(6) for text in (f"hot dog {number}", f"hot soap {number}", f"dirty dog {number}")]
    documents = [document(text, slug=text.replace(" ", "")) for text in (*asked, "garden", "wash", "hot garden dog")]
    fit = train_fit(documents, Idioms(), "en")
    assert "hot dog" in fit.embeddings.terms
    assert "garden dog" not in fit.embeddings.terms  # only once
    words_alone = replace(
        fit, embeddings=fit.embeddings.only({term for term in fit.embeddings.terms if " " not in term})
    )
    ranks = []
    for number, used in enumerate((fit, words_alone)):
        index = write_files(build_index(documents, language="en", fit=used), tmp_path / str(number))
        ranks.append(found_slugs(client, index, "sausage hot dog"))
    assert ranks[0] != ranks[1]


@pytest.mark.parametrize(
    ("bigram", "key"), [("red hat", "red hat"), ("the hat", "hat <the"), ("hat the", "hat the"), ("in the", "")]
)
def test_the_key_of_a_bigram_is_next_to_a_word_that_is_not_common(bigram: str, key: str) -> None:
    assert shard_key(bigram, {"the", "in"}) == key


def test_a_topic_among_many_has_more_hubness() -> None:
    topics = quantise(np.array([[5.0, 1, 0, 0], [5, 2, 0, 0], [5, 0, 1, 0], [0, 0, 0, 5]]))[0]
    hubness_of_topics = topic_hubness(topics, topics.astype(np.int64))
    assert min(hubness_of_topics[:3]) > 0 > hubness_of_topics[3]
    assert topic_hubness(topics[:1], topics[:1].astype(np.int64)).tolist() == [0]


def test_a_topic_with_more_hubness_has_to_be_nearer(client: Client, tmp_path: Path) -> None:
    fit = train_fit(TOPICS, Synonyms(), "en")
    hubness_of_topics = np.array([-127 if topic.id == "idoutdoors" else 127 for topic in TOPICS], dtype=np.int8)
    for number, hubness in enumerate((hubness_of_topics, -hubness_of_topics)):
        index = write_files(
            build_index(TOPICS, language="en", fit=replace(fit, hubness=hubness)), tmp_path / str(number)
        )
        assert (found_slugs(client, index, "clouds outdoors garden")[0] == "outdoors") == (number == 0)


def test_a_query_that_no_topic_asks_is_not_sure(client: Client, tmp_path: Path) -> None:
    """One matching word of one is enough, and so is the meaning; one matching word of many is not."""
    fit = train_fit(TOPICS, Synonyms(), "en")
    index = write_files(build_index(TOPICS, language="en", fit=fit), tmp_path)
    queries = ["parcels", "garden dirt", "waterproof widget", "qqq zzz xxx yyy vvv sending kkk jjj ppp", "qqq zzz"]
    answers = client(index=str(index), queries=queries)
    assert [answer["sure"] for answer in answers] == [True, True, True, False, True]
    assert answers[-1]["total"] == 0  # nothing is known of it, not even by meaning
    (by_words,) = client(index=str(index), queries=queries[3:4], meaning=False)
    assert by_words["sure"]


def test_word_files_are_the_same_without_a_fit() -> None:
    """Except files of topics, which with a fit have vectors with the result cards."""
    without, with_ = files(TOPICS), files(TOPICS, train_fit(TOPICS, Synonyms(), "en"))
    assert {name for name, content in without.items() if with_.get(name, content) != content} == {"meta.json"}
    assert {name.split("-")[0] for name in with_.keys() ^ without.keys()} == {"meaning", "topics"}
    assert [block["rows"] for block in blocks(without)] == [block["rows"] for block in blocks(with_)]


def test_a_build_with_a_fit_from_a_file_is_the_same() -> None:
    fit = train_fit(TOPICS, Synonyms(), "en")
    assert files(TOPICS, fit) == files(TOPICS, read_fit(write_fit(fit)))


def test_one_changed_topic_touches_its_own_files_only() -> None:
    documents = many(3_000)
    fit = train_fit(documents, Synonyms(), "en")
    before = files(documents, fit)
    documents[1234] = replace(documents[1234], question=PublicText("w1 w2 w3 garden"))
    after = files(documents, fit)
    changed = sorted(name for name in after if before.get(name) != after[name])
    kinds = [name.split("-")[0] for name in changed]
    assert kinds.count("topics") <= 2  # the block it is assigned to, and the cluster of its vector now
    assert kinds.count("rows") <= 1  # of a pretrained word
    assert kinds.count("terms") <= 6 + 4
    assert "meaning" not in kinds


def test_a_topic_that_is_not_recorded_has_the_vector_of_its_words(client: Client, tmp_path: Path) -> None:
    fit = train_fit(TOPICS, Synonyms(), "en")
    new = document("garden outdoors", slug="new")
    index = write_files(build_index([*TOPICS, new], language="en", fit=fit), tmp_path)
    assert "new" in found_slugs(client, index, "waterproof")


def test_embeddings_are_fitted_to_wordings_and_vectors_to_answers_too() -> None:
    """Queries are as short as wordings; training on answers would spoil the embeddings of their words."""
    answered = [replace(one, answers=(PublicText("zeppelins with soap"),)) for one in TOPICS]
    short, long = train_fit(TOPICS, Synonyms(), "en"), train_fit(answered, Synonyms(), "en")
    assert "zeppelin" not in long.embeddings.terms
    assert short.embeddings.terms == long.embeddings.terms
    vectors = [fit.vectors[:3].astype(float) @ fit.projection.T for fit in (short, long)]
    assert not np.allclose(*vectors)


def test_questions_without_a_word_have_a_fit() -> None:
    fit = train_fit([document("???", "use the garden hose", slug="a"), document("🎉", slug="b")], Synonyms(), "en")
    assert fit.embeddings.terms == ()
    assert files([document("???", slug="a")], fit)


def test_browsing_shows_the_newest_first_however_topics_are_numbered(client: Client, tmp_path: Path) -> None:
    documents = [replace(d, last_answered=date(2020, 1, 1) + timedelta(at)) for at, d in enumerate(many(300))]
    documents[7] = replace(documents[7], asked=2)
    fit = train_fit(documents, Synonyms(), "en")
    index = write_files(build_index(documents, language="en", fit=fit), tmp_path)
    assert found_slugs(client, index, "", options={"thorough": True})[:4] == ["t7", "t299", "t298", "t297"]


def test_topics_of_one_cluster_are_neighbours_and_added_ones_follow() -> None:
    documents = many(300)
    fit = train_fit(documents, Synonyms(), "en")
    assert len(set(fit.fitted_clusters.tolist())) > 2
    assert np.all(np.diff(fit.fitted_clusters) >= 0)
    assert np.mean(fit.fitted_clusters == nearest_clusters(fit.vectors, fit.centroids)) > 0.9
    assert sorted(fit.ids) == sorted(d.id for d in documents)
    new = document("garden dirt", slug="new")
    later = refresh_fit(fit, [new, *documents[1:]], Synonyms())
    assert later.ids == (*(id_ for id_ in fit.ids if id_ != documents[0].id), "idnew")
    *fitted, last = blocks(files([new, *documents[1:]], later))
    assert len(fitted) == len(fit.centroids)
    assert [row[0] for row in last["rows"]] == ["garden dirt"]
    assert sum(len(block["rows"]) for block in fitted) == 299


def test_no_cluster_holds_most_topics_however_alike_they_are() -> None:
    alike = [document("garden hose", slug=f"alike{number}") for number in range(900)]
    silent = [document("???", slug=f"silent{number}") for number in range(300)]
    fit = train_fit([*many(300), *alike, *silent], Synonyms(), "en")
    sizes = np.bincount(fit.fitted_clusters, minlength=len(fit.centroids))
    assert sizes.max() <= 80  # twice 36, and a few that are nearest to one half of a cluster of equal topics


def test_a_topic_whose_vector_moved_is_spilled_into_its_new_cluster(client: Client, tmp_path: Path) -> None:
    documents = [*many(300), *TOPICS]
    fit = train_fit(documents, Synonyms(), "en")
    moved = replace(documents[10], question=PublicText("rain"))
    changed = [*documents[:10], moved, *documents[11:]]
    for used in (fit, refresh_fit(fit, changed, Synonyms())):
        content = files(changed, used)
        spilled = [card for block in blocks(content) for card in block["guests"]]
        ((number, row),) = spilled
        (assigned,) = (row for block in blocks(content) for row in block["rows"] if row[0] == str(moved.question))
        assert assigned[:-1] == row
        assert assigned[-1] == next(at for at, block in enumerate(blocks(content)) if block["guests"])
        assert [*used.ids, *(d.id for d in changed)][number] == moved.id
        index = write_files(build_index(changed, language="en", fit=used), tmp_path / str(used is fit))
        assert moved.site_path.split("/")[1] in found_slugs(client, index, "outdoors")
        assert found_slugs(client, index, "rain")[0] == moved.site_path.split("/")[1]


def test_each_topic_is_assigned_to_one_block_and_has_its_vector_in_one() -> None:
    documents = many(400)
    fit = train_fit(documents[:300], Synonyms(), "en")
    silent = replace(documents[5], question=PublicText("???"))
    now = [*documents[:5], silent, *documents[6:20], *documents[40:]]
    found = blocks(files(now, fit))
    assert sorted(row[0] for block in found for row in block["rows"]) == sorted(str(d.question) for d in now)
    counts = [len(block["crowds"]) for block in found]
    assert sum(counts) == len(now) - 1  # one topic has no known word
    assert counts[len(fit.centroids) :] == [0] * (len(found) - len(fit.centroids))
    assert [len(block["vectors"]) for block in found] == [count * 128 for count in counts]


def test_only_new_and_reworded_topics_are_encoded() -> None:
    fit = train_fit(TOPICS, Synonyms(), "en")
    encoder = Synonyms()
    reworded = replace(TOPICS[3], wordings=(PublicText("left in the garden"),))
    later = refresh_fit(fit, [*TOPICS[:3], reworded, *TOPICS[4:7], document("a new one", slug="new")], encoder)
    assert encoder.read == ["keeping widgets outdoors", "left in the garden", "a new one"]
    assert later.ids[-1] == "idnew"
    assert later.ids.count(TOPICS[7].id) == 0
    assert np.array_equal(later.vectors[:3], fit.vectors[:3])
    assert np.array_equal(later.centroids, fit.centroids)


def test_a_name_that_was_removed_is_in_no_file() -> None:
    named = [*TOPICS, *(document("what did zaphodium price say", slug=f"named{number}") for number in range(2))]
    fit = train_fit(named, Synonyms(), "en")
    assert {"zaphodium", "zaphodium pric"} <= set(fit.embeddings.terms)
    assert not any(b"zaphod" in content for content in files(TOPICS, fit).values())
    later = refresh_fit(fit, TOPICS, Synonyms())
    assert not any("zaphod" in term for term in (*later.embeddings.terms, *later.common_terms))


def test_a_fit_has_drifted_after_more_than_a_fifth() -> None:
    documents = many(100)
    fit = train_fit(documents, Synonyms(), "en")
    assert not has_drifted(fit, documents)
    assert not has_drifted(fit, documents + many(120)[100:])
    assert has_drifted(fit, documents + many(121)[100:])


def test_numbers_are_packed_without_loss() -> None:
    vectors = np.random.default_rng(1).integers(-7, 8, size=(50, 128)).astype(np.int8)
    assert np.array_equal(unpack_four_bits(pack_four_bits(vectors)), vectors)
    text = topic_vectors_as_text(np.array([[-4, -4, 4, 4], [2, -2, 2, -1]], dtype=np.int8))
    assert text == "#t[]"  # without the backslash between the last two
    assert json.dumps(text) == f'"{text}"'
    small, units = quantise(np.full((1, 4), 10.0))
    assert np.allclose(small * units[:, None], 10, rtol=0.2)


@pytest.mark.parametrize(("bits", "levels", "least"), [(2, [-10, -3, 3, 10], 0.9), (1, [-1, 1], 0.75)])
def test_few_bits_a_value_suffice_to_find_the_nearest(bits: int, levels: list[int], least: float) -> None:
    vectors = np.random.default_rng(1).integers(-7, 8, size=(50, 128)).astype(np.int8)
    shifts = range(0, 8, bits)
    codes = np.stack([quantise_to_levels(vectors, bits) >> shift & 2**bits - 1 for shift in shifts], axis=2).reshape(
        50, 128
    )
    found = np.array(levels)[codes]
    assert np.array_equal(found < 0, vectors < 0)
    cosines = (found * vectors).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > least
    assert quantise_to_levels(np.zeros((1, 8), dtype=np.int8), bits).shape == (1, bits)


def test_one_bit_a_value_suffices_for_many_clusters(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [*many(600), *TOPICS]
    fit = train_fit(documents, Synonyms(), "en")
    monkeypatch.setattr(meaning, "MAX_TWO_BIT_CENTROIDS", 3)
    index = write_files(build_index(documents, language="en", fit=fit), tmp_path)
    assert json.loads((index / "meta.json").read_bytes())["meaning"]["bits"] == 1
    assert "outdoors" in found_slugs(client, index, "garden")[:4]


def test_pretrained_embeddings_know_common_words() -> None:
    known = shipped_embeddings().vectors(["garden", "outdoor", "music"])
    lengths = np.linalg.norm(known, axis=1)
    cosines = (known @ known.T) / np.outer(lengths, lengths)
    assert cosines[0, 1] > cosines[0, 2]
