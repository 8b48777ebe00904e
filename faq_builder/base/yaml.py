"""YAML in which every scalar stays the text that was written, and every value knows its line.

`4.10`, `no` and `404` are text here. Front matter, decisions, opt-outs and the `faq` block are read with it. Only
mkdocs.yml may take a value from the environment (`!ENV`): what people write as content must not publish a token.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, Union

import yaml
from yaml.scanner import ScannerError

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.surrogates import REPLACEMENT, whole_characters

Node: TypeAlias = Union["Scalar", "Sequence", "Mapping"]


# what PyYAML says where a quoted text runs on to the end; only there
_UNCLOSED = ("found unexpected end of stream", "found unexpected document separator")

# what PyYAML names where a text begins with one of ! & * @ ` %
_SIGNS = ("tag", "anchor", "alias", "cannot start any token")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text and the line it stands on; `plain` where it was written without quotes or block marks."""

    text: str
    line: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and the line it begins on."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Key and value pairs in the order written, and the line the first stands on."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> "Node | None":
        """The value of a key, None where it is not there."""
        return next((value for name, value in self.pairs if name.text == key), None)

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.pairs)


class _Loader(yaml.BaseLoader):
    """Composes nodes whose `tag` is the one that was written, empty if none was; never constructs a value."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # types-pyyaml
        node = super().compose_node(parent, index)
        if node is not None and not isinstance(event, yaml.AliasEvent):
            node.tag = event.tag or ""
        return node

    def scan_flow_scalar(self, style: str) -> yaml.ScalarToken:
        """Raises ScannerError also for an escape beyond Unicode, such as `"\\UFFFFFFFF"`."""
        start = self.get_mark()
        try:
            return super().scan_flow_scalar(style)
        except (ValueError, OverflowError):
            raise ScannerError(None, start, "found an escape of a character that does not exist", start) from None


def load(
    text: str, path: str, code: str, *, first_line: int = 1, comments: bool = True
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a YAML text (None when empty or broken) and what is wrong with it, under the given code.

    `first_line` is the line of the file on which the text begins (front matter begins on line 2).
    Tags, doubled keys and text that YAML drops after ` #` are findings, not silent losses; with `comments` a `# ` that
    is followed by a space is taken for a comment that was meant.
    """
    return _load(text, _Reader(path=path, code=code, offset=first_line - 1, comments=comments))


