"""The gate accepts a build as the first publication only if the branch never had a ledger."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from company import Company, delete, started, thread, write
from hosts import GitHub
from published import Published

from scratch_git import Git

NO_SUCH_NAME = "https://answers.invalid/"  # RFC 2606: it never resolves
RESOLVES = "git@localhost:x.git"  # the URL of a remote whose host name resolves, also without DNS
FIRST = "this is the first publication"
LEDGER = "content/ledger.jsonl"


@dataclass(frozen=True)
class Site:
    """A working copy with a built site that was never published, and the web server of its URL."""

    git: Git
    published: Published

    def gate(self, answer: tuple[int, bytes] = (404, b""), **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the gate while the web server gives this status and body."""
        self.published.answer = answer
        return Git(self.git.folder, self.git.environment | settings).run("sh", "ci/gate.sh", "site")


@pytest.fixture(scope="module")
def built(path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a working copy with a built site."""
    folder = tmp_path_factory.mktemp("first")
    with started((GitHub,), path, folder) as company:
        git = Git(company.person.folder, company.person.environment | {"PATH": path})
        assert git.run("faq", "build").returncode == 0
        yield Site(git, company.published)


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    """Return the built site in a working copy for one test; the branch has no ledger."""
    folder = tmp_path / "clone"
    shutil.copytree(built.git.folder, folder)
    return Site(Git(folder, built.git.environment), built.published)


def passing_line(result: subprocess.CompletedProcess[str]) -> str:
    """Check that the gate accepts a first publication; return the line that says so."""
    assert result.returncode == 0, result.stdout + result.stderr
    (line,) = [line for line in result.stdout.splitlines() if line.startswith(FIRST)]
    return line


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """Check that the gate refuses the build; return its errors."""
    assert result.returncode == 1
    assert FIRST not in result.stdout
    assert "error: the published manifest cannot be downloaded" in result.stderr
    return result.stderr


# what the URL answers -------------------------------------------------------------------------------------------------


def test_404_without_a_ledger_is_a_first_publication(site: Site) -> None:
    assert "faq-manifest.json answers 404, and the branch never had a ledger" in passing_line(site.gate())


def test_a_host_name_that_does_not_resolve_is_a_first_publication(site: Site) -> None:
    for url in ("http://localhost/x.git", "https://faq:x@localhost:8443/x.git", "ssh://git@localhost/x", RESOLVES):
        site.git("remote", "set-url", "origin", url)
        assert "the host name in https://answers.invalid/faq-manifest.json does not resolve" in passing_line(
            site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME)
        )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://git.invalid/x.git", "git.invalid, the host of the remote origin, does not resolve either"),
        ("git@git.invalid:x.git", "git.invalid, the host of the remote origin, does not resolve either"),
        ("http://127.0.0.1/x.git", "the remote origin has no host name"),
        ("ssh://git@[::1]/x.git", "the remote origin has no host name"),
        ("/srv/git/x.git", "the remote origin has no host name"),
    ],
)
def test_without_a_name_that_resolves_dns_may_be_down(url: str, message: str, site: Site) -> None:
    site.git("remote", "set-url", "origin", url)
    errors = refusal(site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME))
    assert message in errors
    assert "FAQ_FIRST" in errors
    assert site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME, FAQ_FIRST="true").returncode == 0
    passing_line(site.gate())


def test_without_a_remote_dns_may_be_down(site: Site) -> None:
    site.git("remote", "remove", "origin")
    assert "the remote origin has no host name" in refusal(site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME))


@pytest.mark.parametrize("status", [403, 500, 503])
def test_any_status_but_404_is_refused(site: Site, status: int) -> None:
    assert f"faq-manifest.json answers {status}" in refusal(site.gate((status, b"")))


def test_a_redirect_to_a_name_that_does_not_resolve_is_refused(site: Site) -> None:
    assert "does not answer" in refusal(site.gate((302, NO_SUCH_NAME.encode())))


def test_a_refused_connection_is_no_answer(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "curl: (7)" in refusal(site.gate(FAQ_PUBLISHED_URL=f"http://127.0.0.1:{closed.getsockname()[1]}/"))


def test_a_time_out_is_no_answer(site: Site, tmp_path: Path) -> None:
    one_second = "retry-max-time = 1\nspeed-time = 1\nspeed-limit = 1\n"  # curl reads it beside its arguments
    (tmp_path / ".curlrc").write_text(one_second, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "curl: (28)" in refusal(site.gate(FAQ_PUBLISHED_URL=url, CURL_HOME=str(tmp_path)))


def test_a_tls_error_is_no_answer(site: Site) -> None:
    assert "curl: (35)" in refusal(site.gate(FAQ_PUBLISHED_URL=site.published.url.replace("http:", "https:")))


# what the history says ------------------------------------------------------------------------------------------------


def test_a_ledger_that_is_not_committed_does_not_count(site: Site) -> None:
    write(LEDGER, "")(site.git.folder)
    passing_line(site.gate())


def test_a_deleted_ledger_counts(site: Site) -> None:
    commit_ledger(site.git)
    assert "the branch has or had a ledger" in refusal(site.gate())
    site.git("rm", "--quiet", LEDGER)
    site.git("commit", "--quiet", "-m", "Away with it")
    assert "the branch has or had a ledger" in refusal(site.gate())
    site.git("remote", "set-url", "origin", RESOLVES)
    assert "the branch has or had a ledger" in refusal(site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME))
    forced = site.gate(FAQ_FIRST="true")
    assert forced.returncode == 0
    assert "this counts as the first publication: FAQ_FIRST is set" in forced.stdout


def test_a_ledger_that_was_added_and_deleted_on_a_merged_branch_counts(site: Site) -> None:
    site.git("checkout", "--quiet", "-b", "side")
    commit_ledger(site.git)
    site.git("rm", "--quiet", LEDGER)
    site.git("commit", "--quiet", "-m", "Away with it")
    site.git("checkout", "--quiet", "main")
    site.git("merge", "--quiet", "--no-ff", "--no-edit", "side")
    assert "the branch has or had a ledger" in refusal(site.gate())


def test_a_shallow_clone_is_refused(site: Site, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    site.git("clone", "--quiet", "--depth", "1", f"file://{site.git.folder}", str(shallow))
    shutil.copytree(site.git.folder / "site", shallow / "site")
    assert "the clone is shallow" in refusal(Site(Git(shallow, site.git.environment), site.published).gate())


def test_a_folder_without_a_repository_is_refused(site: Site) -> None:
    shutil.rmtree(site.git.folder / ".git")
    errors = refusal(site.gate())
    assert "this folder is no git repository" in errors
    assert "shallow" not in errors


def commit_ledger(git: Git) -> None:
    """Commit a ledger."""
    write(LEDGER, "{}\n")(git.folder)
    git("add", LEDGER)
    git("commit", "--quiet", "-m", "Lock new topics")


# the jobs -------------------------------------------------------------------------------------------------------------


def test_the_jobs_publish_a_site_whose_name_does_not_resolve_yet(company: Company) -> None:
    company.host.by_ssh = True
    preview = company.propose("address", write("mkdocs.yml", site_at(company, NO_SUCH_NAME)))
    assert preview.code == 0, preview.log
    assert FIRST in preview.log
    company.merge("address")
    done = company.host.publish()
    assert done.code == 0, done.log
    assert FIRST in done.log
    assert company.rows()
    again = company.host.publish()
    assert again.code == 1, "the ledger was pushed, so something was published"


def test_a_pull_request_older_than_the_ledger_of_its_target_is_refused(company: Company) -> None:
    base = company.head()
    assert company.publish().code == 0
    company.commit(delete(LEDGER))
    company.published.answer = (404, b"")
    preview = company.propose("behind", thread("tent", "Is it tight?"), base=base)
    assert preview.code == 1
    assert "the branch has or had a ledger" in preview.log


def site_at(company: Company, url: str) -> str:
    """Return the configuration with another site_url."""
    text = (company.person.folder / "mkdocs.yml").read_text(encoding="utf-8")
    return text.replace(company.published.url, url)
