"""A company on each code host, with a site that a real web server publishes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from company import Company, started
from forked import faq_command
from hosts import GitHub, GitLab, commands

from scratch_git import environment, skip_without


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return a PATH with a quick `faq` command."""
    skip_without("git", "curl")
    folder = tmp_path_factory.mktemp("forked")
    with faq_command(folder, environment(folder)) as faq:
        yield commands(faq)


@pytest.fixture(params=[GitHub, GitLab], ids=["github", "gitlab"])
def company(request: pytest.FixtureRequest, path: str, tmp_path: Path) -> Iterator[Company]:
    """Give a company with a repository on a code host; nothing is published yet."""
    with started((request.param,), path, tmp_path) as company:
        yield company


@pytest.fixture
def github_company(path: str, tmp_path: Path) -> Iterator[Company]:
    """Give a company with a repository on GitHub."""
    with started((GitHub,), path, tmp_path) as company:
        yield company


@pytest.fixture
def gitlab_company(path: str, tmp_path: Path) -> Iterator[Company]:
    """Give a company with a repository on GitLab."""
    with started((GitLab,), path, tmp_path) as company:
        yield company


@pytest.fixture
def moving_company(path: str, tmp_path: Path) -> Iterator[Company]:
    """Give a company whose repository moves to the other code host at each merge."""
    with started((GitHub, GitLab), path, tmp_path) as company:
        yield company