def load_configuration(text: str, path: str, code: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a mkdocs.yml, as `load`; `!ENV` is resolved as MkDocs does, and other tags are left to MkDocs."""
    return _load(text, _Reader(path=path, code=code, tags=True))


def _load(text: str, reader: "_Reader") -> tuple[Node | None, tuple[Diagnostic, ...]]:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        opened = error.context_mark if str(error.problem) in _UNCLOSED else None
        mark = opened or error.problem_mark
        line = mark.line + 1 if mark else 1
        where = Location(path=reader.path, line=line + reader.offset)
        return None, (_broken(error, text, where, reader.code, line),)
    except (yaml.YAMLError, RecursionError) as error:
        where = Location(path=reader.path, line=reader.offset + 1)
        message, advice = f"not YAML: {str(error).splitlines()[0]}", "take out control characters and deep nesting"
        return None, (Diagnostic(code=reader.code, where=where, message=message, help=advice),)
    if root is None:
        return None, ()
    return reader.convert(root), tuple(reader.findings)


def _broken(error: yaml.MarkedYAMLError, text: str, where: Location, code: str, line: int) -> Diagnostic:
    """The finding for YAML that cannot be parsed; the usual mistake gets its own words."""
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    if "mapping values are not allowed" in str(error.problem):
        key = written.split(":", 1)[0].strip()
        if error.problem_mark and _is_first_colon(written, error.problem_mark.column):
            message = "the line is indented deeper than the one above, which has a value already"
            return Diagnostic(code=code, where=where, message=message, help="let both begin in the same column")
        return Diagnostic(
            code=code,
            where=where,
            message="a value holds a colon and a space without quotes",
            help=f'put the value in quotes: {key}: "..."' if key.isidentifier() else "put the value in quotes",
        )
    if "\t" in written:
        return Diagnostic(code=code, where=where, message="a tab stands where YAML wants spaces", help="use spaces")
    problem = str(error.problem or "not YAML")
    if problem in _UNCLOSED:
        return Diagnostic(code=code, where=where, message="a quote is opened and not closed", help="close it")
    if any(sign in f"{error.context} {problem}" for sign in _SIGNS):
        message = "a value begins with a character that means something in YAML"
        return Diagnostic(code=code, where=where, message=message, help="put the whole value in quotes")
    return Diagnostic(code=code, where=where, message=f"not YAML: {problem}", help="check quotes and indentation")


def _is_first_colon(line: str, column: int) -> bool:
    """Whether a colon ends the key of its line: then it is not in a value, but the line goes on the one above."""
    return not re.search(r":(\s|$)", line[:column])


def _from_environment(node: yaml.Node) -> str:
    """The value of MkDocs' `!ENV NAME` or `!ENV [NAME, OTHER, default]`: the first that is set, else the default."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = [item.value for item in items if isinstance(item, yaml.ScalarNode)]
    default = names.pop() if len(names) > 1 else ""
    return next((os.environ[name] for name in names if name in os.environ), default)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One walk over the composed nodes; an alias is converted once, so that aliases of aliases stay small."""

    path: str
    code: str
    offset: int = 0  # lines of the file above the text
    comments: bool = True
    tags: bool = False  # allowed, and `!ENV` resolved
    findings: list[Diagnostic] = field(default_factory=list)
    done: dict[int, Node] = field(default_factory=dict)
    above: set[int] = field(default_factory=set)

    def convert(self, node: yaml.Node) -> Node:
        line = node.start_mark.line + 1 + self.offset
        if id(node) in self.above:
            self._find(line, "an alias contains itself", "write the value out")
            return Scalar("", line)
        if id(node) not in self.done:
            self.above.add(id(node))
            self.done[id(node)] = self._convert_new(node, line)
            self.above.remove(id(node))
        return self.done[id(node)]

    def _convert_new(self, node: yaml.Node, line: int) -> Node:
        self._check_tag(node, line)
        if self.tags and node.tag == "!ENV":
            return Scalar(self._whole(_from_environment(node), line), line)
        if isinstance(node, yaml.ScalarNode):
            self._check_comment(node)
            return Scalar(self._whole(node.value, line), line, plain=node.style is None)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(item) for item in node.value), line)
        assert isinstance(node, yaml.MappingNode)
        pairs: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key.text in seen:
                self._find(key.line, "the same key stands twice", "keep one of them")
            seen.add(key.text)
            pairs.append((key, self.convert(value_node)))
        return Mapping(tuple(pairs), line)

    def _key(self, node: yaml.Node) -> Scalar:
        line = node.start_mark.line + 1 + self.offset
        self._check_tag(node, line)
        return Scalar(self._whole(node.value, line) if isinstance(node, yaml.ScalarNode) else "", line)

    def _check_tag(self, node: yaml.Node, line: int) -> None:
        """Report a tag in content: `title: !important does not win` would lose a word, `!ENV` publish a token."""
        if node.tag and not self.tags:
            advice = "put the whole value in quotes; `!ENV` works in mkdocs.yml only"
            self._find(line, "a value begins with `!`, which makes a tag of its first word", advice)

    def _whole(self, text: str, line: int) -> str:
        """The text in whole characters: `"\\uD83D\\uDE00"` is one in YAML as it is in JSON, half of it is a finding."""
        whole = whole_characters(text)
        if whole.count(REPLACEMENT) > text.count(REPLACEMENT):
            advice = "write the character itself, or both of its escapes (\\uD83D\\uDE00)"
            self._find(line, "an escape stands for half of a character", advice)
        return whole

    def _check_comment(self, node: yaml.ScalarNode) -> None:
        """Report text that YAML takes for a comment behind an unquoted value: `title: Error #42`."""
        if node.style is not None or node.end_mark.buffer is None or not node.value:
            return
        rest = node.end_mark.buffer[node.end_mark.pointer :].split("\n", 1)[0].rstrip("\0").lstrip()
        if rest.startswith("#") and not (self.comments and rest.startswith("# ")):
            line = node.end_mark.line + 1 + self.offset
            self._find(line, "text behind ` #` is dropped as a comment", 'put the whole value in quotes: "..."')

    def _find(self, line: int, message: str, advice: str) -> None:
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=self.code, where=where, message=message, help=advice))
