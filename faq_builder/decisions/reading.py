"""Files of decisions: content/decisions/*.yml -> what people decided about threads and topics.

version: 1
decisions:
  - same: [https://forum.example/t/12, https://widgets.example/blog/rain#comment-3]
    reason: both red widgets broke in the rain
  - confirm: /q/red-widget-shattered/      # a page of this FAQ, a thread, a message
    date: 2026-03-01
    version: "4.2"
    reason: tried it in the workshop
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.yaml import Mapping, Node, Scalar, Sequence
from faq_builder.model import Decision, DecisionKind

VERSION = "1"
PROPOSED = "proposed"  # the folder, within content/decisions, of what programs propose; no build obeys it
_KINDS = {kind.value: kind for kind in DecisionKind}
_EXTRAS: dict[DecisionKind, frozenset[str]] = {
    DecisionKind.TITLE: frozenset({"text"}),
    DecisionKind.NOTE: frozenset({"text"}),
    DecisionKind.PUBLIC: frozenset({"text"}),
    DecisionKind.CONFIRM: frozenset({"date", "version"}),
    DecisionKind.OUTDATED: frozenset({"since", "instead", "text"}),
}
_REQUIRED: dict[DecisionKind, frozenset[str]] = {
    DecisionKind.TITLE: frozenset({"text"}),
    DecisionKind.NOTE: frozenset({"text"}),
    DecisionKind.PUBLIC: frozenset({"text"}),
    DecisionKind.CONFIRM: frozenset({"date"}),
}


def read_decisions(folder: Path) -> tuple[tuple[Decision, ...], tuple[Diagnostic, ...]]:
    """Return the decisions of every *.yml and *.yaml file below the folder, by path and line; none without a folder.

    An entry with a mistake is an error and is left out; the other entries of its file are read. What programs propose
    (the folder `proposed`) is no decision.
    """
    paths = _decision_files(folder)
    return _read_files([p for p in paths if p.relative_to(folder).parts[0] != PROPOSED], folder)


def read_proposals(folder: Path) -> tuple[tuple[Decision, ...], tuple[Diagnostic, ...]]:
    """Return what programs propose, in the folder `proposed` of the folder of decisions: not decided by anybody yet."""
    return _read_files(_decision_files(folder / PROPOSED), folder)


def parse_decisions(text: str, path: str) -> tuple[tuple[Decision, ...], tuple[Diagnostic, ...]]:
    """Return the decisions in the text of one file, and a finding for each mistake in it."""
    reader = _DecisionFileReader(path)
    return tuple(reader.parse(text)), tuple(reader.findings)


def _decision_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yml", ".yaml") and p.is_file())


def _read_files(paths: Iterable[Path], folder: Path) -> tuple[tuple[Decision, ...], tuple[Diagnostic, ...]]:
    decisions: list[Decision] = []
    findings: list[Diagnostic] = []
    for path in paths:
        reader = _DecisionFileReader(f"{folder.parent.name}/{folder.name}/{path.relative_to(folder).as_posix()}")
        decisions += reader.read(path)
        findings += reader.findings
    return tuple(decisions), tuple(findings)


@dataclass
class _DecisionFileReader:
    """Reads one file of decisions and collects a finding for each mistake in it."""

    path: str  # as findings give it, "content/decisions/faq.yml"
    findings: list[Diagnostic] = field(default_factory=list)

    def read(self, file: Path) -> Iterator[Decision]:
        """Yield the decisions of a file."""
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self._find(1, "the file cannot be read", "save it as UTF-8", "FAQ601")
            return
        yield from self.parse(text)

    def parse(self, text: str) -> Iterator[Decision]:
        """Yield the decisions in the text of a file."""
        root, findings = yaml.load_content(text, self.path, "FAQ601")
        self.findings += findings
        for node in self._entries(root) if root is not None else ():
            decision = self._decision(node)
            if decision is not None:
                yield decision

    def _entries(self, root: Node) -> tuple[Node, ...]:
        """Return the items of `decisions:`."""
        entries = root.get("decisions") if isinstance(root, Mapping) else None
        if not isinstance(root, Mapping) or entries is None:
            self._find(root.line, "there is no list `decisions:`", "begin with `version: 1` and `decisions:`")
            return ()
        version = root.get("version")
        if not isinstance(version, Scalar) or version.text != VERSION:
            line = version.line if version else root.line
            self._find(line, "`version:` is missing or unknown", "begin the file with `version: 1`")
        for key, _ in root:
            if key.text not in ("version", "decisions"):
                self._find(key.line, "the file has an unknown key", "keep only `version:` and `decisions:`")
        if isinstance(entries, Sequence):
            return entries.items
        if not (isinstance(entries, Scalar) and not entries.text):
            self._find(entries.line, "`decisions:` is not a list", "begin each decision with `- ` on a line of its own")
        return ()

    def _decision(self, node: Node) -> Decision | None:
        """Return the decision in one entry, None if there is a mistake in it; each mistake is a finding."""
        if not isinstance(node, Mapping):
            self._find(node.line, "a decision is not a block of `key: value` lines", "write `- same: [URL, URL]`")
            return None
        before = len(self.findings)
        named = [key for key, _ in node if key.text in _KINDS]
        if len(named) != 1:
            message = "a decision has more than one kind" if named else "a decision has no kind"
            self._find(node.line, message, f"write exactly one of {', '.join(_KINDS)}")
            return None
        kind = _KINDS[named[0].text]
        texts = self._texts(node, kind)
        targets = self._targets(node.get(kind.value), named[0], kind)
        on = self._date(node) if "date" in texts else None
        if len(self.findings) > before:
            return None
        return Decision(
            kind=kind,
            references=targets,
            reason=texts["reason"],
            where=Location(path=self.path, line=node.line),
            text=texts.get("text"),
            on=on,
            version=texts.get("version") or texts.get("since"),
            instead=texts.get("instead"),
        )

    def _texts(self, node: Mapping, kind: DecisionKind) -> dict[str, str]:
        """Return the values of the keys other than the kind, such as `reason`."""
        known = {"reason"} | _EXTRAS.get(kind, frozenset())
        texts: dict[str, str] = {}
        for key, value in node:
            if key.text == kind.value:
                continue
            if key.text not in known:
                names = ", ".join(sorted(known))
                self._find(key.line, f"`{kind.value}` takes no key `{key.text[:40]}`", f"its keys are: {names}")
            elif not isinstance(value, Scalar) or not value.text.strip():
                self._find(key.line, f"`{key.text}` has no text", "write a text after the colon")
            else:
                texts[key.text] = value.text.strip()
        for name in sorted({"reason"} | _REQUIRED.get(kind, frozenset())):
            if name not in texts and node.get(name) is None:
                self._find(node.line, f"`{kind.value}` has no `{name}`", f"add `{name}:`")
        return texts

    def _targets(self, value: Node | None, key: Scalar, kind: DecisionKind) -> tuple[str, ...]:
        """Return what the decision is about, each once: URLs, site paths, thread keys or topic ids."""
        items = value.items if isinstance(value, Sequence) else (value,) if value is not None else ()
        texts = tuple(item.text.strip() for item in items if isinstance(item, Scalar) and item.text.strip())
        if not texts or len(texts) != len(items):
            self._find(key.line, f"`{kind.value}` has no URL", "write one URL, or a list of URLs in brackets")
        elif kind is DecisionKind.SAME and len(set(texts)) < 2:
            self._find(key.line, "`same` has only one URL", "write a list of at least two URLs")
        return tuple(dict.fromkeys(texts))

    def _date(self, node: Mapping) -> date | None:
        """Return the day of `date:`, None if it is not a date."""
        value = node.get("date")
        assert isinstance(value, Scalar)
        try:
            return date.fromisoformat(value.text.strip())
        except ValueError:
            self._find(value.line, "`date` is not a date", "write a date such as 2026-03-01")
            return None

    def _find(self, line: int, message: str, advice: str, code: str = "FAQ602") -> None:
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))
