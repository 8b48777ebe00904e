"""The layers of the package: a module imports from lower rooms only, and formats never from each other."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "faq_builder"

# from the ground up: the order of the pipeline
FLOORS = (
    "base",
    "model",
    "config",
    "similarity",
    "ledger",
    "read",
    "redact",
    "decisions",
    "answer",
    "group",
    "render",
    "search",
    "publish",
    "pipeline",
    "staff",
    "plugin",
    "cli",
    "__main__",
)
FLOOR = {room: number for number, room in enumerate(FLOORS)}
SEARCH_FLOORS = ("documents", "text", "meaning", "index")  # the folders of `search`, from the ground up


def modules() -> list[Path]:
    """Return all modules except the package's own __init__.py."""
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name != "__init__.py")


def room_of(path: Path) -> str:
    """Return the room of a module: its top folder, or its name if it lies in no folder."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms that a module imports from."""
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""]
            if node.module == "faq_builder":
                names = [f"faq_builder.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "faq_builder" and len(parts) > 1 and parts[1] != "__version__":
                rooms.add(parts[1])
    return rooms


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_from_lower_floors_only(path: Path) -> None:
    room = room_of(path)
    assert room in FLOOR, f"{room} has no floor: add it to the table"
    for other in imported_rooms(path) - {room}:
        assert FLOOR[other] < FLOOR[room], f"{room} imports {other}, which is not below it"


def test_the_rooms_are_tied_by_few_arrows() -> None:
    arrows = {(room_of(path), other) for path in modules() for other in imported_rooms(path) - {room_of(path)}}
    assert 50 < len(arrows) <= 100, "an arrow is a pair of rooms of which one imports the other"


def test_the_package_holds_rooms_and_the_pipeline_only() -> None:
    present = {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert present == {f"{room}.py" if room in ("pipeline", "__main__") else room for room in FLOORS} | {
        "__init__.py",
        "py.typed",
        "starter",
    }


def test_the_architecture_shows_these_floors() -> None:
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)(?:/|\.py)?` \|", text, re.MULTILINE)
    assert tuple(row for row in rows if row != "starter") == FLOORS


@pytest.mark.parametrize("path", sorted((PACKAGE / "search").glob("*/*.py")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_folder_of_the_search_imports_from_lower_ones_only(path: Path) -> None:
    floor = SEARCH_FLOORS.index(path.parent.name)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("faq_builder.search."):
            folder = (node.module or "").split(".")[2]
            assert SEARCH_FLOORS.index(folder) <= floor, f"{path} imports {node.module}"


def test_similarity_knows_nothing_of_threads() -> None:
    for path in (PACKAGE / "similarity").rglob("*.py"):
        assert imported_rooms(path) <= {"similarity"}, path


def test_formats_do_not_import_each_other() -> None:
    files = {path.stem: path for path in (PACKAGE / "read" / "formats").glob("*.py")}
    formats = {name for name, path in files.items() if "\nFORMAT = " in path.read_text(encoding="utf-8")}
    assert {"discourse", "stackexchange"} <= formats, "so that the next lines can fail"
    for name, path in files.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if name != "__init__" and isinstance(node, ast.ImportFrom):
                other = (node.module or "").removeprefix("faq_builder.read.formats.")
                assert other not in formats, f"{path.name} imports the format {other}"


def calls(path: Path, name: str) -> list[int]:
    """Return the lines of a module that call a function or class of this name."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


@pytest.mark.parametrize(
    ("name", "rooms"),
    [("PublicText", {"redact"}), ("Html", {"render"}), ("print", {"cli"})],
)
def test_only_one_room_calls(name: str, rooms: set[str]) -> None:
    assert any(calls(path, name) for path in modules() if room_of(path) in rooms), "so that the next lines can fail"
    for path in modules():
        if room_of(path) not in rooms:
            assert not calls(path, name), f"{path} calls {name}"


def test_no_broad_except() -> None:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                assert caught not in ("", "Exception", "BaseException"), f"{path}:{node.lineno}"


def test_only_plugin_and_cli_import_mkdocs() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in modules()}
    importing = [path for path, text in texts.items() if "import mkdocs" in text or "from mkdocs" in text]
    assert "plugin" in {room_of(path) for path in importing}, "so that the next line can fail"
    assert {room_of(path) for path in importing} <= {"plugin", "cli"}
