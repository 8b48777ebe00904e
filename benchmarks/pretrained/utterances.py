"""What people say to programs: conversations, and templates of assistants, expanded at random."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.pretrained.lines import clean_lines

EXPANSIONS_PER_TEMPLATE = 6  # more would mostly repeat the same words

_SLOT_VALUES = {  # values for slots that name something in a home
    "name": ["television", "lamp", "front door", "heater", "coffee machine", "garage door", "fan", "router", "radio"],
    "entity": ["television", "lamp", "front door", "heater"],
    "area": ["kitchen", "bedroom", "garage", "living room", "office", "bathroom"],
    "floor": ["first floor", "basement", "ground floor"],
    "item": ["milk", "bread", "call the plumber", "batteries", "pay the rent"],
    "message": ["dinner is ready", "we leave in five minutes"],
}
_NUMERIC = re.compile(r"number|count|minutes|hours|seconds|level|percent|temp|bright|volume")
_MAX_EXPANSION_STEPS = 60  # a template that needs more refers to itself

Values = Mapping[str, Sequence[str]]


def chatterbot(package: Path) -> list[str]:
    """Return both sides of invented conversations."""
    files = sorted(package.glob("chatterbot_corpus/data/english/*.yml"))
    talks = (talk for file in files for talk in yaml.safe_load(file.read_text(encoding="utf-8"))["conversations"])
    return list(clean_lines(str(sentence) for talk in talks for sentence in talk))


def home_assistant(package: Path) -> list[str]:
    """Return commands and questions to a smart home."""
    data = json.loads((package / "home_assistant_intents/data/en.json").read_text(encoding="utf-8"))
    groups = [group for intent in data["intents"].values() for group in intent["data"]]
    return list(clean_lines(text for group in groups for text in _group_expansions(group, data)))


def skills(packages: Sequence[Path]) -> list[str]:
    """Return questions and commands to voice assistants and their answers: English *.intent and *.dialog files."""
    files = [file for package in packages for file in sorted(package.rglob("*")) if _is_english(file)]
    found = (line for file in files for line in file.read_text(encoding="utf-8", errors="replace").splitlines())
    templates = (line.replace("|)", "| )") for line in found if not line.startswith("#"))
    return list(clean_lines(text for template in templates for text in _expansions(template, {}, {})))


def _group_expansions(group: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    rules = {**data["expansion_rules"], **group.get("expansion_rules", {})}
    lists = {**data["lists"], **group.get("lists", {})}
    values = {
        name: [value if isinstance(value, str) else value["in"] for value in entry.get("values", [])]
        for name, entry in lists.items()
    }
    for template in group["sentences"]:
        yield from _expansions(template, rules, values)


def _is_english(file: Path) -> bool:
    folders = {folder.lower() for folder in file.parts}
    return file.suffix in {".intent", ".dialog"} and not folders.isdisjoint({"en", "en-us", "en_us"})


def _expansions(template: str, rules: Mapping[str, str], values: Values) -> Iterator[str]:
    """Yield expansions of a template; the template is the seed, so other templates do not change them."""
    random_ = random.Random(template)
    for _ in range(EXPANSIONS_PER_TEMPLATE if re.search(r"[(\[<{]", template) else 1):
        expanded = _expanded(template, rules, random_)
        filled = re.sub(r"\{\{?([^}]*)\}?\}", lambda found: _value(found[1], values, random_), expanded)
        yield _expanded(filled, rules, random_)


def _expanded(template: str, rules: Mapping[str, str], random_: random.Random) -> str:
    """Expand a template once: "(switch|turn) [the] light" -> "turn light".

    (a|b) is one of them, (a;b) both in any order, [a] a or nothing, <a> the rule of that name.
    """
    for _ in range(_MAX_EXPANSION_STEPS):
        group = re.search(r"<\w+>|\([^()\[\]<>]*\)|\[[^()\[\]<>]*\]", template)
        if not group:
            return re.sub(r"\s+", " ", template).strip()
        template = template[: group.start()] + _choice(group, rules, random_) + template[group.end() :]
    return ""


def _choice(group: re.Match[str], rules: Mapping[str, str], random_: random.Random) -> str:
    inside = group[0][1:-1]
    if group[0].startswith("<"):
        return f"({rules.get(inside, inside.replace('_', ' '))})"
    if ";" in inside and "|" not in inside:
        return " ".join(random_.sample(parts := inside.split(";"), len(parts)))
    return random_.choice(inside.split("|") + [""] * group[0].startswith("["))


def _value(slot: str, values: Values, random_: random.Random) -> str:
    """Return a value for the name of a slot, such as `name` or `area:preferred_area`."""
    name = slot.partition(":")[0].strip()
    for key, known in (*values.items(), *_SLOT_VALUES.items()):
        if known and name.endswith(key):
            return random_.choice(known)
    return "ten" if _NUMERIC.search(name) else name.replace("_", " ")
