"""Reads YAML; every scalar stays the text that was written, and every value has its line number.

`4.10`, `no` and `404` are texts here. Front matter, decisions, opt-outs and the `faq` block are read with it. Only
mkdocs.yml may take a value from the environment (`!ENV`), because content that did so could publish a token.
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

# problems that PyYAML reports only for a quoted text without its closing quote
_UNCLOSED_QUOTE = ("found unexpected end of stream", "found unexpected document separator")

# words in PyYAML's problems about a text that begins with one of ! & * @ ` %
_SPECIAL_CHARACTERS = ("tag", "anchor", "alias", "cannot start any token")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text and its line."""

    text: str
    line: int
    plain: bool = True  # written without quotes, `|` or `>`


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and its first line."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Pairs of key and value in the order written, and the line of the first pair."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, None if the key is missing."""
        return next((value for name, value in self.pairs if name.text == key), None)

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.pairs)


class _TagLoader(yaml.BaseLoader):
    """Composes nodes, each with the tag that was written ("" if none was), and never constructs a value."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node with the tag as written, not the one that PyYAML resolves."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # types-pyyaml
        node = super().compose_node(parent, index)
        if node is not None and not isinstance(event, yaml.AliasEvent):
            node.tag = event.tag or ""
        return node

    def scan_flow_scalar(self, style: str) -> yaml.ScalarToken:
        """Scan a quoted text; raises ScannerError also for an escape beyond Unicode, such as `"\\UFFFFFFFF"`."""
        start = self.get_mark()
        try:
            return super().scan_flow_scalar(style)
        except (ValueError, OverflowError):
            raise ScannerError(None, start, "found an escape of a character that does not exist", start) from None


