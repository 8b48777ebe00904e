"""Changing a tree of HTML before it is written as Markdown."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup, Tag

__all__ = ["Step", "apply"]

Step = Callable[[BeautifulSoup, Tag], None]


def apply(soup: BeautifulSoup, steps: Mapping[str, Step], dropped: frozenset[str]) -> None:
    """Take out the elements that are `dropped`, then run each step, in their order, on the elements of its key.

    A key is an element's name, or a class with a dot before it. One pass finds all; a selector each takes three times
    as long.
    """
    found: dict[str, list[Tag]] = defaultdict(list)
    for node in soup.descendants:
        if isinstance(node, Tag):
            found[node.name].append(node)
            for name in node.get("class") or ():
                found[f".{name}"].append(node)
    for key in found.keys() & dropped:
        for element in found[key]:
            element.decompose()
    for key, step in steps.items():
        for element in found.get(key, ()):
            if not element.decomposed:
                step(soup, element)
