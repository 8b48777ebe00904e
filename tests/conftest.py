"""What many tests need: the example site, built once."""

import shutil
from pathlib import Path

import pytest


ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def copy_example(to: Path) -> Path:
    """A copy of the example's content and configuration; gives its mkdocs.yml."""
    shutil.copytree(ROOT / "content", to / "content", ignore=shutil.ignore_patterns("exports"))
    shutil.copy(ROOT / "mkdocs.yml", to)
    return to / "mkdocs.yml"


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built example site."""
    from faq_builder.cli import main  # noqa: PLC0415 - the tests of single rooms need not load all of them

    folder = tmp_path_factory.mktemp("example")
    config = copy_example(folder)
    assert main(["build", "-f", str(config)]) == 0
    return folder / "site"


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real exports; tests that need it skip where it is absent."""
    folder = SHARED / "real"
    if not folder.is_dir():
        pytest.skip("../shared/real is not here")
    return folder
