"""The bundle of the search client: what it makes of the modules, and which modules it refuses."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from faq_builder.render.client import bundled_client
from faq_builder.render.templates import theme_folder

ASSETS = theme_folder() / "assets/faq"
OWN = {p.relative_to(ASSETS).as_posix(): p.read_text(encoding="utf-8") for p in ASSETS.rglob("*.js")}
MODULES = {
    "search.js": 'import { sum, twice } from "./math/numbers.js";\nimport {\n  SIZE,\n} from "./sizes.js";\n'
    "const SECRET = 1;\nexport function start() {\n  return [sum(SIZE, SECRET), twice(4)].join();\n}\n",
    "math/numbers.js": 'import { SIZE } from "../sizes.js";\nconst SECRET = 100;\n'
    "export function sum(a, b) {\n  return a + b;\n}\n"
    "function twice(n) {\n  return n * SIZE * SECRET;\n}\n\nexport { twice };\n",
    "sizes.js": "export const SIZE = 2;\n",
    "other.js": "export const OTHER = 3;\n",
}


def test_equal_names_do_not_clash_and_what_is_not_imported_is_left_out(tmp_path: Path) -> None:
    made = bundled_client(MODULES)
    assert made is not None
    text, parts = made
    assert parts == {"math/numbers.js", "sizes.js"}
    assert "OTHER" not in text
    if node := shutil.which("node"):
        (tmp_path / "one.mjs").write_text(f"{text}console.log(start());\n", encoding="utf-8")
        shown = subprocess.run([node, tmp_path / "one.mjs"], capture_output=True, text=True, check=True).stdout
        assert shown == "3,800\n"


@pytest.mark.parametrize(
    "module",
    [
        "export default 2;\n",
        "export let SIZE = 2;\n",  # its later values would not be seen
        'import all from "./other.js";\nexport const SIZE = 2;\n',
        'import { OTHER as O } from "./other.js";\nexport const SIZE = 2;\n',
        'import { gone } from "./not-there.js";\nexport const SIZE = 2;\n',
        'import { start } from "./search.js";\nexport const SIZE = 2;\n',  # a cycle
    ],
)
def test_modules_in_other_forms_are_not_bundled(module: str) -> None:
    assert bundled_client(MODULES | {"sizes.js": module}) is None


@pytest.mark.parametrize(
    ("module", "bundled"),
    [
        ("// why\nexport const SIZE = 2; // two\n", "const SIZE = 2; // two\n"),
        ("/**\n * One * two.\n */\nexport const SIZE = 2;\n", "const SIZE = 2;\n"),
        ("export const SIZE = 2; /** two */\n", "const SIZE = 2; /** two */\n"),
        ("// why\nexport const SIZE = `\n// no comment\n`;\n", "// why\nconst SIZE = `\n// no comment\n`;\n"),
    ],
)
def test_comments_on_lines_of_their_own_are_left_out(module: str, bundled: str) -> None:
    made = bundled_client({"search.js": 'import { SIZE } from "./sizes.js";\nexport { SIZE };\n', "sizes.js": module})
    assert made is not None
    assert f"(() => {{\n{bundled}return {{ SIZE }};" in made[0]


def test_our_own_modules_are_bundled() -> None:
    made = bundled_client(OWN)
    assert made is not None
    text, parts = made
    assert parts | {"search.js", "ui/misses.js", "loader.js", "404.js"} == OWN.keys()
    assert re.findall(r"^(?:import|export) .*", text, re.MULTILINE) == ["export function start(meta) {"]
    assert set(re.findall(r'import\("\./(.+?)"\)', text)) == {"ui/misses.js"}
