"""When the gate takes a build for the first publication: never after one that the history of the branch knows of."""

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
FIRST = "this is the first publication"
LEDGER = "content/ledger.jsonl"


@dataclass(frozen=True)
class Site:
    """A working copy with a built site that was never published, and the web server of its address."""

    git: Git
    published: Published

    def gate(self, answer: tuple[int, bytes] = (404, b""), **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the gate while the web server gives an answer."""
        self.published.answer = answer
        return Git(self.git.folder, self.git.environment | settings).run("sh", "ci/gate.sh", "site")


@pytest.fixture(scope="module")
def built(path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("first")
    with started((GitHub,), path, folder) as company:
        git = Git(company.person.folder, company.person.environment | {"PATH": path})
        assert git.run("faq", "build").returncode == 0
        yield Site(git, company.published)


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    """The built site in a working copy of its own, the branch has no ledger."""
    folder = tmp_path / "clone"
    shutil.copytree(built.git.folder, folder)
    return Site(Git(folder, built.git.environment), built.published)


def passes(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout + result.stderr
    (line,) = [line for line in result.stdout.splitlines() if line.startswith(FIRST)]
    return line


def shut(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 1
    assert FIRST not in result.stdout
    assert "error: the published manifest cannot be downloaded" in result.stderr
    return result.stderr


# what the address answers ---------------------------------------------------------------------------------------------


def test_nothing_is_found_at_the_address(site: Site) -> None:
    assert "faq-manifest.json answers 404, and the branch never had a ledger" in passes(site.gate())


def test_the_name_of_the_address_does_not_resolve(site: Site) -> None:
    assert "the host name in https://answers.invalid/faq-manifest.json does not resolve" in passes(
        site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME)
    )


@pytest.mark.parametrize("status", [403, 500, 503])
def test_another_answer_than_not_found_says_nothing(site: Site, status: int) -> None:
    assert f"faq-manifest.json answers {status}" in shut(site.gate((status, b"")))


def test_a_site_that_leads_to_a_name_that_does_not_resolve(site: Site) -> None:
    assert "does not answer" in shut(site.gate((302, NO_SUCH_NAME.encode())))


def test_a_refused_connection(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "curl: (7)" in shut(site.gate(FAQ_PUBLISHED_URL=f"http://127.0.0.1:{closed.getsockname()[1]}/"))


def test_a_time_out(site: Site, tmp_path: Path) -> None:
    patience = (
        "retry-max-time = 1\nspeed-time = 1\nspeed-limit = 1\n"  # curl reads it besides its arguments: one second
    )
    (tmp_path / ".curlrc").write_text(patience, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "curl: (28)" in shut(site.gate(FAQ_PUBLISHED_URL=url, CURL_HOME=str(tmp_path)))


def test_a_tls_error(site: Site) -> None:
    assert "curl: (35)" in shut(site.gate(FAQ_PUBLISHED_URL=site.published.url.replace("http:", "https:")))


# what the history knows -----------------------------------------------------------------------------------------------


def test_a_ledger_that_is_only_written_is_not_committed(site: Site) -> None:
    write(LEDGER, "")(site.git.folder)
    passes(site.gate())


def test_a_ledger_that_was_deleted_again(site: Site) -> None:
    commit_ledger(site.git)
    assert "the branch has or had a ledger" in shut(site.gate())
    site.git("rm", "--quiet", LEDGER)
    site.git("commit", "--quiet", "-m", "Away with it")
    assert "the branch has or had a ledger" in shut(site.gate())
    assert "the branch has or had a ledger" in shut(site.gate(FAQ_PUBLISHED_URL=NO_SUCH_NAME))
    forced = site.gate(FAQ_FIRST="true")
    assert forced.returncode == 0
    assert "this counts as the first publication: FAQ_FIRST is set" in forced.stdout


def test_a_ledger_that_came_and_went_on_a_merged_branch(site: Site) -> None:
    site.git("checkout", "--quiet", "-b", "side")
    commit_ledger(site.git)
    site.git("rm", "--quiet", LEDGER)
    site.git("commit", "--quiet", "-m", "Away with it")
    site.git("checkout", "--quiet", "main")
    site.git("merge", "--quiet", "--no-ff", "--no-edit", "side")
    assert "the branch has or had a ledger" in shut(site.gate())


def test_a_shallow_clone_does_not_know(site: Site, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    site.git("clone", "--quiet", "--depth", "1", f"file://{site.git.folder}", str(shallow))
    shutil.copytree(site.git.folder / "site", shallow / "site")
    assert "the clone is shallow" in shut(Site(Git(shallow, site.git.environment), site.published).gate())


def test_without_a_repository_nobody_knows(site: Site) -> None:
    shutil.rmtree(site.git.folder / ".git")
    shut(site.gate())


def commit_ledger(git: Git) -> None:
    write(LEDGER, "{}\n")(git.folder)
    git("add", LEDGER)
    git("commit", "--quiet", "-m", "Lock new topics")


# the jobs -------------------------------------------------------------------------------------------------------------


def test_the_jobs_of_a_site_whose_name_is_not_there_yet(company: Company) -> None:
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


def test_a_pull_request_from_before_the_ledger_of_its_target(company: Company) -> None:
    base = company.head()
    assert company.publish().code == 0
    company.commit(delete(LEDGER))
    company.published.answer = (404, b"")
    preview = company.propose("behind", thread("tent", "Is it tight?"), base=base)
    assert preview.code == 1
    assert "the branch has or had a ledger" in preview.log


def site_at(company: Company, url: str) -> str:
    """The configuration with another address."""
    text = (company.person.folder / "mkdocs.yml").read_text(encoding="utf-8")
    return text.replace(company.published.url, url)
