"""The requirement that `faq init` writes, so that CI installs the faq_builder that started the site.

Installers record where a package came from in `direct_url.json`, unless it came from a package index.
Spec: https://packaging.python.org/en/latest/specifications/direct-url/ (PEP 610)
"""

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import url2pathname

from faq_builder import __version__

WHEEL = f"faq_builder-{__version__}-py3-none-any.whl"
SOURCE_FOLDER = '{"url": "file:///", "dir_info": {}}'  # what an installer would record for a copy that is not installed

_NAME = "faq_builder[meaning]"
FROM_AN_INDEX = f"{_NAME}=={__version__}"
_NO_SECRET = re.compile(r"git|\$\{[\w-]+\}(?::\$\{[\w-]+\})?")  # as the spec says: the user of SSH, names of variables


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A line of requirements.txt, and the file that the line names, if it names one.

    `file` has to be beside requirements.txt; `source` is the path from which it was installed, None if it has to be
    built.
    """

    line: str
    file: str | None = None
    source: Path | None = None


def installed_from() -> str | None:
    """Return the text of `direct_url.json` of the running faq_builder; None if it came from a package index."""
    try:
        return distribution("faq_builder").read_text("direct_url.json")
    except PackageNotFoundError:
        return SOURCE_FOLDER


def requirement(direct_url: str | None) -> Requirement:
    """Return the requirement for the text of a `direct_url.json`, without local paths and passwords.

    `{"url": "https://git.example/faq.git", "vcs_info": {"vcs": "git", "commit_id": "1a2b", ...}}` gives
    `faq_builder[meaning] @ git+https://git.example/faq.git@1a2b`. A folder gives the wheel to be built from it.
    """
    if direct_url is None:
        return Requirement(line=FROM_AN_INDEX)
    origin = json.loads(direct_url)
    url = urlsplit(origin["url"])
    match origin:
        case {"vcs_info": {"vcs": vcs, "commit_id": commit}} if url.scheme != "file":
            return Requirement(line=f"{_NAME} @ {vcs}+{_without_secrets(url)}@{commit}{_subdirectory(origin)}")
        case {"archive_info": _} if url.scheme != "file":
            return Requirement(line=f"{_NAME} @ {_without_secrets(url)}{_subdirectory(origin)}")
        case {"archive_info": _}:
            return _beside(Path(url2pathname(url.path)))
        case _:
            return _beside(None)


def _beside(source: Path | None) -> Requirement:
    file = source.name if source else WHEEL
    return Requirement(line=f"./{file}[meaning]", file=file, source=source)


def _without_secrets(url: SplitResult) -> str:
    """Return a URL without what may be a secret: query, fragment, and user and password unless `_NO_SECRET` fits."""
    user, _, host = url.netloc.rpartition("@")
    return url._replace(netloc=url.netloc if _NO_SECRET.fullmatch(user) else host, query="", fragment="").geturl()


def _subdirectory(origin: dict[str, str]) -> str:
    """Return the subdirectory of the project in a repository or archive, as pip writes it."""
    return f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
