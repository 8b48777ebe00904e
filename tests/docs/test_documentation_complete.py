"""Everything is documented, and nothing is documented that does not exist."""

import argparse
import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from book import PAGES, blocks, code_sections, inline_code, prose, sections

from example import ROOT
from faq_builder.base.diagnostics import UsageError
from faq_builder.cli import _parser
from faq_builder.config import Config, load_config
from faq_builder.config.optouts import read_opt_outs
from faq_builder.decisions.reading import _EXTRAS, read_decisions
from faq_builder.model import DecisionKind, LedgerRow, Reason
from faq_builder.read.formats import FORMATS
from faq_builder.read.formats.markdown import read_thread_file
from faq_builder.read.formats.markdown.from_line import FromLine, read_from_line
from faq_builder.read.formats.markdown.front_matter import KEYS, read_front_matter
from faq_builder.redact.finding import PrivateKind
from faq_builder.render.parts import page_parts
from faq_builder.staff.start import starter_files
from render.sample_site import sample_site

NO_RULE_YET = {Reason.REACTIONS, Reason.STAFF, Reason.LAST_REPLY}  # no format counts reactions; rules of the past

# commands -------------------------------------------------------------------------------------------------------------


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command, by name."""
    (subs,) = (a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(subs.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    """Return options as `--name` and arguments in capitals."""
    names: set[str] = set()
    for action in parser._actions:
        shown = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        names.update(action.option_strings or [shown])
    return names - {"-h", "--help"}


def test_the_documented_commands_are_the_commands() -> None:
    assert {title.removeprefix("faq ") for title in code_sections(PAGES["commands.md"], 2)} == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_documented_options_are_the_options(name: str) -> None:
    section = code_sections(PAGES["commands.md"], 2)[f"faq {name}"]
    listed = re.findall(r"^- (`[^:]*`):", re.sub(r"HOST:PORT", "ADDRESS", section), re.MULTILINE)
    documented = {code.split()[0] for item in listed for code in re.findall(r"`([^`]+)`", item)}
    assert documented == options(commands()[name])
    assert any(line.startswith(f"faq {name}") for block in blocks(section, "sh") for line in block.text.splitlines())


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_commands_named_in_sentences_exist(page: str) -> None:
    for code in inline_code(PAGES.get(page) or (ROOT / page).read_text(encoding="utf-8")):
        match re.findall(r"[^\s\[\]]+", code):
            case ["faq", name, *arguments] if name not in ("COMMAND", "--version"):
                assert name in commands(), code
                assert {a for a in arguments if a.startswith("-")} <= options(commands()[name]), code


# configuration --------------------------------------------------------------------------------------------------------

Configured = Callable[[str], Config]

LISTS = {"Source settings": "sources", "Ask settings": "ask"}
NEEDED = {
    "Source settings": {"key": "key: shop", "permission": "permission: full"},
    "Ask settings": {"url": "url: https://a.example/"},
}
PLACES = ("The faq block", "Source settings", "Ask settings", "Group settings")
DOCUMENTED = {place: code_sections(sections(PAGES["configuration.md"], 2)[place], 3) for place in PLACES}
SETTINGS = [(place, name) for place in PLACES for name in DOCUMENTED[place]]


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    """Give `configured(block)`, which returns the configuration with this `faq` block and fails if it has findings."""

    def load(block: str) -> Config:
        lines = "".join(f"      {line}\n" for line in block.splitlines())
        path = tmp_path / "mkdocs.yml"
        text = f"site_url: https://faq.widgets.example/\ntheme: material\nplugins:\n  - faq:\n{lines}"
        path.write_text(text, encoding="utf-8")
        config, findings = load_config(path)
        assert findings == ()
        return config

    return load


def block_with(place: str, name: str, setting: str) -> str:
    """Return a `faq` block with one setting in its place, and the settings that this place needs beside it."""
    lines = [*setting.splitlines(), *(line for key, line in NEEDED.get(place, {}).items() if key != name)]
    if place in LISTS:
        return f"version: 1\n{LISTS[place]}:\n  - " + "\n    ".join(lines)
    return "version: 1\ngroup:\n  " + "\n  ".join(lines) if place == "Group settings" else "\n".join(lines)


def test_the_documented_settings_are_the_settings(configured: Configured) -> None:
    with pytest.raises(UsageError) as caught:
        configured(
            "no: 1\nsources: [{key: a, permission: full, no: 1}]\nask: [{url: 'https://a.example/', no: 1}]\n"
            "group: {no: 1}"
        )
    known = [set(d.help.removeprefix("the settings are: ").split(", ")) for d in caught.value.diagnostics]
    assert sorted(map(sorted, known)) == sorted(sorted(DOCUMENTED[place]) for place in PLACES)


@pytest.mark.parametrize(("place", "name"), SETTINGS)
def test_the_example_of_a_setting_is_valid(place: str, name: str, configured: Configured) -> None:
    (example,) = blocks(DOCUMENTED[place][name], "yaml")
    assert example.text.startswith(f"{name}:")
    configured(block_with(place, name, example.text))


@pytest.mark.parametrize(("place", "name"), SETTINGS)
def test_the_documented_default_is_the_default(place: str, name: str, configured: Configured) -> None:
    defaults = re.findall(r"Default: `([^`]+)`", prose(DOCUMENTED[place][name]))
    if name == "permission":  # a missing permission is a finding, which is tested elsewhere
        assert defaults == ["excerpt"]
    elif defaults:
        (default,) = defaults
        assert configured(block_with(place, name, f"{name}: {default}")) == configured(block_with(place, name, ""))
    else:
        assert re.search(r"Default: (?:none|the )|Needed\.|below", prose(DOCUMENTED[place][name])) or name == "url"


# files that people write ----------------------------------------------------------------------------------------------


def test_the_documented_keys_of_a_thread_file_are_its_keys() -> None:
    documented = code_sections(sections(PAGES["thread-files.md"], 2)["Front matter"], 3)
    assert set(documented) == set(KEYS)
    for name, section in documented.items():
        (example,) = blocks(section, "yaml")
        front, findings = read_front_matter(example.text, "x.md")
        assert findings == ()
        assert front is not None
        assert front.line(name) == 2


def test_every_part_of_the_author_line_is_documented() -> None:
    section = sections(PAGES["thread-files.md"], 2)["The line with the author"]
    read = [read_from_line(block.text.strip()) for block in blocks(section, "markdown")]
    assert [mistakes for _, mistakes in read if mistakes] == []
    plain = FromLine()
    for part in dataclasses.fields(FromLine):
        assert any(getattr(header, part.name) != getattr(plain, part.name) for header, _ in read), part.name


@pytest.mark.parametrize("page", PAGES)
def test_thread_files_shown_on_a_page_are_read(page: str) -> None:
    for block in blocks(PAGES[page], "markdown"):
        if block.title and block.title.startswith("content/threads/"):
            thread, findings = read_thread_file(block.text, block.title, ())
            assert thread is not None
            assert findings == ()


def test_every_kind_of_decision_is_documented_with_all_its_keys(tmp_path: Path) -> None:
    documented = code_sections(PAGES["decisions.md"], 3)
    assert set(documented) == {kind.value for kind in DecisionKind}
    for name, section in documented.items():
        (example,) = blocks(section, "yaml")
        (tmp_path / "x.yml").write_text(f"version: 1\ndecisions:\n{example.text}", encoding="utf-8")
        (decision,), findings = read_decisions(tmp_path)
        assert findings == ()
        assert decision.kind.value == name
        keys = set(re.findall(r"^[- ] (\w+):", example.text, re.MULTILINE))
        assert keys == {name, "reason"} | _EXTRAS.get(decision.kind, frozenset())


def test_the_keys_of_an_opt_out_are_documented(tmp_path: Path) -> None:
    documented = code_sections(PAGES["optouts.md"], 3)
    assert list(documented) == ["id", "handle", "profile", "source", "remove", "reason"]
    for name, section in documented.items():
        (example,) = blocks(section, "yaml")
        assert re.search(rf"^[- ] {name}: ", example.text, re.MULTILINE)
        (tmp_path / "optout.yml").write_text(f"people:\n{example.text}", encoding="utf-8")
        people, findings = read_opt_outs(tmp_path / "optout.yml", "x")
        assert (len(people), findings) == (1, ())


def test_the_documented_keys_of_the_ledger_are_its_keys() -> None:
    section = sections(PAGES["ledger.md"], 2)["Keys of a line"]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [f.name for f in dataclasses.fields(LedgerRow)]


# the rest -------------------------------------------------------------------------------------------------------------


def test_the_documented_formats_are_the_formats() -> None:
    section = sections(PAGES["exports.md"], 2)["What is read"]
    assert set(re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)) == {known.name for known in FORMATS}


def test_the_documented_reasons_for_an_answer_are_the_reasons() -> None:
    section = sections(PAGES["answers.md"], 2)["Which reply is the answer"]
    reasons = [reason.value for reason in Reason if reason not in NO_RULE_YET]
    assert re.findall(r"^\| \*\*(\w+)\*\* \|", section, re.MULTILINE) == reasons


def test_every_kind_of_redaction_is_documented() -> None:
    section = sections(PAGES["privacy.md"], 2)["What is taken out of public texts"]
    assert set(re.findall(r"^\| `(\[.*?\])` \|", section, re.MULTILINE)) == {kind.value for kind in PrivateKind}


def test_the_documented_slots_are_the_slots() -> None:
    listed = re.findall(r"^\| `faq:([\w-]+)` \|", PAGES["pages.md"], re.MULTILINE)
    assert set(listed) == set(page_parts(sample_site()))


def test_the_documented_variables_of_the_ci_pipelines_are_the_variables() -> None:
    used = {name for text in starter_files().values() for name in re.findall(r"FAQ_[A-Z_]+", text)}
    assert set(re.findall(r"FAQ_[A-Z_]+", PAGES["publishing.md"])) == used


def test_the_documented_ci_scripts_exist() -> None:
    named_scripts = set(re.findall(r"\bci/[\w-]+\.sh", PAGES["publishing.md"]))
    assert named_scripts == {path for path in starter_files() if path.startswith("ci/")}
