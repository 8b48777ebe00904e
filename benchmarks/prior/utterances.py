"""What people say to programs: conversations, and the templates of assistants, read once or several times at random."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.prior.lines import lines

READINGS = 6  # of a template; most say the same in other words

_FILLED = {  # what is put in where a template names something of a home
    "name": ["television", "lamp", "front door", "heater", "coffee machine", "garage door", "fan", "router", "radio"],
    "entity": ["television", "lamp", "front door", "heater"],
    "area": ["kitchen", "bedroom", "garage", "living room", "office", "bathroom"],
    "floor": ["first floor", "basement", "ground floor"],
    "item": ["milk", "bread", "call the plumber", "batteries", "pay the rent"],
    "message": ["dinner is ready", "we leave in five minutes"],
}
_NUMERIC = re.compile(r"number|count|minutes|hours|seconds|level|percent|temp|bright|volume")
_DEEPEST = 60  # a template that is not read after so many steps names itself

Values = Mapping[str, Sequence[str]]


def chatterbot(package: Path) -> list[str]:
    """Both sides of invented conversations."""
    files = sorted(package.glob("chatterbot_corpus/data/english/*.yml"))
    talks = (talk for file in files for talk in yaml.safe_load(file.read_text(encoding="utf-8"))["conversations"])
    return list(lines(str(said) for talk in talks for said in talk))


def home_assistant(package: Path) -> list[str]:
    """Commands and questions to a home."""
    data = json.loads((package / "home_assistant_intents/data/en.json").read_text(encoding="utf-8"))
    groups = [group for intent in data["intents"].values() for group in intent["data"]]
    return list(lines(said for group in groups for said in _of_group(group, data)))


def skills(packages: Sequence[Path]) -> list[str]:
    """Questions and commands to voice assistants, and their answers: lines of *.intent and *.dialog for English."""
    files = [file for package in packages for file in sorted(package.rglob("*")) if _is_english(file)]
    found = (line for file in files for line in file.read_text(encoding="utf-8", errors="replace").splitlines())
    templates = (line.replace("|)", "| )") for line in found if not line.startswith("#"))
    return list(lines(said for template in templates for said in _said(template, {}, {})))


def _of_group(group: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    rules = {**data["expansion_rules"], **group.get("expansion_rules", {})}
    lists = {**data["lists"], **group.get("lists", {})}
    values = {
        name: [value if isinstance(value, str) else value["in"] for value in of.get("values", [])]
        for name, of in lists.items()
    }
    for template in group["sentences"]:
        yield from _said(template, rules, values)


def _is_english(file: Path) -> bool:
    folders = {folder.lower() for folder in file.parts}
    return file.suffix in {".intent", ".dialog"} and not folders.isdisjoint({"en", "en-us", "en_us"})


def _said(template: str, rules: Mapping[str, str], values: Values) -> Iterator[str]:
    """Readings of a template, chosen by a generator that hangs on the template alone."""
    random_ = random.Random(template)
    for _ in range(READINGS if re.search(r"[(\[<{]", template) else 1):
        read = _read(template, rules, random_)
        filled = re.sub(r"\{\{?([^}]*)\}?\}", lambda found: _value(found[1], values, random_), read)
        yield _read(filled, rules, random_)


def _read(template: str, rules: Mapping[str, str], random_: random.Random) -> str:
    """One reading: (a|b) is one of them, (a;b) both in any order, [a] a or nothing, <a> the rule of that name."""
    for _ in range(_DEEPEST):
        group = re.search(r"<\w+>|\([^()\[\]<>]*\)|\[[^()\[\]<>]*\]", template)
        if not group:
            return re.sub(r"\s+", " ", template).strip()
        template = template[: group.start()] + _chosen(group, rules, random_) + template[group.end() :]
    return ""


def _chosen(group: re.Match[str], rules: Mapping[str, str], random_: random.Random) -> str:
    inside = group[0][1:-1]
    if group[0].startswith("<"):
        return f"({rules.get(inside, inside.replace('_', ' '))})"
    if ";" in inside and "|" not in inside:
        return " ".join(random_.sample(parts := inside.split(";"), len(parts)))
    return random_.choice(inside.split("|") + [""] * group[0].startswith("["))


def _value(slot: str, values: Values, random_: random.Random) -> str:
    """Something for a slot such as {name} or {area:preferred_area}."""
    name = slot.partition(":")[0].strip()
    for key, known in (*values.items(), *_FILLED.items()):
        if known and name.endswith(key):
            return random_.choice(known)
    return "ten" if _NUMERIC.search(name) else name.replace("_", " ")
