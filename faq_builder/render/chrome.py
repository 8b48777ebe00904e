"""Changes to the pages that Material renders: one list of named changes, applied to every page that has its chrome.

Each change looks for one place in the stock page and fails loudly when it is gone (FAQ704), so that a new version of
Material or a template in `custom_dir` cannot undo it in silence. base.html is never copied.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError

MARK = '<div class="md-container"'  # what every page with Material's chrome holds
HEAD = "faq_head"  # page meta: HTML for the end of <head>
ARTICLE = "faq_article"  # page meta: further attributes of <article>, ` lang="de"`


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: what it is for, the place it looks for, what stands there afterwards."""

    name: str
    place: re.Pattern[str]
    instead: str  # as in re.sub
    optional: bool = False  # the place is there only with some settings


CHANGES: tuple[Change, ...] = (
    Change(
        # the Nu checker: "attribute autocomplete is only allowed when the input type is ..."
        name="no autocomplete on the check boxes of drawer and search",
        place=re.compile(r'(<input class="md-toggle"[^>]*? type="checkbox"[^>]*?) autocomplete="off"'),
        instead=r"\1",
    ),
)


def finish(html: str, meta: Mapping[str, object], shown: str) -> str:
    """A rendered page with our changes, and with what its meta adds to <head> and <article>.

    A page without Material's chrome comes back as it is. Raises UsageError naming the page and every change whose place
    is gone.
    """
    if MARK not in html:
        return html
    missing: list[str] = []
    for change in CHANGES:
        html, count = change.place.subn(change.instead, html)
        if not count and not change.optional:
            missing.append(change.name)
    head, article = str(meta.get(HEAD, "")), str(meta.get(ARTICLE, ""))
    html = _insert(html, head, "</head>", "the end of <head>", missing)
    html = _insert(html, article, ' class="md-content__inner', "the attributes of <article>", missing)
    if missing:
        raise UsageError(*(_gone(name, shown) for name in missing))
    return html


def _insert(html: str, what: str, before: str, name: str, missing: list[str]) -> str:
    place = html.find(before)
    if place < 0:
        missing.append(name)
        return html
    return html[:place] + what + html[place:]


def _gone(name: str, shown: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ704",
        where=Location(path=shown),
        message=f"the page no longer holds the place for the change: {name}",
        help="look for a template in custom_dir that replaces this part, and pin mkdocs-material as faq does",
    )
