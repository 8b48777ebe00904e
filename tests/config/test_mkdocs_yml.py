"""The `faq` block of mkdocs.yml: what is read, and that all mistakes are reported at once."""

from pathlib import Path

import pytest

from faq_builder.base.diagnostics import Diagnostic, Severity, UsageError
from faq_builder.config import AuthorNames, Config, GroupRules, MergeLevel, Permission, PublishLevel, load_config
from faq_builder.config.optouts import read_opt_outs

GOOD = """\
site_name: Widget FAQ
site_url: https://faq.widgets.example
theme: {name: material, language: de}
plugins:
  - faq:
      publish: likely
      ours: [widgets.example]
      contact: https://widgets.example/contact
      ask:
        - name: Widget forum
          url: https://forum.widgets.example/new?title={question}
      sources:
        - key: forum
          path: content/exports/forum
          base_url: https://forum.widgets.example
          place: Widget forum
          permission: full
          staff: [Ada, "id:42"]
          names: roles
          needs_account: yes
"""


def load(tmp_path: Path, text: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def mistakes(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, text)
    return [(d.code, d.where.line) for d in caught.value.diagnostics]


def test_everything_is_read(tmp_path: Path) -> None:
    config, findings = load(tmp_path, GOOD)
    assert findings == ()
    assert str(config.publish.site_url) == "https://faq.widgets.example/"
    assert (config.publish.site_name, config.publish.language) == ("Widget FAQ", "de")
    assert config.answer is PublishLevel.LIKELY
    assert config.redact.ours == {"widgets.example"}
    assert config.publish.ask[0].url.endswith("{question}")
    (source,) = config.sources
    assert source.path == tmp_path / "content/exports/forum"
    assert (source.permission, source.names, source.needs_account) == (Permission.FULL, AuthorNames.ROLES, True)
    assert source.is_staff(None, "ada")
    assert source.is_staff("42", None)
    assert not source.is_staff("43", "bob")


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("publish: likely", "publish: most").replace("permission: full", "permision: full")
    text = text.replace("contact: https://widgets.example/contact", "contact: widgets")
    found = mistakes(tmp_path, text)
    assert ("FAQ102", 6) in found
    assert ("FAQ102", 8) in found
    assert ("FAQ103", 17) in found


@pytest.mark.parametrize("contact", ["help@widgets.example", "https://widgets.example/contact?about={question}"])
def test_contact_takes_a_mail_address_and_a_place_for_the_question(tmp_path: Path, contact: str) -> None:
    config, _ = load(tmp_path, GOOD.replace("https://widgets.example/contact", contact))
    assert config.publish.contact == contact


@pytest.mark.parametrize(
    "contact",
    [
        "a@b.example?subject=x",
        "javascript://x%0Aalert(document.domain)//a@b.example",
        "javascript:alert(1)//a@b.example",
        "https://me:secret@widgets.example/",
    ],
)
def test_what_is_no_plain_mail_address_is_refused(tmp_path: Path, contact: str) -> None:
    assert ("FAQ102", 8) in mistakes(tmp_path, GOOD.replace("https://widgets.example/contact", contact))


def test_the_url_of_a_source_is_not_sent_to_the_places_to_ask(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, GOOD.replace("base_url:", "url:"))
    (finding,) = caught.value.diagnostics
    assert finding.help.startswith("the settings are: base_url, ")


@pytest.mark.parametrize(
    ("setting", "home"),
    [
        ("products: [Hub]", "`products` belongs under `group`"),
        ("staff: [ada]", "`staff` belongs to an entry of `sources`"),
        ("group: {publish: all}", "`publish` belongs directly under `faq`"),
    ],
)
def test_a_setting_of_another_block_is_shown_its_place(tmp_path: Path, setting: str, home: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, GOOD.replace("publish: likely", setting))
    assert [(d.code, d.help) for d in caught.value.diagnostics] == [("FAQ103", home)]


@pytest.mark.parametrize(
    ("setting", "is_right"),
    [
        ("report_to: https://widgets.example/report?page={url}", True),
        ("report_to: help@widgets.example", True),
        ("report_to: the helpdesk", False),
        ("edit_url: https://code.widgets.example/edit/{path}", True),
        ("edit_url: code.widgets.example/{path}", False),
        ("edit_url: help@widgets.example", False),
    ],
)
def test_an_address_with_a_slot_is_checked(tmp_path: Path, setting: str, is_right: bool) -> None:
    text = GOOD.replace("publish: likely", setting)
    if is_right:
        assert load(tmp_path, text)[1] == ()
    else:
        assert mistakes(tmp_path, text) == [("FAQ102", 6)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("publish: likely", "version: 9", 6),
        ("publish: likely", "jobs: 1.5", 6),
        ("staff: [Ada", "moved_from: [nope, Ada", 18),
        ("{name: material, language: de}", "{name: readthedocs}", 3),
        ("{name: material, language: de}", "mkdocs", 3),
    ],
)
def test_mistakes_are_not_taken_in_silence(tmp_path: Path, old: str, new: str, line: int) -> None:
    assert line in [found for _, found in mistakes(tmp_path, GOOD.replace(old, new))]


