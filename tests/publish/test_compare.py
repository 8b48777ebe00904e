"""Two manifests compared: what happens at each site path, what counts as a loss, and how the report describes it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.base.diagnostics import Severity, worst_severity
from faq_builder.publish.gate import ChangeKind, compare_manifests, gate_report
from faq_builder.publish.manifest import Manifest, ManifestPage, PageKind, read_manifest, write_manifest


def topic(
    name: str, *threads: str, question: str = "Why?", fingerprint: str = "1", unlocked: bool = False
) -> ManifestPage:
    """A topic whose id and site path come from its name."""
    keys = threads or (f"forum:{name}",)
    return ManifestPage(
        site_path=f"q/{name}/",
        kind=PageKind.TOPIC,
        id=name,
        question=question,
        threads=tuple(sorted(keys)),
        fingerprint=fingerprint,
        unlocked=unlocked,
    )


def redirect(name: str, target: str) -> ManifestPage:
    return ManifestPage(site_path=f"q/{name}/", kind=PageKind.REDIRECT, target=target)


def withdrawn(name: str) -> ManifestPage:
    return ManifestPage(site_path=f"q/{name}/", kind=PageKind.WITHDRAWN, id=name)


def a_list(site_path: str) -> ManifestPage:
    return ManifestPage(site_path=site_path, kind=PageKind.LIST)


def manifest(*pages: ManifestPage, site_url: str = "https://faq.example/") -> Manifest:
    return Manifest(site_url=site_url, pages=tuple(sorted(pages, key=lambda page: page.site_path)))


B = topic("b")
CASES = {
    "nothing happens": (topic("a"), topic("a"), None),
    "added": (None, topic("a"), ChangeKind.ADDED),
    "another answer": (topic("a"), topic("a", fingerprint="2"), ChangeKind.CHANGED),
    "retitled": (topic("a"), topic("a", question="How?"), ChangeKind.CHANGED),
    "merged": (topic("a"), redirect("a", "q/b/"), ChangeKind.MERGED),
    "led to the open questions": (topic("a"), redirect("a", "open/"), ChangeKind.REDIRECTED),
    "led elsewhere": (redirect("a", "open/"), redirect("a", "q/b/"), ChangeKind.REDIRECTED),
    "a redirect that is new": (None, redirect("a", "q/b/"), ChangeKind.REDIRECTED),
    "withdrawn": (topic("a"), withdrawn("a"), ChangeKind.WITHDRAWN),
    "still withdrawn": (withdrawn("a"), withdrawn("a"), None),
    "back again": (withdrawn("a"), topic("a"), ChangeKind.RETURNED),
    "split again": (redirect("a", "q/b/"), topic("a"), ChangeKind.RETURNED),
    "gone": (topic("a"), None, ChangeKind.LOST),
    "a redirect that is gone": (redirect("a", "q/b/"), None, ChangeKind.LOST),
    "a withdrawn page that is gone": (withdrawn("a"), None, ChangeKind.LOST),
    "a list that is gone": (a_list("tags/a/"), None, ChangeKind.LIST_REMOVED),
    "a list that is new": (None, a_list("tags/a/"), None),
}


@pytest.mark.parametrize("case", CASES)
def test_what_happens_at_a_site_path(case: str) -> None:
    before, after, kind = CASES[case]
    old = manifest(*([before] if before else []), B, a_list("open/"))
    new = manifest(*([after] if after else []), B, a_list("open/"))
    changes, findings = compare_manifests(old, new, ())
    assert [change.kind for change in changes.changes] == ([kind] if kind else [])
    assert ("FAQ774" in {f.code for f in findings}) == (kind is ChangeKind.LOST)


def lost(old: Manifest, new: Manifest) -> dict[str, int]:
    return {loss.source: loss.unexplained for loss in compare_manifests(old, new, ())[0].losses}


def test_merging_and_splitting_lose_nothing() -> None:
    apart = manifest(topic("a", "forum:1"), topic("b", "blog:2"))
    together = manifest(topic("a", "forum:1", "blog:2"), redirect("b", "q/a/"))
    assert lost(apart, together) == {}
    assert lost(together, apart) == {}


def test_a_source_whose_questions_others_answer_too_is_missed_all_the_same() -> None:
    old = manifest(topic("a", "forum:1", "blog:2"), topic("b", "forum:3", "blog:4"))
    new = manifest(topic("a", "blog:2"), topic("b", "blog:4"))
    assert lost(old, new) == {"forum": 2}


def test_one_of_several_threads_of_a_source_is_no_lost_topic() -> None:
    assert lost(manifest(topic("a", "forum:1", "forum:2")), manifest(topic("a", "forum:2"))) == {}


@pytest.mark.parametrize(("before", "now", "unexplained"), [(0, 0, 1), (0, 1, 0), (1, 1, 1), (1, 2, 0)])
def test_what_people_took_out_since_is_explained(before: int, now: int, unexplained: int) -> None:
    old = replace(manifest(topic("a")), taken_out={"a": {"forum": before}})
    new = replace(manifest(withdrawn("a")), taken_out={"a": {"forum": now}, "b": {"forum": 7}})
    assert lost(old, new) == {"forum": unexplained}


def test_one_decision_explains_one_thread() -> None:
    old = manifest(topic("a", "forum:1", "forum:2"))
    new = replace(manifest(withdrawn("a")), taken_out={"a": {"forum": 1}})
    assert lost(old, new) == {"forum": 1}


def test_a_redirect_must_lead_somewhere() -> None:
    _, findings = compare_manifests(manifest(), manifest(redirect("a", "q/b/")), ())
    assert [f.code for f in findings] == ["FAQ778"]


def test_everything_accepted_still_loses_no_site_path() -> None:
    _, findings = compare_manifests(manifest(topic("a")), manifest(), {"forum"})
    assert [(f.code, f.level) for f in findings] == [("FAQ774", Severity.ERROR), ("FAQ775", Severity.INFO)]


# the report ----------------------------------------------------------------------------------------------------------


def test_questions_in_the_report_are_no_markup_and_call_nobody() -> None:
    text = gate_report(
        compare_manifests(manifest(), manifest(topic("a", question="Is [this](x) <b> @fred's #12 `or` _not_?")), ())[0]
    )
    (line,) = (line for line in text.splitlines() if "q/a/" in line)
    assert line == (
        "- [Is \\[this\\](x) \\<b\\> @\u2060fred's #\u206012 \\`or\\` \\_not\\_?](https://faq.example/q/a/) (forum)"
    )


def test_a_long_list_is_cut_and_counted() -> None:
    text = gate_report(compare_manifests(manifest(), manifest(*(topic(f"t{n}") for n in range(100))), ())[0])
    assert "## Added (100)" in text
    assert text.count("- [Why?]") == 40
    assert text.endswith("- and 60 more\n")


def test_without_an_address_of_its_own_the_site_is_reported_by_paths() -> None:
    text = gate_report(compare_manifests(manifest(), manifest(topic("a"), site_url=""), ())[0])
    assert "- Why? `q/a/` (forum)" in text


# laws ----------------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from("abcdefgh")
PAGES = st.one_of(
    st.builds(
        topic,
        NAMES,
        st.sampled_from(["forum:1", "forum:2", "blog:1", "blog:2"]),
        question=st.text(max_size=9),
        unlocked=st.booleans(),
    ),
    st.builds(redirect, NAMES, NAMES.map(lambda name: f"q/{name}/")),
    st.builds(withdrawn, NAMES),
    st.builds(a_list, NAMES.map(lambda name: f"tags/{name}/")),
)
MANIFESTS = st.lists(PAGES, unique_by=lambda page: page.site_path).map(lambda pages: manifest(*pages))


@given(MANIFESTS)
def test_what_is_written_is_read(made: Manifest) -> None:
    assert read_manifest(write_manifest(made), "it") == (made, ())


@given(MANIFESTS, MANIFESTS)
def test_nothing_passes_that_loses_an_address_or_an_answer(old: Manifest, new: Manifest) -> None:
    changes, findings = compare_manifests(old, new, ())
    placed = {key for page in new.topics for key in page.threads}
    kept = all(page.site_path in new.by_site_path for page in old.pages if page.kind is not PageKind.LIST)
    kept = kept and all(set(page.threads) <= placed for page in old.topics)  # here each topic has one thread
    kept = kept and all(page.target in new.by_site_path for page in new.pages if page.target)
    assert (worst_severity(findings) is not Severity.ERROR) == kept
    assert "must not be published" in gate_report(changes, findings) or kept


@given(st.binary(max_size=60))
def test_any_bytes_are_a_finding_at_worst(content: bytes) -> None:
    found, findings = read_manifest(content, "it")
    assert found is None
    assert len(findings) == 1


def test_other_leads_headlines_and_threads_are_read_first() -> None:
    """A changed lead comes before a changed headline, that before joined threads, and all before the rest."""
    before = manifest(
        replace(topic("text"), lead="forum:text#2"),
        topic("joined", "forum:1"),
        topic("merged"),
        replace(topic("headline", question="May it *rain*?"), lead="forum:headline#2"),
        replace(topic("lead"), lead="forum:lead#2"),
        topic("unknown"),
    )
    after = manifest(
        replace(topic("text", fingerprint="2"), lead="forum:text#2"),
        topic("joined", "forum:1", "blog:2"),
        redirect("merged", "q/joined/"),
        replace(topic("headline", question="Rain?"), lead="forum:headline#2"),
        replace(topic("lead"), lead="forum:lead#3", fingerprint="2"),
        replace(topic("unknown", fingerprint="2"), lead="forum:unknown#2"),
    )
    report = gate_report(compare_manifests(before, after, ())[0])
    first, rest = report[report.index("## Read these first (3)") :].split("| source |")
    lines = [line for line in first.splitlines() if line.startswith("- ")]
    assert ["another leading answer" in lines[0], "new headline" in lines[1]] == [True, True]
    assert "May it \\*rain\\*?" in lines[1]
    assert "1 thread from blog added" in lines[2]
    assert "## Merged (1)" in rest
    assert rest.count("new text") == 2, "an edited text, and a lead that an earlier release did not record"


def test_the_lead_survives_the_file() -> None:
    written = manifest(replace(topic("a"), lead="forum:a#2"), topic("b"))
    assert read_manifest(write_manifest(written), "x")[0] == written
