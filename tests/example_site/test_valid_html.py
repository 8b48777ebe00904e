"""Every page of the example, and our stylesheets, without a word from the Nu HTML checker."""

from pathlib import Path

import nu
from example import ROOT


def test_every_page_is_valid(example_site: Path) -> None:
    pages = sorted(example_site.rglob("*.html"))
    assert len(pages) >= 100
    assert nu.complaints([*pages, *sorted((ROOT / "theme/assets/faq").glob("*.css"))]) == []


def test_the_checker_sees_mistakes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>x</title><p><div id="a" role="nonsense"></div>', encoding="utf-8"
    )
    style = tmp_path / "style.css"
    style.write_text("p { colour: red }", encoding="utf-8")
    found = "\n".join(nu.complaints([page, style]))
    assert "nonsense" in found
    assert "colour" in found