def test_yaml_that_is_broken_has_no_other_findings(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD + "\t- x\n") == [("FAQ101", 21)]


def test_settings_may_be_inherited(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(GOOD, encoding="utf-8")
    config, findings = load(tmp_path, "INHERIT: base.yml\nsite_name: Other\n")
    assert (config.publish.site_name, len(config.sources), findings) == ("Other", 1, ())


def test_a_source_without_permission_is_an_excerpt_and_a_finding(tmp_path: Path) -> None:
    config, findings = load(tmp_path, GOOD.replace("          permission: full\n", ""))
    assert config.sources[0].permission is Permission.EXCERPT
    assert [d.code for d in findings] == ["FAQ104"]


def test_a_missing_site_url_is_one_finding(tmp_path: Path) -> None:
    _, findings = load(tmp_path, GOOD.replace("site_url: https://faq.widgets.example\n", ""))
    assert [d.code for d in findings] == ["FAQ107"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - faq:", "  - search\n  - faq:"),
        ("language: de", "features: [navigation.instant]"),
        ("theme:", "use_directory_urls: false\ntheme:"),
    ],
)
def test_what_cannot_work_with_ours_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert "FAQ106" in [code for code, _ in mistakes(tmp_path, GOOD.replace(old, new))]


def test_two_sources_with_one_key_are_refused(tmp_path: Path) -> None:
    text = GOOD + "        - {key: forum, permission: link}\n"
    assert "FAQ105" in [code for code, _ in mistakes(tmp_path, text)]


def test_no_faq_block(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "site_name: x\nsite_url: https://x.example\ntheme: material\n") == [("FAQ101", 1)]


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="FAQ101"):
        load_config(tmp_path / "mkdocs.yml")


def test_plugins_may_be_a_mapping(tmp_path: Path) -> None:
    text = "site_name: x\nsite_url: https://x.example\ntheme: material\nplugins:\n  faq:\n    per_page: 20\n"
    config, _ = load(tmp_path, text)
    assert config.publish.per_page == 20


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("!ENV FAQ_TEST_URL", "https://set.example/"),
        ("!ENV [FAQ_TEST_NONE, FAQ_TEST_URL, 'https://default.example']", "https://set.example/"),
        ("!ENV [FAQ_TEST_NONE, 'https://default.example']", "https://default.example/"),
    ],
)
def test_values_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, expected: str
) -> None:
    monkeypatch.setenv("FAQ_TEST_URL", "https://set.example")
    config, _ = load(tmp_path, GOOD.replace("https://faq.widgets.example", written))
    assert str(config.publish.site_url) == expected


