"""Changes to the pages that Material renders: one list of named changes, applied to every page with Material's chrome.

Each change looks for one pattern in the rendered page and reports FAQ704 if the pattern is missing, so that no new
version of Material and no template in `custom_dir` can disable it silently. base.html is never copied.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError

CHROME_MARKER = '<div class="md-container"'  # every page with Material's chrome contains it
HEAD_META = "faq_head"  # key of a page's meta: HTML to add at the end of <head>
ARTICLE_META = "faq_article"  # key of a page's meta: attributes to add to <article>, such as ` lang="de"`


@dataclass(frozen=True, kw_only=True)
class ChromeChange:
    """One change to a rendered page: its purpose, the pattern it looks for, and the replacement."""

    name: str
    pattern: re.Pattern[str]
    replacement: str  # as in re.sub
    optional: bool = False  # whether the pattern occurs only with some settings


CHROME_CHANGES: tuple[ChromeChange, ...] = (
    ChromeChange(
        # the Nu checker: "attribute autocomplete is only allowed when the input type is ..."
        name="no autocomplete on the check boxes of drawer and search",
        pattern=re.compile(r'(<input class="md-toggle"[^>]*? type="checkbox"[^>]*?) autocomplete="off"'),
        replacement=r"\1",
    ),
)


def apply_chrome_changes(html: str, meta: Mapping[str, object], shown: str) -> str:
    """Return a rendered page with all changes, and with what its meta adds to <head> and <article>.

    A page without Material's chrome is returned unchanged. Raises UsageError that names the page (`shown`) and every
    change whose pattern is missing.
    """
    if CHROME_MARKER not in html:
        return html
    missing: list[str] = []
    for change in CHROME_CHANGES:
        html, count = change.pattern.subn(change.replacement, html)
        if not count and not change.optional:
            missing.append(change.name)
    head, article = str(meta.get(HEAD_META, "")), str(meta.get(ARTICLE_META, ""))
    html = _insert(html, head, "</head>", "the end of <head>", missing)
    html = _insert(html, article, ' class="md-content__inner', "the attributes of <article>", missing)
    if missing:
        raise UsageError(*(_missing_pattern_finding(name, shown) for name in missing))
    return html


def _insert(html: str, addition: str, before: str, name: str, missing: list[str]) -> str:
    """Insert the addition before the first occurrence of a text; add `name` to `missing` if there is none."""
    start = html.find(before)
    if start < 0:
        missing.append(name)
        return html
    return html[:start] + addition + html[start:]


def _missing_pattern_finding(name: str, shown: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ704",
        where=Location(path=shown),
        message=f"the page does not contain what this change looks for: {name}",
        help="look for a template in custom_dir that replaces this part, and pin the same mkdocs-material as faq",
    )
