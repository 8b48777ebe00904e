"""The Nu HTML checker finds nothing on the pages of the example and in our stylesheets."""

from pathlib import Path

from example import ROOT
from nu import checker_messages


def test_every_page_is_valid(example_site: Path) -> None:
    pages = sorted(example_site.rglob("*.html"))
    assert len(pages) >= 100
    assert checker_messages([*pages, *sorted((ROOT / "theme/assets/faq").glob("*.css"))]) == []


def test_the_checker_finds_mistakes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>x</title><p><div id="a" role="nonsense"></div>', encoding="utf-8"
    )
    style = tmp_path / "style.css"
    style.write_text("p { colour: red }", encoding="utf-8")
    found = "\n".join(checker_messages([page, style]))
    assert "nonsense" in found
    assert "colour" in found