def test_tags_of_other_plugins_run_no_code(tmp_path: Path) -> None:
    text = GOOD + "markdown_extensions:\n  - x: {y: !!python/object/apply:os.system [boom]}\nz: !ENV [A, b]\n"
    config, _ = load(tmp_path, text)
    assert config.sources


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("- {handle: fred, id: 3}", "it must name one account"),
        ("- {source: forum}", "it must name one account"),
        ("- {handle: }", "it must name one account"),
        ("- fred", "it has no keys"),
        ("- {name: fred}", "a key is not known"),
        ("- {handle: fred, remove: all}", "`remove` is neither `name` nor `text`"),
        ("- {profile: forum}", "`profile` is not a URL"),
        ("- {handle: [a]}", "a value is not a text"),
    ],
)
def test_an_opt_out_that_is_not_understood_stops_the_build(tmp_path: Path, entry: str, wrong: str) -> None:
    write_opt_outs(tmp_path, f"version: 1\npeople:\n  {entry}\n")
    assert mistakes(tmp_path, GOOD) == [("FAQ109", 3)]
    _, (finding,) = read_opt_outs(tmp_path / "content/optout.yml", "x")
    assert finding.message == f"an opt-out is not understood: {wrong}"


@pytest.mark.parametrize(
    ("source", "found"), [("forum", []), ("foram", [("FAQ109", "warning", 3)])], ids=["configured", "mistyped"]
)
def test_an_opt_out_of_a_source_that_is_not_configured_is_told(
    tmp_path: Path, source: str, found: list[tuple[str, str, int]]
) -> None:
    write_opt_outs(tmp_path, f"people:\n  - handle: anna\n  - {{source: {source}, handle: fred}}\n")
    _, findings = load(tmp_path, GOOD)
    assert [(d.code, d.level.value, d.where.line) for d in findings] == found


def write_opt_outs(folder: Path, text: str) -> None:
    (folder / "content").mkdir()
    (folder / "content/optout.yml").write_text(text, encoding="utf-8")


def test_opt_outs_are_read(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = "people:\n  - {source: forum, id: 0042, remove: text}\n  - {handle: fred}\n"
    (tmp_path / "content/optout.yml").write_text(text, encoding="utf-8")
    config, _ = load(tmp_path, GOOD)
    first, second = config.redact.opt_outs
    assert (first.account, first.removes_text, second.handle, second.removes_text) == ("0042", True, "fred", False)


GROUP = GOOD + "      group: {"


@pytest.mark.parametrize(
    ("block", "rules"),
    [
        ("merge: likely", GroupRules(merge=MergeLevel.LIKELY)),
        ("merge: off, suggest: 0.5, related: 2", GroupRules(merge=MergeLevel.OFF, suggest=0.5, related=2)),
        ("suggest: 0.5", GroupRules(merge=MergeLevel.CERTAIN, suggest=0.5)),
        ("products: [Hub, Hub Mini], encoder: none", GroupRules(products=("Hub", "Hub Mini"), meaning=False)),
    ],
)
def test_how_threads_are_grouped(tmp_path: Path, block: str, rules: GroupRules) -> None:
    assert load(tmp_path, f"{GROUP}{block}}}\n")[0].group == rules


def test_an_encoder_is_a_folder_beside_the_configuration(tmp_path: Path) -> None:
    assert load(tmp_path, GROUP + "encoder: models/mine}\n")[0].group.encoder == tmp_path / "models" / "mine"


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("careful", MergeLevel.CERTAIN),
        ("balanced", MergeLevel.LIKELY),
        ("eager", MergeLevel.LIKELY),
        ("1", MergeLevel.OFF),
        ("1.0", MergeLevel.OFF),
        ("0.9", MergeLevel.LIKELY),
        ("0", MergeLevel.LIKELY),
    ],
)
def test_a_merge_level_of_an_earlier_release_is_read_with_a_warning(
    tmp_path: Path, written: str, level: MergeLevel
) -> None:
    config, findings = load(tmp_path, f"{GOOD}      group:\n        merge: {written}\n")
    assert config.group.merge is level
    assert [(finding.code, finding.level, finding.where.line) for finding in findings] == [
        ("FAQ111", Severity.WARNING, GOOD.count("\n") + 2)
    ]
    assert findings[0].help == f"write merge: {level.value}"


@pytest.mark.parametrize("block", ["merge: bold", "merge: 1.5", "merge: nan", "merge: -1", "suggest: often"])
def test_a_wrong_word_for_grouping_is_a_mistake(tmp_path: Path, block: str) -> None:
    assert [code for code, _ in mistakes(tmp_path, f"{GROUP}{block}}}\n")] == ["FAQ102"]
