"""What the machine may put together: one language, one that the engine reads, and questions that say something."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from faq_builder.base.diagnostics import UsageError
from faq_builder.config import Config, GroupRules, MergeLevel
from faq_builder.group.question_groups import ComparedQuestion, group_questions
from faq_builder.pipeline import engine
from faq_builder.similarity import Comparison, Constraints, LexicalEngine, LinkageThresholds, Thresholds
from faq_builder.similarity.dense import DenseVectors
from faq_builder.similarity.encoder import UNIT

LIKELY = GroupRules(merge=MergeLevel.LIKELY)


@dataclass(frozen=True)
class Everything:
    """An engine that reads English and takes every text for the same as every other."""

    name: str = "everything"
    keys: LinkageThresholds = field(
        default_factory=lambda: LinkageThresholds(mean=0.6, single_pair=0.8, group_pair=0.7)
    )

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(merge=self.keys, suggest=0.5)

    def supports(self, text: str, language: str) -> bool:
        return language == "en"

    def compare(
        self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int
    ) -> Comparison:
        vectors = DenseVectors(rows=np.full((len(texts), 1), UNIT, dtype=np.int16))
        pairs = vectors.pairs(least, near, most)
        return Comparison(vectors=vectors, merge_pairs=pairs, near_pairs=pairs)


def groups(*titles: str, language: str = "en", rules: GroupRules = LIKELY) -> tuple[tuple[int, ...], ...]:
    asked = [ComparedQuestion(title=title, text=title, language=language) for title in titles]
    return group_questions(asked, Everything(), rules).groups.members


def test_similarity_alone_merges_nothing() -> None:
    assert groups("The lamp is dark", "My light went out") == ((0,), (1,))


@pytest.mark.parametrize("empty", ["help pls", "Question", "it does not work!!", "???"])
def test_a_wording_that_says_nothing_is_no_key(empty: str) -> None:
    assert groups("The lamp is dark", empty, empty) == ((0,), (1,), (2,))


def test_a_language_that_the_engine_does_not_read_is_left_to_people() -> None:
    question = "Warum ist meine Lampe heute dunkel?"
    asked = [
        ComparedQuestion(title=text, text=text, language="de")
        for text in (question, question, "Hallo Welt, wie geht es?")
    ]
    found = group_questions(asked, Everything(), GroupRules())
    assert found.groups.members == ((0,), (1,), (2,))
    assert [(one, other) for one, other, _ in found.suggested.rows()] == [(0, 1)]


def test_languages_are_never_merged() -> None:
    asked = [ComparedQuestion(title="Lamp is dark", text="Lamp", language=language) for language in ("en", "de", "en")]
    assert group_questions(asked, Everything(), GroupRules()).groups.members == ((0, 2), (1,))


def test_the_region_of_a_language_does_not_matter() -> None:
    asked = [
        ComparedQuestion(title="Lamp is dark", text="Lamp", language=language)
        for language in ("en", "en-GB", "en_US", "EN")
    ]
    assert group_questions(asked, Everything(), GroupRules()).groups.members == ((0, 1, 2, 3),)


def test_lookalikes_stay_apart_through_a_third() -> None:
    titles = ("Install the agent on Windows", "Installing the agent", "Install the agent on a Mac")
    assert groups(*titles) == ((0,), (1,), (2,))


def test_products_are_kept_apart() -> None:
    bodies = ("I have a Brumo.", "Mine is the Calyx.")
    asked = [ComparedQuestion(title="Pairing fails daily", text="", language="en", body=body) for body in bodies]
    assert group_questions(asked, Everything(), LIKELY).groups.members == ((0, 1),)
    products = replace(LIKELY, products=("Brumo", "Calyx"))
    assert group_questions(asked, Everything(), products).groups.members == ((0,), (1,))


@pytest.mark.parametrize(
    ("level", "merged"), [("off", ((0,), (1,), (2,))), ("certain", ((0, 1), (2,))), ("likely", ((0, 1, 2),))]
)
def test_each_level_merges_more(level: str, merged: tuple[tuple[int, ...], ...]) -> None:
    titles = ("Changing the lamp shade", "changing lamp-shade!", "Change the lamp shade")
    assert groups(*titles, rules=GroupRules(merge=MergeLevel(level))) == merged


def test_a_closed_question_is_merged_with_nothing() -> None:
    asked = [ComparedQuestion(title="The lamp is dark", text="", language="en")] * 3
    found = group_questions(asked, Everything(), LIKELY, Constraints(closed=[1]))
    assert found.groups.members == ((0, 2), (1,))


def test_an_encoder_that_is_not_there_is_wrong_use(tmp_path) -> None:
    config = Config(root=tmp_path, path=tmp_path / "mkdocs.yml", group=GroupRules(encoder=tmp_path / "none"))
    with pytest.raises(UsageError) as caught:
        engine(config)
    assert [finding.code for finding in caught.value.diagnostics] == ["FAQ110"]
    assert isinstance(engine(replace(config, group=GroupRules(meaning=False))), LexicalEngine)
