"""Front matter: the `key: value` lines between the `---` lines, read into a small value."""

import difflib
import re
from dataclasses import dataclass, field

from faq_builder.base import yaml
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.yaml import Mapping, Node, Scalar, Sequence
from faq_builder.model import ThreadKey, Url
from faq_builder.read.formats.markdown.address import telling_nothing

KEYS = ("title", "url", "source", "id", "format", "language", "tags", "versions", "duplicate_of", "imported", "version")

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # RFC 5646, its outline
_FORMAT = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, kw_only=True)
class Front:
    """What front matter says about a thread; None where it says nothing. Lines are those of the file."""

    title: str | None = None
    url: Url | None = None
    source: str | None = None
    id: str | None = None
    format: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    duplicate_of: tuple[ThreadKey | Url, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()

    def line(self, key: str) -> int:
        """The line on which a key stands, 1 where it does not."""
        return dict(self.lines).get(key, 1)


def read_front(text: str, shown: str) -> tuple[Front | None, tuple[Diagnostic, ...]]:
    """What front matter says, None where it is not YAML, and everything that is wrong in it."""
    root, findings = yaml.load_content(text, shown, "FAQ402", first_line=2, comments=False)
    reader = _Reader(shown, list(findings))
    if root is None:
        return (None if findings else Front()), findings
    if not isinstance(root, Mapping):
        reader.find("FAQ402", root.line, "the front matter holds no `key: value` lines", "write `title: ...`")
        return None, tuple(reader.findings)
    for key, _ in root:
        reader.check_key(key)
    reader.check_version(root)
    front = Front(
        title=reader.text(root, "title"),
        url=reader.url(root, "url"),
        source=reader.key_part(root, "source"),
        id=reader.key_part(root, "id"),
        format=reader.word(root, "format", _FORMAT, "write the name of a format, such as `discourse`, or leave it out"),
        language=reader.word(root, "language", _LANGUAGE, "write a language tag, such as `en` or `pt-BR`"),
        tags=reader.texts(root, "tags"),
        versions=reader.texts(root, "versions"),
        duplicate_of=reader.addresses(root, "duplicate_of"),
        lines=tuple((key.text, key.line) for key, _ in root),
    )
    return front, tuple(reader.findings)


@dataclass
class _Reader:
    """Reads values out of the tree and collects what is wrong with them."""

    path: str
    findings: list[Diagnostic] = field(default_factory=list)

    def find(self, code: str, line: int, message: str, advice: str) -> None:
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=code, where=where, message=message, help=advice))

    def check_key(self, key: Scalar) -> None:
        if key.text in KEYS:
            return
        close = difflib.get_close_matches(key.text.lower(), KEYS, n=1)
        advice = f"did you mean `{close[0]}`?" if close else f"the keys are: {', '.join(KEYS)}"
        self.find("FAQ403", key.line, f"there is no key `{key.text[:40]}`", advice)

    def check_version(self, root: Mapping) -> None:
        value = root.get("version")
        if value is not None and not (isinstance(value, Scalar) and value.text == "1"):
            advice = "write `version: 1` or leave it out; versions of your product go under `versions:`"
            self.find("FAQ413", value.line, "the version of the file's form is not known", advice)

    def text(self, root: Mapping, key: str) -> str | None:
        value = root.get(key)
        if value is None or (isinstance(value, Scalar) and value.plain and not value.text):
            return None
        if isinstance(value, Scalar):
            return value.text
        self.find("FAQ413", value.line, f"`{key}` must be one text", "write it on one line")
        return None

    def word(self, root: Mapping, key: str, shape: re.Pattern[str], advice: str) -> str | None:
        text = self.text(root, key)
        if text is not None and not shape.fullmatch(text):
            self.find("FAQ413", _line(root, key), f"`{key}` has a value that is not allowed", advice)
            return None
        return text

    def texts(self, root: Mapping, key: str) -> tuple[str, ...]:
        value = root.get(key)
        if isinstance(value, Scalar):
            if value.plain and "," in value.text:
                self.find("FAQ413", value.line, f"`{key}` holds a comma and is no list", f"write {key}: [one, two]")
            return (value.text,) if value.text or not value.plain else ()
        items = value.items if isinstance(value, Sequence) else ()
        if isinstance(value, Mapping) or any(not isinstance(item, Scalar) for item in items):
            self.find("FAQ413", value.line if value else 1, f"`{key}` must be a list of texts", "begin each with `- `")
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def url(self, root: Mapping, key: str) -> Url | None:
        text = self.text(root, key)
        url = Url.parse(text)
        if text is not None and url is None:
            self.find("FAQ406", _line(root, key), f"`{key}` is not an address", "write https://...")
        return url

    def key_part(self, root: Mapping, key: str) -> str | None:
        """A source key or a native id."""
        text = self.text(root, key)
        try:
            if text is not None:
                ThreadKey(*((text, "x") if key == "source" else ("x", text)))
        except ValueError as error:
            self.find("FAQ413", _line(root, key), f"`{key}` has a value that is not allowed", str(error))
            return None
        return text

    def addresses(self, root: Mapping, key: str) -> tuple[ThreadKey | Url, ...]:
        value = root.get(key)
        if value is None or (isinstance(value, Scalar) and value.plain and not value.text):
            return ()
        found = []
        for node in value.items if isinstance(value, Sequence) else (value,):
            address = _address(node)
            if address is None:
                advice = "write the address https://..., or source:id"
                self.find("FAQ413", node.line, f"`{key}` names no thread", advice)
            else:
                found.append(address)
        return tuple(found)


def _address(node: Node) -> ThreadKey | Url | None:
    """A thread named by its address, by `source:id`, or by a block with both."""
    try:
        if isinstance(node, Mapping):
            source, native = node.get("source"), node.get("id")
            if len(node.pairs) == 2 and isinstance(source, Scalar) and isinstance(native, Scalar):
                return _told(ThreadKey(source.text, native.text))
        if isinstance(node, Scalar):
            return Url.parse(node.text) or _told(ThreadKey.parse(node.text))
    except ValueError:
        return None
    return None


def _told(key: ThreadKey) -> ThreadKey:
    return ThreadKey(key.source, telling_nothing(key.native))


def _line(root: Mapping, key: str) -> int:
    return next((name.line for name, _ in root if name.text == key), 1)
