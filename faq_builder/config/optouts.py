"""Reads content/optout.yml: the people who must not appear on the site.

version: 1
people:
  - source: forum    # without it: in every source
    id: "826"        # or handle: fred, or profile: https://...
    remove: text     # or name (the default): their texts stay, without the name
"""

from collections.abc import Iterable
from pathlib import Path

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.base.yaml import Mapping, Scalar, Sequence
from faq_builder.config.rules import OptOut
from faq_builder.model import Url

_ENTRY_HELP = "give source, one of id, handle or profile, and remove: name or text"


def read_opt_outs(path: Path, shown: str) -> tuple[tuple[OptOut, ...], tuple[Diagnostic, ...]]:
    """Return the opt-outs in a file and the findings about it; a mistake is an error, as it could publish a person."""
    if not path.exists():
        return (), ()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return (), (_mistake_finding(shown, 1, "the opt-outs cannot be read", "save the file as UTF-8"),)
    root, findings = yaml.load_content(text, shown, "FAQ109")
    people = root.get("people") if isinstance(root, Mapping) else None
    version = root.get("version") if isinstance(root, Mapping) else None
    if isinstance(version, Scalar) and version.text != "1":
        findings = (
            *findings,
            _mistake_finding(shown, version.line, "the version is not known", "write version: 1"),
        )
    if isinstance(people, Scalar) and people.plain and not people.text:
        return (), findings
    if not isinstance(people, Sequence):
        if root is None and findings:
            return (), findings
        return (), (
            *findings,
            _mistake_finding(shown, 1, "there is no list `people:`", "begin with `people:` and a list"),
        )
    opt_outs: list[OptOut] = []
    mistakes = list(findings)
    for node in people.items:
        entry = _read_entry(node)
        if isinstance(entry, str):
            mistakes.append(_mistake_finding(shown, node.line, f"an opt-out is not understood: {entry}", _ENTRY_HELP))
        else:
            opt_outs.append(entry)
    return tuple(opt_outs), tuple(mistakes)


def unknown_source_findings(opt_outs: Iterable[OptOut], keys: Iterable[str], shown: str) -> tuple[Diagnostic, ...]:
    """Return a finding for each opt-out whose source is not configured: mistyped, or removed since."""
    known = sorted(keys)
    advice = f"the sources are: {', '.join(known)}; without `source` an opt-out holds in all of them"
    message = "an opt-out names a source that is not configured"
    return tuple(
        Diagnostic(
            code="FAQ109",
            where=Location(path=shown, line=opt_out.line),
            message=message,
            help=advice,
            severity=Severity.WARNING,
        )
        for opt_out in opt_outs
        if opt_out.source is not None and opt_out.source not in known
    )


def _read_entry(node: yaml.Node) -> OptOut | str:
    """Return the opt-out of an entry, or the mistake in it as words."""
    if not isinstance(node, Mapping):
        return "it has no keys"
    values = {key.text: value.text for key, value in node if isinstance(value, Scalar)}
    if len(values) != len(node.pairs):
        return "a value is not a text"
    if not values.keys() <= {"source", "id", "handle", "profile", "remove", "reason"}:
        return "a key is not known"
    profile = Url.parse(values.get("profile"))
    if "profile" in values and profile is None:
        return "`profile` is not a URL"
    if sum(bool(values.get(name)) for name in ("id", "handle", "profile")) != 1:
        return "it must name one account"
    if values.get("remove", "name") not in ("name", "text"):
        return "`remove` is neither `name` nor `text`"
    return OptOut(
        source=values.get("source"),
        account=values.get("id"),
        handle=values.get("handle"),
        profile=profile,
        removes_text=values.get("remove") == "text",
        line=node.line,
    )


def _mistake_finding(shown: str, line: int, message: str, advice: str) -> Diagnostic:
    return Diagnostic(code="FAQ109", where=Location(path=shown, line=line), message=message, help=advice)
