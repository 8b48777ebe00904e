"""The front matter of a thread file: the `key: value` lines between the `---` lines."""

import difflib
import re
from dataclasses import dataclass, field

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.yaml import Mapping, Node, Scalar, Sequence
from faq_builder.model import ThreadKey, Url
from faq_builder.read.formats.markdown.thread_keys import opaque_if_private

KEYS = ("title", "url", "source", "id", "format", "language", "tags", "versions", "duplicate_of", "imported", "version")

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the general form of RFC 5646
_FORMAT = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """The values of the front matter, None for a key that it lacks."""

    title: str | None = None
    url: Url | None = None
    source: str | None = None
    id: str | None = None
    format: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    duplicate_of: tuple[ThreadKey | Url, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()  # each key with its line in the file, from 1

    def line(self, key: str) -> int:
        """Return the line of a key, 1 if the front matter lacks the key."""
        return dict(self.lines).get(key, 1)


def read_front_matter(text: str, display_path: str) -> tuple[FrontMatter | None, tuple[Diagnostic, ...]]:
    """Read front matter (None if it is not YAML), with findings for everything that is wrong in it."""
    root, findings = yaml.load_content(text, display_path, "FAQ402", first_line=2, comments=False)
    reader = _FrontMatterReader(display_path, list(findings))
    if root is None:
        return (None if findings else FrontMatter()), findings
    if not isinstance(root, Mapping):
        reader.report("FAQ402", root.line, "the front matter holds no `key: value` lines", "write `title: ...`")
        return None, tuple(reader.findings)
    for key, _ in root:
        reader.check_key(key)
    reader.check_version(root)
    front = FrontMatter(
        title=reader.text(root, "title"),
        url=reader.url(root, "url"),
        source=reader.key_part(root, "source"),
        id=reader.key_part(root, "id"),
        format=reader.word(root, "format", _FORMAT, "write the name of a format, such as `discourse`, or leave it out"),
        language=reader.word(root, "language", _LANGUAGE, "write a language tag, such as `en` or `pt-BR`"),
        tags=reader.texts(root, "tags"),
        versions=reader.texts(root, "versions"),
        duplicate_of=reader.threads(root, "duplicate_of"),
        lines=tuple((key.text, key.line) for key, _ in root),
    )
    return front, tuple(reader.findings)


@dataclass
class _FrontMatterReader:
    """Reads values from the YAML tree, and collects findings about them."""

    path: str
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, line: int, message: str, advice: str) -> None:
        """Add a finding on a line of the file."""
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))

    def check_key(self, key: Scalar) -> None:
        """Report a key that does not exist."""
        if key.text in KEYS:
            return
        close = difflib.get_close_matches(key.text.lower(), KEYS, n=1)
        advice = f"did you mean `{close[0]}`?" if close else f"the keys are: {', '.join(KEYS)}"
        self.report("FAQ403", key.line, f"there is no key `{key.text[:40]}`", advice)

    def check_version(self, root: Mapping) -> None:
        """Report a `version` other than 1."""
        value = root.get("version")
        if value is not None and not (isinstance(value, Scalar) and value.text == "1"):
            advice = "write `version: 1` or leave it out; versions of your product go under `versions:`"
            self.report("FAQ413", value.line, "the version of the file's form is not known", advice)

    def text(self, root: Mapping, key: str) -> str | None:
        """Return the text of a key; None if the key is missing, empty or not a text."""
        value = root.get(key)
        if value is None or (isinstance(value, Scalar) and value.plain and not value.text):
            return None
        if isinstance(value, Scalar):
            return value.text
        self.report("FAQ413", value.line, f"`{key}` must be one text", "write it on one line")
        return None

    def word(self, root: Mapping, key: str, pattern: re.Pattern[str], advice: str) -> str | None:
        """Return the text of a key if it matches a pattern."""
        text = self.text(root, key)
        if text is not None and not pattern.fullmatch(text):
            self.report("FAQ413", _line(root, key), f"`{key}` has a value that is not allowed", advice)
            return None
        return text

    def texts(self, root: Mapping, key: str) -> tuple[str, ...]:
        """Return a list of texts, or a single text as a list of one."""
        value = root.get(key)
        if isinstance(value, Scalar):
            if value.plain and "," in value.text:
                self.report(
                    "FAQ413", value.line, f"`{key}` holds a comma but is not a list", f"write {key}: [one, two]"
                )
            return (value.text,) if value.text or not value.plain else ()
        items = value.items if isinstance(value, Sequence) else ()
        if isinstance(value, Mapping) or any(not isinstance(item, Scalar) for item in items):
            self.report(
                "FAQ413", value.line if value else 1, f"`{key}` must be a list of texts", "begin each with `- `"
            )
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def url(self, root: Mapping, key: str) -> Url | None:
        """Return the value of a key as a URL; None if the key is missing or, with a finding, if it is not a URL."""
        text = self.text(root, key)
        url = Url.parse(text)
        if text is not None and url is None:
            self.report("FAQ406", _line(root, key), f"`{key}` is not a URL", "write https://...")
        return url

    def key_part(self, root: Mapping, key: str) -> str | None:
        """Return a source key or a native id, the two parts of a thread key."""
        text = self.text(root, key)
        try:
            if text is not None:
                ThreadKey(*((text, "x") if key == "source" else ("x", text)))
        except ValueError as error:
            self.report("FAQ413", _line(root, key), f"`{key}` has a value that is not allowed", str(error))
            return None
        return text

    def threads(self, root: Mapping, key: str) -> tuple[ThreadKey | Url, ...]:
        """Return the threads that a key names, one or a list."""
        value = root.get(key)
        if value is None or (isinstance(value, Scalar) and value.plain and not value.text):
            return ()
        found = []
        for node in value.items if isinstance(value, Sequence) else (value,):
            thread = _thread(node)
            if thread is None:
                advice = "write the URL https://..., or source:id"
                self.report("FAQ413", node.line, f"`{key}` names no thread", advice)
            else:
                found.append(thread)
        return tuple(found)


def _thread(node: Node) -> ThreadKey | Url | None:
    """Return the thread that a node names: by URL, by `source:id`, or by `{source: ..., id: ...}`."""
    try:
        if isinstance(node, Mapping):
            source, native = node.get("source"), node.get("id")
            if len(node.pairs) == 2 and isinstance(source, Scalar) and isinstance(native, Scalar):
                return _without_private_data(ThreadKey(source.text, native.text))
        if isinstance(node, Scalar):
            return Url.parse(node.text) or _without_private_data(ThreadKey.parse(node.text))
    except ValueError:
        return None
    return None


def _without_private_data(key: ThreadKey) -> ThreadKey:
    return ThreadKey(key.source, opaque_if_private(key.native))


def _line(root: Mapping, key: str) -> int:
    return next((name.line for name, _ in root if name.text == key), 1)
