"""The merges of each setting, with examples of what it adds."""

from faq_builder.config import GroupRules
from faq_builder.staff.tune import try_settings
from thread_samples import a_thread, findings_and_groups

SHATTERED = "Why did my red widget shatter in the rain yesterday?"
THREADS = (
    a_thread("1", SHATTERED),
    a_thread("2", SHATTERED, day=1),
    a_thread("3", "Why did my red widget shatter in the rain of last night?", day=2),
    a_thread("4", "Why did my red widget turn pink in the sun?", day=3),
    a_thread("90", "How do I clean the brass hinges of an old cabinet?"),
    a_thread("91", "Where can invoices be downloaded as spreadsheet?"),
    a_thread("92", "Does the hub support a second antenna?"),
)


def test_each_setting_shows_what_it_adds_to_the_one_before() -> None:
    settings = {"careful": 0.7, "eager": 0.3}
    groupings = {
        name: findings_and_groups(THREADS, rules=GroupRules(merge=merge, suggest=0.2))[0]
        for name, merge in settings.items()
    }
    careful, eager = try_settings(groupings)
    assert (careful.name, careful.topics, careful.merged) == ("careful", 6, 1)
    assert [(str(e.asked), str(e.also)) for e in careful.examples] == [(SHATTERED, SHATTERED)]
    assert eager.merged > careful.merged
    assert eager.topics + eager.merged == careful.topics + careful.merged == len(THREADS)
    shown = [str(e.also) for e in eager.examples]
    assert SHATTERED not in shown  # the careful setting has this merge already
    assert "rain of last night" in "".join(shown)
    assert [e.score for e in eager.examples] == sorted(e.score for e in eager.examples)


def test_the_least_similar_examples_are_shown() -> None:
    grouping, _ = findings_and_groups(THREADS, rules=GroupRules(merge=0.3, suggest=0.2))
    all_of_them, (tried,) = try_settings({"eager": grouping})[0], try_settings({"eager": grouping}, most=1)
    assert tried.examples == all_of_them.examples[:1]
