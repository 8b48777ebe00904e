"""The search client as one file: its source is a module for each idea, but a browser had to ask for each.

Nothing is parsed or made smaller. Each module becomes a function that is called in its place and gives what it exports,
so that what two modules call by the same name stays apart. That takes what our modules keep to: `import {a, b} from
"./other.js"` or `"../folder/other.js"`; `export` before a function, class or constant, or `export {a};`; nothing
renamed, no cycle.
"""

import posixpath
import re
from collections.abc import Mapping

ENTRY = "search.js"
_NAMES = r"\{(\s*\w+(?:,\s+\w+)*,?\s*)\}"
_IMPORT = re.compile(rf'^import {_NAMES} from "(\.{{1,2}}/[\w./-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_EXPORTED = re.compile(rf"^export {_NAMES};\n", re.MULTILINE)
_LOADED_LATER = re.compile(r'(?<=\bimport\(")\.{1,2}/[\w./-]+(?="\))')
_ANY = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)


def one_file(modules: Mapping[str, str]) -> tuple[str, frozenset[str]] | None:
    """search.js with all that it imports, and the names of these modules; None where one is written in another way.

    Then a company replaced a module by one of its own; its modules are published as they are, which works, too.
    """
    placed = {name: _placed(name, text) for name, text in modules.items()}
    order = _in_order(ENTRY, placed, ())
    if order is None or any(_ANY.search(_body(placed[name])) for name in order):
        return None
    parts = [_called(name, placed[name]) for name in order[:-1]]
    entry = _opened(placed[ENTRY])
    return "".join(["// Made of these modules: " + ", ".join(order) + "\n", *parts, entry]), frozenset(order[:-1])


def _placed(name: str, text: str) -> str:
    """A module with every path that it imports relative to the folder of the one file."""

    def from_entry(path: str) -> str:
        return "./" + posixpath.normpath(posixpath.join(posixpath.dirname(name), path))

    text = _IMPORT.sub(lambda match: match[0].replace(match[2], from_entry(match[2])), text)
    return _LOADED_LATER.sub(lambda match: from_entry(match[0]), text)


def _in_order(name: str, modules: Mapping[str, str], within: tuple[str, ...]) -> list[str] | None:
    """A module after all that it imports, each once; None where one is missing or imports itself in the end."""
    if name not in modules or name in within:
        return None
    found: list[str] = []
    for _, path in _IMPORT.findall(modules[name]):
        before = _in_order(path.removeprefix("./"), modules, (*within, name))
        if before is None:
            return None
        found += [module for module in before if module not in found]
    return [*found, name]


def _called(name: str, text: str) -> str:
    exported = [*_EXPORT.findall(text), *(known for names in _EXPORTED.findall(text) for known in _names(names))]
    body = _EXPORT.sub("", _opened(_EXPORTED.sub("", text)))
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _opened(text: str) -> str:
    return _IMPORT.sub(
        lambda match: f"const {{ {', '.join(_names(match[1]))} }} = {_variable(match[2].removeprefix('./'))};\n", text
    )


def _body(text: str) -> str:
    return _EXPORTED.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
