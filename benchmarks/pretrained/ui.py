"""Messages that programs show to their users, read from English message catalogues."""

import ast
import itertools
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pretrained.lines import clean_lines, sentences

_PLURAL = re.compile(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,.*?other\s*\{(.*?)\}\s*\}", re.DOTALL)
_QUOTED = r'"(?:[^"\\\n]|\\.)*"'
_LOCALIZE = re.compile(rf"localize2?\(\d+,\s*({_QUOTED})")
_PO_FIELD = re.compile(rf"^(msgid|msgstr)(?:\[0\])?\s+((?:{_QUOTED}\s*)+)", re.MULTILINE)


def chromium(package: Path) -> list[str]:
    """Return the messages of a browser: settings, passwords, payment, printing."""
    return _messages(_pak((package / "usr/lib/chromium/locales/en-US.pak").read_bytes()))


def matrix(package: Path) -> list[str]:
    """Return the messages of a chat program."""
    return _messages(_strings(_json(package / "package/src/i18n/strings/en_EN.json")))


def home_assistant(package: Path) -> list[str]:
    """Return the messages about devices at home and their set-up."""
    files = sorted(package.glob("homeassistant/components/*/translations/*en.json"))
    return _messages(text for file in files for text in _strings(_json(file)))


def vscode(package: Path) -> list[str]:
    """Return the messages of an editor: the arguments of localize() in its JavaScript."""
    files = sorted(package.glob("package/vscode/src/**/*.js"))
    found = (quoted for file in files for quoted in _LOCALIZE.findall(file.read_text(encoding="utf-8")))
    return _messages(_unquoted(found))


def superset(package: Path) -> list[str]:
    """Return the messages of a program for charts and dashboards."""
    catalogue = package / "superset/translations/en/LC_MESSAGES/messages.po"
    return _messages(_po(catalogue.read_text(encoding="utf-8")))


def _messages(texts: Iterator[str]) -> list[str]:
    """Return the clean sentences of messages; a message with plurals gives its general form."""
    return list(clean_lines(part for text in texts for part in sentences(_PLURAL.sub(r"\1", text).replace("\\n", " "))))


def _pak(data: bytes) -> Iterator[str]:
    """Yield the texts of a Chromium resource pack, version 5 in UTF-8: a table of ids and offsets, then the texts."""
    version, encoding, count, _ = struct.unpack_from("<IIHH", data)
    if (version, encoding) != (5, 1):
        raise SystemExit(f"a resource pack of version {version} with encoding {encoding}, not 5 with 1")
    offsets = [struct.unpack_from("<HI", data, 12 + 6 * at)[1] for at in range(count + 1)]
    for start, end in itertools.pairwise(offsets):
        yield data[start:end].decode("utf-8", errors="replace")


def _po(text: str) -> Iterator[str]:
    """Yield the translation of each message in a gettext catalogue, or the original if there is no translation."""
    for entry in re.split(r"\n\s*\n", text):
        found = {field: "".join(_unquoted(re.findall(_QUOTED, quoted))) for field, quoted in _PO_FIELD.findall(entry)}
        if found.get("msgid"):
            yield found.get("msgstr") or found["msgid"]


def _unquoted(literals: list[str] | Iterator[str]) -> Iterator[str]:
    """Yield the texts of string literals; literals that only JavaScript can read are left out."""
    for literal in literals:
        try:
            yield str(ast.literal_eval(literal))
        except (ValueError, SyntaxError):
            continue


def _json(file: Path) -> object:
    value: object = json.loads(file.read_text(encoding="utf-8"))
    return value


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