def load_content(
    text: str, path: str, code: str, *, first_line: int = 1, comments: bool = True
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of a YAML text (None if it is empty or broken) and the findings about it, under one code.

    `first_line` is the line of the file on which the text begins (front matter begins on line 2). Tags, duplicate keys
    and text that YAML drops after ` #` are findings, so nothing is lost silently. With `comments`, a `#` that is
    followed by a space is taken for an intended comment.
    """
    return _load_tree(text, _NodeConverter(path=path, code=code, offset=first_line - 1, comments=comments))


def load_configuration(text: str, path: str, code: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of a mkdocs.yml and the findings about it. Resolves `!ENV`; MkDocs reads all other tags."""
    return _load_tree(text, _NodeConverter(path=path, code=code, tags=True))


def _load_tree(text: str, converter: "_NodeConverter") -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Compose a YAML text and convert its nodes."""
    try:
        root = yaml.compose(text, Loader=_TagLoader)
    except yaml.MarkedYAMLError as error:
        opened = error.context_mark if str(error.problem) in _UNCLOSED_QUOTE else None
        mark = opened or error.problem_mark
        line = mark.line + 1 if mark else 1
        where = Location(path=converter.path, line=line + converter.offset)
        return None, (_syntax_finding(error, text, where, converter.code, line),)
    except (yaml.YAMLError, RecursionError) as error:
        where = Location(path=converter.path, line=converter.offset + 1)
        message, advice = f"not YAML: {str(error).splitlines()[0]}", "remove control characters and deep nesting"
        return None, (Diagnostic(code=converter.code, where=where, message=message, help=advice),)
    if root is None:
        return None, ()
    return converter.convert(root), tuple(converter.findings)


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, where: Location, code: str, line: int) -> Diagnostic:
    """Return the finding for YAML that cannot be parsed. `line` counts in the text, `where` in the file."""
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    if "mapping values are not allowed" in str(error.problem):
        key = written.split(":", 1)[0].strip()
        if error.problem_mark and _is_first_colon(written, error.problem_mark.column):
            message = "the line is indented more than the line above, which already has a value"
            return Diagnostic(code=code, where=where, message=message, help="start both in the same column")
        return Diagnostic(
            code=code,
            where=where,
            message="a value contains a colon and a space without quotes",
            help=f'put the value in quotes: {key}: "..."' if key.isidentifier() else "put the value in quotes",
        )
    if "\t" in written:
        return Diagnostic(code=code, where=where, message="a tab where YAML needs spaces", help="use spaces")
    problem = str(error.problem or "not YAML")
    if problem in _UNCLOSED_QUOTE:
        return Diagnostic(code=code, where=where, message="an opening quote has no closing quote", help="close it")
    if any(sign in f"{error.context} {problem}" for sign in _SPECIAL_CHARACTERS):
        message = "a value begins with a character that has a meaning in YAML"
        return Diagnostic(code=code, where=where, message=message, help="put the whole value in quotes")
    return Diagnostic(code=code, where=where, message=f"not YAML: {problem}", help="check quotes and indentation")


def _is_first_colon(line: str, column: int) -> bool:
    """Whether the colon at a column is the first of its line: it ends a key then, so the indentation is wrong."""
    return not re.search(r":(\s|$)", line[:column])


def _environment_value(node: yaml.Node) -> str:
    """Return the value of `!ENV NAME` or `!ENV [NAME, OTHER, default]`: the first variable set, else the default."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = [item.value for item in items if isinstance(item, yaml.ScalarNode)]
    default = names.pop() if len(names) > 1 else ""
    return next((os.environ[name] for name in names if name in os.environ), default)


@dataclass(frozen=True, slots=True)
class _NodeConverter:
    """Converts the composed nodes of one text. An alias is converted once, so that aliases of aliases stay small."""

    path: str
    code: str
    offset: int = 0  # lines of the file above the text
    comments: bool = True  # a `#` that is followed by a space is an intended comment
    tags: bool = False  # tags are allowed, and `!ENV` is resolved
    findings: list[Diagnostic] = field(default_factory=list)
    converted: dict[int, Node] = field(default_factory=dict)  # by id() of the composed node
    ancestors: set[int] = field(default_factory=set)  # id() of the nodes that are being converted

    def convert(self, node: yaml.Node) -> Node:
        """Convert a node and the nodes below it."""
        line = node.start_mark.line + 1 + self.offset
        if id(node) in self.ancestors:
            self._report(line, "an alias contains itself", "write the value out")
            return Scalar("", line)
        if id(node) not in self.converted:
            self.ancestors.add(id(node))
            self.converted[id(node)] = self._convert_node(node, line)
            self.ancestors.remove(id(node))
        return self.converted[id(node)]

    def _convert_node(self, node: yaml.Node, line: int) -> Node:
        self._check_tag(node, line)
        if self.tags and node.tag == "!ENV":
            return Scalar(self._whole_text(_environment_value(node), line), line)
        if isinstance(node, yaml.ScalarNode):
            self._check_comment(node)
            return Scalar(self._whole_text(node.value, line), line, plain=node.style is None)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(item) for item in node.value), line)
        assert isinstance(node, yaml.MappingNode)
        pairs: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self._convert_key(key_node)
            if key.text in seen:
                self._report(key.line, "the same key occurs twice", "keep one of them")
            seen.add(key.text)
            pairs.append((key, self.convert(value_node)))
        return Mapping(tuple(pairs), line)

    def _convert_key(self, node: yaml.Node) -> Scalar:
        line = node.start_mark.line + 1 + self.offset
        self._check_tag(node, line)
        return Scalar(self._whole_text(node.value, line) if isinstance(node, yaml.ScalarNode) else "", line)

    def _check_tag(self, node: yaml.Node, line: int) -> None:
        """Report a tag in content: `title: !important does not win` would lose a word, `!ENV` would publish a token."""
        if node.tag and not self.tags:
            advice = "put the whole value in quotes; `!ENV` works in mkdocs.yml only"
            self._report(line, "a value begins with `!`, which makes its first word a YAML tag", advice)

    def _whole_text(self, text: str, line: int) -> str:
        """Return a text with surrogate pairs joined, as in JSON: `"\\uD83D\\uDE00"` is one emoji; report a half."""
        whole = whole_characters(text)
        if whole.count(REPLACEMENT) > text.count(REPLACEMENT):
            advice = "write the character itself, or both of its escapes (\\uD83D\\uDE00)"
            self._report(line, "an escape is only half of a character", advice)
        return whole

    def _check_comment(self, node: yaml.ScalarNode) -> None:
        """Report text after an unquoted value that YAML takes for a comment: `title: Error #42`."""
        if node.style is not None or node.end_mark.buffer is None or not node.value:
            return
        rest = node.end_mark.buffer[node.end_mark.pointer :].split("\n", 1)[0].rstrip("\0").lstrip()
        if rest.startswith("#") and not (self.comments and rest.startswith("# ")):
            line = node.end_mark.line + 1 + self.offset
            self._report(line, "text after ` #` is dropped as a comment", 'put the whole value in quotes: "..."')

    def _report(self, line: int, message: str, advice: str) -> None:
        where = Location(path=self.path, line=line)
        self.findings.append(Diagnostic(code=self.code, where=where, message=message, help=advice))
