"""What many tests need: the example site, built once; the real exports, where they are."""

from pathlib import Path

import pytest
from hypothesis import settings

from example import SHARED, copy_example

settings.register_profile("no deadline", deadline=None)  # machines are busy: how long an example takes says nothing
settings.load_profile("no deadline")


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
