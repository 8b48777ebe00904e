"""Changing a tree of HTML before it is converted to Markdown."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup, Tag

__all__ = ["Step", "apply_steps"]

Step = Callable[[BeautifulSoup, Tag], None]


def apply_steps(soup: BeautifulSoup, steps: Mapping[str, Step], dropped: frozenset[str]) -> None:
    """Remove the `dropped` elements, then run each step, in the given order, on the elements that its key selects.

    A key is the name of an element, or a class with a dot before it. One pass over the tree finds all elements; one CSS
    selector per key takes three times as long.
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
