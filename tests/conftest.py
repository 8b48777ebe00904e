"""Fixtures of many rooms: the example site, built once, and the real exports, if they are on this machine."""

from pathlib import Path

import pytest
from hypothesis import settings

from example import SHARED, copy_example

settings.register_profile("no deadline", deadline=None)  # on a busy machine the time of an example says nothing
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built example site."""
    from faq_builder.cli import main  # noqa: PLC0415 - tests of single rooms do not need the whole package

    folder = tmp_path_factory.mktemp("example")
    config = copy_example(folder)
    assert main(["build", "-f", str(config)]) == 0
    return folder / "site"


@pytest.fixture(scope="session")
def real() -> Path:
    """Return the folder of real exports; skip the test if it is missing."""
    folder = SHARED / "real"
    if not folder.is_dir():
        pytest.skip("../shared/real is not here")
    return folder
