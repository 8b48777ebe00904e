"""The merges of each setting, with examples of what it adds."""

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.staff.tune import try_settings
from thread_samples import a_thread, findings_and_groups

SHATTERED = "Why did my red widget shatter in the rain yesterday?"
THREADS = (
    a_thread("1", SHATTERED),
    a_thread("2", SHATTERED, day=1),
    a_thread("3", "Why is my red widget shattering in the rain yesterday?", day=2),
    a_thread("4", "Why did my red widget turn pink in the sun?", day=3),
    a_thread("90", "How do I clean the brass hinges of an old cabinet?"),
    a_thread("91", "Where can invoices be downloaded as spreadsheet?"),
    a_thread("92", "Does the hub support a second antenna?"),
)


def test_each_setting_shows_what_it_adds_to_the_one_before() -> None:
    groupings = {
        level.value: findings_and_groups(THREADS, rules=GroupRules(merge=level, suggest=0.2))[0]
        for level in (MergeLevel.OFF, MergeLevel.CERTAIN, MergeLevel.LIKELY)
    }
    off, certain, likely = try_settings(groupings)
    assert (off.name, off.topics, off.merged) == ("off", len(THREADS), 0)
    assert (certain.name, certain.topics, certain.merged) == ("certain", len(THREADS) - 1, 1)
    assert [(str(e.asked), str(e.also)) for e in certain.examples] == [(SHATTERED, SHATTERED)]
    assert (likely.topics, likely.merged) == (len(THREADS) - 2, 2)
    assert ["shattering" in str(e.also) for e in likely.examples] == [True]  # the other merge is `certain`


def test_the_least_similar_examples_are_shown() -> None:
    grouping, _ = findings_and_groups(THREADS, rules=GroupRules(merge=MergeLevel.LIKELY, suggest=0.2))
    all_of_them, (tried,) = try_settings({"likely": grouping})[0], try_settings({"likely": grouping}, most=1)
    assert tried.examples == all_of_them.examples[:1]
