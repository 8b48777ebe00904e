"""Single situations of both CI pipelines: the report of a pull request, and what stops a job from publishing."""

import json
import re
import subprocess
from pathlib import Path

from company import Company, thread, write
from hosts import GitHub, GitLab

BROKEN = write("content/threads/broken.md", "---\ntitle: Why: why?\n---\n")


def test_a_pull_request_reports_everything_at_once(company: Company) -> None:
    assert company.publish().code == 0
    preview = company.propose("mixed", BROKEN, thread("tent", "Is it tight?"), lock_by_hand)
    assert preview.code == 1
    assert "error: content/ledger.jsonl was changed" in preview.log
    assert "content/threads/broken.md:2: error[" in preview.log
    assert "- Is it tight? (blog): a preview; its URL is not permanent yet" in preview.report
    assert list((preview.folder / "site/q").glob("is-it-tight/index.html"))
    if isinstance(company.host, GitHub):
        assert "::error file=content/threads/broken.md,line=2,title=FAQ4" in preview.log
        assert preview.summary == preview.report
    else:
        records = json.loads((preview.folder / "reports/code-quality.json").read_text(encoding="utf-8"))
        assert {"path": "content/threads/broken.md", "lines": {"begin": 2}} in [r["location"] for r in records]
        assert preview.report in preview.log


def lock_by_hand(folder: Path) -> None:
    """Add a ledger row for a topic that does not exist, as a `faq lock` on a branch may do."""
    row = '{"id": "x", "slug": "x", "members": ["blog:x"], "published": "2026-01-01", "changed": "2026-01-01"}\n'
    with (folder / "content/ledger.jsonl").open("a", encoding="utf-8") as file:
        file.write(row)


def test_a_pull_request_that_is_behind_is_compared_as_if_merged(company: Company) -> None:
    base = company.head()
    company.commit(thread("new", "Somebody else was faster"))
    assert company.publish().code == 0
    preview = company.propose("behind", thread("tent", "Is it tight?"), base=base)
    assert preview.code == 0, preview.log
    assert "1 page added." in preview.report


def test_a_pull_request_that_cannot_be_merged_says_so(gitlab_company: Company) -> None:
    company = gitlab_company  # GitHub runs no pipeline for it
    base = company.head()
    company.commit(thread("red", "One title"))
    preview = company.propose("other", thread("red", "Another title"), base=base)
    assert preview.code == 1
    assert "error: the branch cannot be merged into main" in preview.log


def test_nothing_is_published_if_the_ledger_cannot_be_pushed(github_company: Company) -> None:
    done = github_company.publish(hook="exit 1\n")
    assert done.code == 1
    assert "error: the ledger cannot be pushed to main" in done.log
    assert done.log.count("reading ...") == 2, "one lock and one build, not five"


# the published manifest ----------------------------------------------------------------------------------------------

NOWHERE = "http://127.0.0.1:1/"  # a port on which nobody answers


def test_the_gate_refuses_unless_the_published_site_answers(github_company: Company) -> None:
    company = github_company
    done = company.publish()
    assert done.code == 0, done.log

    def gate(answer: tuple[int, bytes] | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
        company.published.answer = answer
        environment = {"PATH": company.host.path, **settings}
        return subprocess.run(
            ["sh", "ci/gate.sh", "site"], cwd=done.folder, env=environment, capture_output=True, text=True, check=False
        )

    assert gate().returncode == 0
    assert gate(FAQ_FIRST="true").returncode == 0, "FAQ_FIRST does no harm on a published site"
    assert "Nothing changes for readers." in (done.folder / "reports/changes.md").read_text(encoding="utf-8")
    assert "faq-manifest.json answers 403" in refusal(gate((403, b"")))
    assert "faq-manifest.json answers 404" in refusal(gate((404, b""))), (
        "there is a ledger, so this is not the first time"
    )
    assert "does not answer" in refusal(gate(FAQ_PUBLISHED_URL=NOWHERE))
    assert "error[FAQ771]" in refusal(gate((200, b"<!doctype html><title>Log in</title>")))
    assert "error[FAQ771]" in refusal(gate((200, b"<!doctype html><title>Log in</title>"), FAQ_FIRST="true"))
    assert gate((404, b""), FAQ_FIRST="true").returncode == 0
    assert gate(FAQ_PUBLISHED_URL=NOWHERE, FAQ_FIRST="true").returncode == 0

    change_site_url(done.folder, company.published.url, NOWHERE)
    assert "does not answer" in refusal(gate()), "site_url names a host where the site is not published yet"
    moved = gate(FAQ_PUBLISHED_URL=company.published.url)
    assert moved.returncode == 0
    assert "warning[FAQ776]" in moved.stderr
    change_site_url(done.folder, NOWHERE, "")
    assert "set site_url in mkdocs.yml" in refusal(gate())


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """Check that the gate refuses the build; return its errors."""
    assert result.returncode == 1
    return result.stderr


def change_site_url(folder: Path, old: str, new: str) -> None:
    """Change the URL in a built site, as a build with another site_url would."""
    manifest = folder / "site/faq-manifest.json"
    text = manifest.read_text(encoding="utf-8")
    assert text.count(old) == 1
    manifest.write_text(text.replace(old, new), encoding="utf-8")


# the files -----------------------------------------------------------------------------------------------------------


def test_jobs_check_out_the_whole_history() -> None:
    checkouts = [
        step for job in GitHub.file["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")
    ]
    assert [step["with"]["fetch-depth"] for step in checkouts] == [0, 0]
    assert GitLab.file["variables"]["GIT_DEPTH"] == "0"


def test_github_publishes_what_passed_the_gate_and_nothing_else() -> None:
    jobs = GitHub.file["jobs"]
    steps = [step.get("run") or step["uses"] for step in jobs["publish"]["steps"]]
    gated = next(n for n, step in enumerate(steps) if "sh ci/publish.sh main site" in step)
    assert [re.sub("@.*", "", step) for step in steps[gated + 1 :]] == [
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert jobs["publish"]["steps"][gated + 1]["with"] == {"path": "site"}
    assert not any("if" in step for step in jobs["publish"]["steps"])
    assert jobs["publish"]["concurrency"] == {"group": "faq-publish", "cancel-in-progress": False}
    assert GitHub.file["permissions"] == {"contents": "read"}
    assert "permissions" not in jobs["check"]


def test_gitlab_publishes_what_passed_the_gate_and_nothing_else() -> None:
    pages = GitLab.file["pages"]
    assert pages["script"][-1] == 'sh ci/publish.sh "$CI_DEFAULT_BRANCH" public'
    assert pages["artifacts"] == {"paths": ["public"]}
    assert pages["resource_group"] == "faq-publish"
    assert "when" not in pages["artifacts"], "a failed job publishes nothing"
