"""Twenty merges through the real CI pipelines: after each publication every site path ever published still works.

`Company.publish` checks that, checks the ledger on the main branch, and checks that a second run changes nothing.
"""

from pathlib import Path

from company import Change, Company, decide, delete, edit, export, thread, write


def test_twenty_merges_lose_nothing(moving_company: Company) -> None:
    company = moving_company
    first = company.publish()
    assert first.code == 0, first.log
    assert len(company.questions()) == 26

    change_threads(company)
    merge_two_in_parallel(company)
    add_decisions(company)
    lose_content(company)
    make_mistakes(company)
    assert company.merges >= 20
    assert len(company.published.promised) > 30


def propose_and_publish(company: Company, branch: str, *changes: Change) -> None:
    """Propose changes that pass the check, merge and publish them."""
    preview = company.propose(branch, *changes)
    assert preview.code == 0, preview.log
    company.merge(branch)
    done = company.publish()
    assert done.code == 0, done.log


# changes of content --------------------------------------------------------------------------------------------------


def change_threads(company: Company) -> None:
    """Add threads and a page, and change the title of a thread."""
    propose_and_publish(company, "tent", thread("tent", "Does it run in a tent?"))
    assert "Does it run in a tent?" in company.questions()
    propose_and_publish(
        company,
        "lend",
        thread("lend", "May I lend it to my neighbour?"),
        thread("gift", "Can it be wrapped as a gift?"),
    )

    propose_and_publish(
        company, "retitle", edit("content/threads/red.md", "shatter in the rain", "break on the balcony")
    )
    assert "Why did my red widget break on the balcony?" in company.page("why-did-my-red-widget-shatter-in-the-rain")

    propose_and_publish(company, "page", write("content/pages/shipping.md", "# Shipping\n\nBy bicycle.\n"))
    assert "shipping" in company.published.promised


def merge_two_in_parallel(company: Company) -> None:
    """Merge two branches from the same base before either is published; one job publishes both."""
    base = company.head()
    for name, title in (("wool", "Does wool clog the filter?"), ("sand", "Fine sand got into the gears")):
        preview = company.propose(name, thread(name, title), base=base)
        assert preview.code == 0, preview.log
        assert f"{title} (blog): a preview" in preview.report
    company.merge("wool")
    company.merge("sand")
    one = company.publish()
    other = company.publish()
    assert (one.code, other.code) == (0, 0), one.log + other.log
    assert {"Does wool clog the filter?", "Fine sand got into the gears"} <= company.questions()

    # and somebody merges while the ledger is about to be pushed
    company.propose("snow", thread("snow", "Snow on the lid, sweep it off?"))
    company.propose("mice", thread("mice", "Mice chewed the cable"))
    company.merge("snow")
    company.person("fetch", "--quiet", "origin")
    company.person("checkout", "--quiet", "--detach", "origin/main")
    company.person("merge", "--quiet", "--no-edit", "origin/mice")
    once = company.person.folder.parent / "merged-meanwhile"
    push = f"env -u GIT_DIR git -C {company.person.folder} push --quiet origin HEAD:main"
    done = company.publish(hook=f"[ -e {once} ] || {{ touch {once}; {push}; }}\n")
    assert done.code == 0, done.log
    assert "main changed during attempt" in done.log
    assert {"Snow on the lid, sweep it off?", "Mice chewed the cable"} <= company.questions()
    company.merges += 1


def add_decisions(company: Company) -> None:
    """Add and remove decisions and an opt-out."""
    propose_and_publish(company, "same", decide("gifts", "same: [blog:lend#comment-1, blog:gift#comment-1]"))
    assert len(company.questions() & {"May I lend it to my neighbour?", "Can it be wrapped as a gift?"}) == 1

    propose_and_publish(company, "hide", decide("smoke", "hide: blog:smoke#comment-1"))
    assert "White smoke rises during the first minutes" not in company.questions()

    opt_out = 'version: 1\npeople:\n  - source: se\n    id: "61"\n    remove: text\n'
    propose_and_publish(company, "optout", write("content/optout.yml", opt_out))
    assert "Can a magpie steal the antenna?" not in company.questions()

    propose_and_publish(company, "unhide", delete("content/decisions/smoke.yml"))
    assert "White smoke rises during the first minutes" in company.questions()


# what must be accepted -----------------------------------------------------------------------------------------------


def lose_content(company: Company) -> None:
    """Shrink an export, which `faq lock` refuses, and delete a thread, which the gate refuses, until accepted."""
    preview = company.propose("shrink", export(range(1)))
    assert preview.code == 1
    assert "source se lost 2 of its 3 answered topics" in preview.report
    company.merge("shrink")
    assert "--accept-loss se" in refused(company)
    assert company.publish(FAQ_ACCEPT_LOSS="blog").code == 1
    accepted = company.publish(FAQ_ACCEPT_LOSS="se")
    assert accepted.code == 0, accepted.log
    assert "Where is the fuse?" not in company.questions()

    preview = company.propose("delete", delete("content/threads/kettle.md"))
    assert preview.code == 1
    assert "FAQ775" in preview.report
    company.merge("delete")
    log = refused(company)
    assert "warning[FAQ305]" in log
    assert "error[FAQ775]: source blog lost 1" in log
    accepted = company.publish(FAQ_ACCEPT_LOSS="blog")
    assert accepted.code == 0, accepted.log

    company.propose("gone", delete("content/pages/shipping.md"))
    company.merge("gone")
    assert "error[FAQ774]: a page of the published site is missing" in refused(company, FAQ_ACCEPT_LOSS="blog se")
    propose_and_publish(company, "back", write("content/pages/shipping.md", "# Shipping\n\nWe do not ship any more.\n"))


def refused(company: Company, **settings: str) -> str:
    """Run a job that must not publish and return its log."""
    done = company.publish(**settings)
    assert done.code == 1, done.log
    return done.log


# mistakes -------------------------------------------------------------------------------------------------------------


def make_mistakes(company: Company) -> None:
    """Commit to the main branch itself, merge a broken file, commit a ledger with conflict markers."""
    company.commit(thread("juice", "Orange juice on the keypad"))
    done = company.publish()
    assert done.code == 0, done.log
    assert "Orange juice on the keypad" in company.questions()

    company.propose("broken", write("content/threads/juice.md", "---\ntitle: Juice: where?\n---\n"))
    company.merge("broken")
    assert "content/threads/juice.md:2: error[" in refused(company)
    propose_and_publish(company, "repaired", thread("juice", "Orange juice on the buttons"))

    company.commit(leave_conflict_markers)
    done = company.publish()
    assert done.code == 0, done.log
    assert "warning[FAQ643]" in done.log
    assert "<<<<<<<" not in company.person("--git-dir", str(company.host.origin), "show", "main:content/ledger.jsonl")


def leave_conflict_markers(folder: Path) -> None:
    """Leave the ledger as after a merge that somebody committed without looking."""
    ledger = folder / "content/ledger.jsonl"
    head, *lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    marked = ["<<<<<<< HEAD\n", head, "=======\n", *lines[-2:], ">>>>>>> theirs\n"]
    ledger.write_text("".join((*marked, *lines)), encoding="utf-8")
