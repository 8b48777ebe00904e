"""Names: one word per idea, as the glossary of ARCHITECTURE.md has it, and every public name explained."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from example import ROOT

PACKAGE = ROOT / "faq_builder"
MODULES = sorted(PACKAGE.rglob("*.py"))
# turns of phrase that a reader has to read twice; they were common here once
OLD_WORDS = re.compile(
    r"\b(?:anew|mends?|mended|as many as pay|the way back|such as are|those of which|is not here any more)\b",
    re.IGNORECASE,
)


def names(path: Path) -> set[str]:
    """Return the names that a module defines at its top level."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    return (
        defined
        | {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        | {
            node.target.id
            for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
    )


def glossary() -> dict[str, str]:
    """Return the name in the code for each word of the glossary."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    return dict(re.findall(r"^\| ([^|`]+?) \| [^|]+ \| `(\w+)` \|$", text, re.MULTILINE))


def test_every_word_of_the_glossary_is_a_name_in_the_code() -> None:
    words, known = glossary(), set().union(*map(names, MODULES))
    assert len(words) >= 25
    assert [name for name in words.values() if name not in known] == []


def test_a_word_of_the_glossary_is_part_of_its_name_or_of_the_docstring() -> None:
    missing = []
    for word, name in glossary().items():
        stems = {re.sub(r"[^a-z]", "", part.lower())[:6] for part in word.split(", ")}
        plain = re.sub(r"[^a-z]", "", name.lower())
        if not any(stem in plain for stem in stems) and word not in docstring_of(name):
            missing.append(word)
    assert missing == []


def docstring_of(name: str) -> str:
    """Return the docstring of a class or function, in lower case."""
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
                return (ast.get_docstring(node) or "").lower()
    return ""


def test_no_class_name_occurs_twice() -> None:
    counts = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in counts.items() if count > 1] == []


def undocumented(path: Path) -> Iterator[str]:
    """Yield the public names of a module that have no docstring, and the module itself if it has none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield path.name
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, ast.FunctionDef) and not part.name.startswith("_") and not ast.get_docstring(part):
                    yield f"{node.name}.{part.name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    assert list(undocumented(path)) == []


PROSE = [
    *MODULES,
    *sorted((ROOT / "docs/pages").glob("*.md")),
    *sorted(path for path in (ROOT / "theme").rglob("*") if path.suffix in {".js", ".html"}),
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")),
]


@pytest.mark.parametrize("path", PROSE, ids=lambda p: str(p.relative_to(ROOT)))
def test_old_turns_of_phrase_do_not_come_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [match[0] for match in OLD_WORDS.finditer(text)] == []


@pytest.mark.parametrize("path", [p for p in PROSE if p.suffix == ".md"], ids=lambda p: p.name)
def test_lines_of_prose_end_before_120_characters(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    prose = (line for line in text.splitlines() if not line.startswith(("|", "    ", "![")) and "](" not in line)
    assert [line for line in prose if len(line) > 120] == []
