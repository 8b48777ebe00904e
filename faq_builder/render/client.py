"""The bundler of the search client: all modules in one file, so that a browser makes one request and not one for each.

A module becomes a function that returns its exports and is called at once, so that equal names in two modules do not
clash. Comments on lines of their own are left out; otherwise the code is neither parsed nor minified. So modules may
use these forms only: `import {a, b} from "./other.js"` or `"../folder/other.js"`; `export` before a function, class or
constant, or `export {a};`; no renaming and no cycles.
"""

import posixpath
import re
from collections.abc import Mapping

ENTRY = "search.js"
_NAMES = r"\{(\s*\w+(?:,\s+\w+)*,?\s*)\}"
_IMPORT = re.compile(rf'^import {_NAMES} from "(\.{{1,2}}/[\w./-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_EXPORT_LIST = re.compile(rf"^export {_NAMES};\n", re.MULTILINE)
_DYNAMIC_IMPORT = re.compile(r'(?<=\bimport\(")\.{1,2}/[\w./-]+(?="\))')
_IMPORT_OR_EXPORT = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)


def bundled_client(modules: Mapping[str, str]) -> tuple[str, frozenset[str]] | None:
    """Return search.js with all modules that it imports, and the names of these modules.

    None if a module (perhaps a customised one) uses other syntax; the modules are then published unbundled.
    """
    rooted = {name: _with_rooted_paths(name, _without_comments(text)) for name, text in modules.items()}
    order = _import_order(ENTRY, rooted, ())
    if order is None or any(_IMPORT_OR_EXPORT.search(_without_known_forms(rooted[name])) for name in order):
        return None
    parts = [_as_function(name, rooted[name]) for name in order[:-1]]
    entry = _with_local_imports(rooted[ENTRY])
    return "".join(["// Made of these modules: " + ", ".join(order) + "\n", *parts, entry]), frozenset(order[:-1])


def _without_comments(text: str) -> str:
    """Remove comments on lines of their own, unless a template of several lines might contain what looks like one."""
    has_long_template = any(line.count("`") % 2 for line in text.splitlines())
    return text if has_long_template else _COMMENT.sub("", text)


def _with_rooted_paths(name: str, text: str) -> str:
    """Write import paths relative to the bundle: "../files.js" in client/text.js -> "./files.js"."""

    def rooted(path: str) -> str:
        return "./" + posixpath.normpath(posixpath.join(posixpath.dirname(name), path))

    text = _IMPORT.sub(lambda match: match[0].replace(match[2], rooted(match[2])), text)
    return _DYNAMIC_IMPORT.sub(lambda match: rooted(match[0]), text)


def _import_order(name: str, modules: Mapping[str, str], importers: tuple[str, ...]) -> list[str] | None:
    """Return a module after all that it imports, each once; None if one is missing or there is a cycle."""
    if name not in modules or name in importers:
        return None
    order: list[str] = []
    for _, path in _IMPORT.findall(modules[name]):
        imported = _import_order(path.removeprefix("./"), modules, (*importers, name))
        if imported is None:
            return None
        order += [module for module in imported if module not in order]
    return [*order, name]


def _as_function(name: str, text: str) -> str:
    """Write a module as a constant.

    `export const A = 1;` in a.js -> `const $a = (() => { const A = 1; return { A }; })();`
    """
    listed = (exported for names in _EXPORT_LIST.findall(text) for exported in _split_names(names))
    exports = [*_EXPORT.findall(text), *listed]
    body = _EXPORT.sub("", _with_local_imports(_EXPORT_LIST.sub("", text)))
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();\n"


def _with_local_imports(text: str) -> str:
    """Read imports from the constants of modules: `import {A} from "./a.js";` -> `const {A} = $a;`."""
    return _IMPORT.sub(
        lambda match: f"const {{ {', '.join(_split_names(match[1]))} }} = {_variable(match[2].removeprefix('./'))};\n",
        text,
    )


def _without_known_forms(text: str) -> str:
    return _EXPORT_LIST.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))


def _split_names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _variable(name: str) -> str:
    """Return the constant of a module: "client/text.js" -> "$client_text"."""
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
