"""Each dependency is explained in CONTRIBUTING.md."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_dependency_is_explained() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = declared["project"], declared["dependency-groups"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["meaning"]]
    needed += [need for group in groups.values() for need in group if isinstance(need, str)]
    names = {re.split(r"[\s<>=!~;\[]", need, maxsplit=1)[0] for need in needed}
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Dependencies")[1]
    explained = set(re.findall(r"[\w-]+", " ".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE))))
    assert names - explained == set()
