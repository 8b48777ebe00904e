"""Reads mkdocs.yml into a Config. All mistakes are reported at once."""

import os
from datetime import UTC, datetime
from pathlib import Path

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location, Severity, UsageError
from faq_builder.base.yaml import Mapping, Node, Scalar, Sequence
from faq_builder.config.optouts import read_opt_outs, unknown_source_findings
from faq_builder.config.rules import (
    AskLink,
    AuthorNames,
    Config,
    GroupRules,
    Permission,
    PublishLevel,
    PublishRules,
    RedactRules,
    Source,
    folded_tag,
)
from faq_builder.config.settings import SettingsReader
from faq_builder.model import ThreadKey, Url

# FAQ106 says why
REFUSED_PLUGINS = ("search", "material/search")
REFUSED_FEATURES = ("navigation.instant",)


def load_config(path: Path) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Return the configuration in a mkdocs.yml and the warnings about it; raises UsageError with all mistakes in it."""
    name = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        advice = "run the command in the folder of mkdocs.yml, or name the file with -f"
        raise _unreadable_config(name, "the configuration does not exist, or cannot be opened", advice) from None
    except UnicodeDecodeError:
        raise _unreadable_config(name, "the configuration is not UTF-8", "save it as UTF-8") from None
    root, findings = yaml.load_configuration(text, name, "FAQ101")
    reader = SettingsReader(name, list(findings))
    if root is None and findings:  # a text that is not YAML has no settings to check
        raise UsageError(*findings)
    site = reader.mapping(root, "mkdocs.yml")
    parent = site.get("INHERIT")
    if isinstance(parent, Scalar):
        site = _with_inherited(reader, site, path.parent / parent.text)
    block = _faq_block(site)
    if block is None:
        reader.report("FAQ101", 1, "there is no `faq` block under `plugins:`", "add `plugins: [faq]`")
    config = _read_config(reader, site, block or Mapping((), 1), path)
    found = tuple(sorted(reader.findings, key=lambda d: (d.where.path, d.where.line or 0)))
    if any(d.level is Severity.ERROR for d in found):
        raise UsageError(*found)
    return config, found


def _unreadable_config(name: str, message: str, advice: str) -> UsageError:
    return UsageError(Diagnostic(code="FAQ101", where=Location(path=name), message=message, help=advice))


def _with_inherited(reader: SettingsReader, site: Mapping, path: Path) -> Mapping:
    """Return the settings and those of a parent configuration (MkDocs' INHERIT) that are not overridden."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        reader.report("FAQ101", site.line, "the configuration named by INHERIT cannot be read", "correct the path")
        return site
    root, findings = yaml.load_configuration(text, path.name, "FAQ101")
    reader.findings += findings
    given = {key.text for key, _ in site}
    more = tuple(pair for pair in root if pair[0].text not in given) if isinstance(root, Mapping) else ()
    return Mapping((*site.pairs, *more), site.line)


def _faq_block(site: Mapping) -> Mapping | None:
    """Return the options of the `faq` plugin, empty if it has none; None if the plugin is missing."""
    plugins = site.get("plugins")
    if isinstance(plugins, Mapping):
        plugins = Sequence(tuple(Mapping((pair,), pair[0].line) for pair in plugins), plugins.line)
    for item in plugins.items if isinstance(plugins, Sequence) else ():
        if isinstance(item, Scalar) and item.text == "faq":
            return Mapping((), item.line)
        if isinstance(item, Mapping) and item.pairs and item.pairs[0][0].text == "faq":
            value = item.pairs[0][1]
            return value if isinstance(value, Mapping) else Mapping((), item.line)
    return None


def _read_config(reader: SettingsReader, site: Mapping, block: Mapping, path: Path) -> Config:
    """Read the configuration from the whole mkdocs.yml (`site`) and its `faq` block."""
    reader.check_keys(block, "the faq block")
    _refuse_features(reader, site)
    version = reader.text(block, "version")
    if version not in (None, "1"):
        reader.report("FAQ102", block.line, "`version` has a value that is not allowed", "write version: 1")
    root = path.resolve().parent
    sources = tuple(_read_source(reader, node, root) for node in reader.sequence(block.get("sources"), "sources"))
    _check_sources(reader, sources, block)
    optout_path = root / "content" / "optout.yml"
    opt_outs, optout_findings = read_opt_outs(optout_path, "content/optout.yml")
    reader.findings += optout_findings
    reader.findings += unknown_source_findings(opt_outs, [s.key for s in sources], "content/optout.yml")
    return Config(
        root=root,
        path=path.resolve(),
        sources=sources,
        redact=RedactRules(ours=frozenset(t.lower() for t in reader.texts(block, "ours")), opt_outs=opt_outs),
        answer=reader.choice(block, "publish", PublishLevel, PublishLevel.MARKED),
        group=_group_rules(reader, block, root),
        publish=_publish_rules(reader, site, block),
        tags=_tag_names(reader, block.get("tags")),
        jobs=reader.whole_number(block, "jobs", 0, 0, 64),
        epoch=_epoch(reader),
    )


def _tag_names(reader: SettingsReader, node: Node | None) -> dict[str, str]:
    """Return spelling -> name for `tags` (`name: [other spelling, ...]`); report spellings that two tags have."""
    table = reader.mapping(node, "tags")
    names: dict[str, str] = {}
    for name, spellings in table:
        for spelling in (name.text, *reader.texts(table, name.text)):
            if names.setdefault(folded_tag(spelling), name.text) != name.text:
                message = f"two tags have the spelling `{spelling}`"
                reader.report("FAQ102", spellings.line, message, "remove it from one of them")
    return names


def _epoch(reader: SettingsReader) -> datetime | None:
    """Return the date in SOURCE_DATE_EPOCH (seconds since 1970; reproducible-builds.org), None if it is not set."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(text), UTC) if text else None
    except (ValueError, OverflowError, OSError):
        reader.report("FAQ102", 1, "SOURCE_DATE_EPOCH is not a number of seconds", "set it to whole seconds since 1970")
        return None


def _publish_rules(reader: SettingsReader, site: Mapping, block: Mapping) -> PublishRules:
    site_url = reader.url(site, "site_url")
    if site_url is None:
        reader.report(
            "FAQ107",
            1,
            "site_url is not set, so feeds, sitemap and structured data have no full URLs",
            "write site_url: https://faq.example/",
        )
    theme = site.get("theme")
    language = reader.text(theme, "language") if isinstance(theme, Mapping) else None
    return PublishRules(
        site_name=reader.text(site, "site_name") or "FAQ",
        site_url=Url(site_url.value.rstrip("/") + "/") if site_url else None,
        language=language or "en",
        description=reader.text(site, "site_description") or "",
        ask=tuple(_ask_link(reader, node) for node in reader.sequence(block.get("ask"), "ask")),
        contact=reader.url_template(block, "contact", "{question}", mail=True),
        misses=reader.endpoint(block, "misses"),
        report_to=reader.url_template(block, "report_to", "{url}", mail=True),
        edit_url=reader.url_template(block, "edit_url", "{path}"),
        per_page=reader.whole_number(block, "per_page", 50, 5, 1000),
        feed_entries=reader.whole_number(block, "feed_entries", 50, 1, 1000),
    )


def _group_rules(reader: SettingsReader, block: Mapping, root: Path) -> GroupRules:
    group = reader.mapping(block.get("group"), "group")
    reader.check_keys(group, "group")
    encoder = reader.text(group, "encoder")
    return GroupRules(
        merge=reader.merge_level(group),
        suggest=reader.number(group, "suggest", 0, 0, 1) if group.get("suggest") else None,
        related=reader.whole_number(group, "related", GroupRules.related, 0, 50),
        products=reader.texts(group, "products"),
        encoder=root / encoder if encoder and encoder != "none" else None,
        meaning=encoder != "none",
    )


def _read_source(reader: SettingsReader, node: Node, root: Path) -> Source:
    """Read an entry of `sources`."""
    source = reader.mapping(node, "a source")
    reader.check_keys(source, "a source")
    key = reader.text(source, "key") or ""
    try:
        ThreadKey(key, "x")
    except ValueError:
        reader.report(
            "FAQ102", source.line, "a source has no valid `key`", "use lower-case letters, digits and hyphens"
        )
        key = "invalid"
    if source.get("permission") is None:
        reader.report(
            "FAQ104",
            source.line,
            f"source {key} does not state its permission, so only excerpts are published",
            "write permission: full, excerpt or link",
        )
    path = reader.text(source, "path")
    base_url = reader.url(source, "base_url")
    return Source(
        key=key,
        place=reader.text(source, "place") or key,
        path=root / path if path else None,
        format=reader.text(source, "format"),
        base_url=base_url,
        permission=reader.choice(source, "permission", Permission, Permission.EXCERPT),
        staff=frozenset(t.lower() for t in reader.texts(source, "staff")),
        names=reader.choice(source, "names", AuthorNames, AuthorNames.HANDLES),
        needs_account=reader.flag(source, "needs_account"),
        public_channels=frozenset(reader.texts(source, "public_channels")),
        moved_from=reader.urls(source, "moved_from"),
        language=reader.text(source, "language"),
    )


def _ask_link(reader: SettingsReader, node: Node) -> AskLink:
    place = reader.mapping(node, "an entry of ask")
    reader.check_keys(place, "an entry of ask")
    url = reader.text(place, "url") or ""
    if Url.parse(url.replace("{question}", "x")) is None:
        reader.report("FAQ102", place.line, "an entry of ask has no valid `url`", "write url: https://...")
    return AskLink(name=reader.text(place, "name") or url, url=url)


def _check_sources(reader: SettingsReader, sources: tuple[Source, ...], block: Mapping) -> None:
    """Report sources with the same key."""
    seen: set[str] = set()
    for source, node in zip(sources, reader.sequence(block.get("sources"), "sources"), strict=True):
        if source.key in seen:
            reader.report("FAQ105", node.line, f"two sources have the key {source.key}", "rename one of them")
        seen.add(source.key)


def _refuse_features(reader: SettingsReader, site: Mapping) -> None:
    """Report plugins, themes and theme features that do not work with faq (FAQ106, FAQ707)."""
    plugins = site.get("plugins")
    for item in plugins.items if isinstance(plugins, Sequence) else ():
        name = item if isinstance(item, Scalar) else item.pairs[0][0] if isinstance(item, Mapping) else None
        if name is not None and name.text in REFUSED_PLUGINS:
            reader.report("FAQ106", name.line, f"the plugin {name.text} does not work with faq", "remove it")
    theme = site.get("theme")
    named = theme.get("name") if isinstance(theme, Mapping) else theme
    if not isinstance(named, Scalar) or named.text != "material":
        line = named.line if named else 1
        reader.report("FAQ707", line, "the theme is not Material for MkDocs", "write theme: {name: material}")
    features = theme.get("features") if isinstance(theme, Mapping) else None
    for item in features.items if isinstance(features, Sequence) else ():
        if isinstance(item, Scalar) and item.text.startswith(REFUSED_FEATURES):
            reader.report("FAQ106", item.line, f"the feature {item.text} does not work with faq", "remove it")
    directory_urls = site.get("use_directory_urls")
    if isinstance(directory_urls, Scalar) and directory_urls.text.lower() in ("false", "no", "off"):
        reader.report("FAQ106", directory_urls.line, "use_directory_urls: false would change all URLs", "remove it")
