"""The client on a host that fails, and on one that publishes a new index."""

import bisect
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from indexes import names, write_files
from test_search_meaning import TOPICS, Synonyms, many

from faq_builder.search import build_index, train_fit

HOST = Path(__file__).parent / "failing_host.mjs"
ALL = [*many(900), *TOPICS]
SITE_PATHS = {str(topic.question): topic.site_path for topic in ALL}
EVERYTHING = {"limit": 400}


def searched(*steps: dict[str, Any]) -> Any:
    node = shutil.which("node")
    if node is None and not os.environ.get("CI"):
        pytest.skip("node is not on this machine")
    assert node
    made = subprocess.run([node, HOST], input=json.dumps({"steps": steps}), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(tmp_path_factory.mktemp("index"), ALL)


def made(folder: Path, topics) -> str:
    return str(write_files(build_index(topics, language="en", fit=train_fit(topics, Synonyms(), "en")), folder))


def shard_of(index: str, term: str) -> str:
    """Return the fingerprint in the name of the shard with a term."""
    meta = json.loads(Path(index, "meta.json").read_text())
    return names(meta["terms"], 10)[bisect.bisect(meta["first"], term) - 1]


def block_of(index: str, site_path: str) -> tuple[str, set[str]]:
    """Return the name of the block with a topic's result card, and the site paths of all its cards."""
    for path in Path(index).glob("topics-*"):
        shown = {SITE_PATHS[row[0]] for row in json.loads(path.read_text())["rows"]}
        if site_path in shown:
            return path.name, shown
    raise AssertionError(site_path)


def test_what_was_loaded_is_still_found_offline(index: str) -> None:
    online, offline = {"index": index, "query": "garden"}, {"index": index, "query": "garden", "failing": "."}
    filtered = {**offline, "options": {"filters": {"tag": ["soap"]}}}
    first, again, failed, after = searched(online, offline, filtered, offline)
    assert first[0] == ["q/garden/"]
    assert len(first[1]) > 1
    assert first[:2] == again[:2] == after[:2]
    assert failed == [None, None, True, None]


def test_a_search_without_its_meaning_looks_for_a_new_index(index: str) -> None:
    known, asked = {"index": index, "query": "price"}, {"index": index, "query": str(ALL[7].question)}
    first, without, again = searched(known, {**asked, "failing": "^rows"}, asked)
    assert first[1]
    assert without[0][0] == "q/t7/"
    assert without[1:] == [without[0], True, True]  # the words have to do
    assert again[1][0] == "q/t7/"
    assert again[2:] == [False, False]


def test_a_missing_block_hides_only_its_own_result_cards(index: str) -> None:
    asked = {"index": index, "query": "w3 garden", "options": EVERYTHING}
    ((whole, with_meaning, *_),) = searched(asked)
    name, shown = block_of(index, whole[0])
    assert {*whole} - shown
    (failed, after) = searched({**asked, "failing": f"^{name}"}, asked)
    left = [site_path for site_path in with_meaning if site_path not in shown]
    assert failed == [left, None, True, True]
    assert after[:2] == [whole, with_meaning]  # it is asked for again
    (failed,) = searched({**asked, "failing": f"^{name}", "options": {"limit": 2}})
    assert failed[0] == left[:2]  # others take their place


def test_a_missing_cluster_hides_only_its_own_topics_from_the_meaning(index: str) -> None:
    asked = {"index": index, "query": "outdoors"}
    ((whole, with_meaning, *_),) = searched(asked)
    name, shown = block_of(index, "q/outdoors/")
    assert {*with_meaning} - {*whole}
    assert {*with_meaning} <= shown
    (failed,) = searched({**asked, "failing": f"^topics(?!{name[6:]})"})  # the other near clusters
    assert failed == [whole, with_meaning, True, True]


@pytest.mark.parametrize("failing", ["^(meaning|rows)", "^meaning", "^rows"])
def test_the_word_index_works_without_the_meaning_index(index: str, failing: str) -> None:
    for query in ("outdoors", "outdors", "w3 garden"):
        (whole,) = searched({"index": index, "query": query})
        (without,) = searched({"index": index, "query": query, "failing": failing})
        assert without[0] == whole[0], query
        assert without[3]


def test_words_are_not_corrected_without_the_spelling_files(index: str) -> None:
    asked = {"index": index, "query": "outdors price"}
    mended, without = searched(asked)[0], searched({**asked, "failing": "^spelling"})[0]
    assert {"q/outdoors/", "q/price/"} <= {*mended[0]}
    assert "q/price/" in without[0]
    assert "q/outdoors/" not in without[0]
    assert without[3]


def test_a_missing_shard_hides_only_its_own_words(index: str) -> None:
    lost = shard_of(index, "garden")
    assert lost != shard_of(index, "w3")
    asked = {"index": index, "query": "garden w3"}
    failed, after = searched({**asked, "failing": f"{lost}|^meaning"}, asked)
    assert failed[0]
    assert "q/garden/" not in failed[0]
    assert failed[3]
    assert "q/garden/" in after[0]
    assert not after[3]


def test_words_that_could_not_be_looked_up_are_not_reported_as_unknown(index: str) -> None:
    asked = {"index": index, "query": "w3"}
    failed, _, after = searched({**asked, "failing": "^(terms|meaning)"}, {"index": index, "query": "garden"}, asked)
    assert failed[0] is None
    assert after[0]


def test_offline_the_topics_that_were_loaded_are_shown(index: str) -> None:
    asked = {"index": index, "query": "w3", "options": {**EVERYTHING, "typing": True}}  # two letters, without meaning
    ((whole, *_),) = searched(asked)
    first, failed = searched({**asked, "options": {"typing": True, "limit": 1}}, {**asked, "failing": "."})
    assert first[0] == whole[:1]
    assert failed[0][0] == whole[0]
    assert len(failed[0]) < len(whole)
    assert failed[3]


@pytest.mark.parametrize("query", ["w3", "outdors", "w3 garden"])
def test_nothing_is_missing_after_a_new_index_was_published(index: str, tmp_path: Path, query: str) -> None:
    new = made(tmp_path, ALL[7:])
    _, reloaded = searched({"index": index, "query": "price"}, {"index": new, "query": query})
    (alone,) = searched({"index": new, "query": query})
    assert reloaded[1] or reloaded[0] == alone[1]
    assert reloaded[0] in alone[:2]
    assert reloaded[2:] == [True, False]
