"""The built documentation: no warnings, no dead links, no requests to third parties."""

import re
import runpy
from urllib.parse import unquote, urlsplit

import pytest
from book import PAGES, blocks
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config

from example import ROOT
from faq_builder.base.diagnostics import CODES

LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}  # elements that load
FOLLOWED = {"stylesheet", "icon", "preconnect", "dns-prefetch", "preload", "prefetch"}  # links that load
READMES = (
    "README.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "benchmarks/pretrained/README.md",
    "content/threads/README.md",
)
QUOTES = str.maketrans("“”‘’", "\"\"''")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """Return every page of the documentation by its path, and an empty page for other files; a warning fails."""
    folder = tmp_path_factory.mktemp("documentation")
    config = load_config(str(ROOT / "docs/mkdocs.yml"), site_dir=str(folder))
    assert config.strict
    build(config)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: BeautifulSoup(path.read_bytes() if name.endswith(".html") else b"", "lxml")
        for name, path in files.items()
    }


def links(page: BeautifulSoup, element: str, attribute: str) -> list[tuple[Tag, str]]:
    """Return the elements of a page with the URLs in one of their attributes."""
    return [(tag, str(tag[attribute])) for tag in page.find_all(element) if tag.has_attr(attribute)]


def test_every_page_is_built(site: dict[str, BeautifulSoup]) -> None:
    assert {name.replace(".md", ".html") for name in PAGES} | {"diagnostics.html", "404.html"} == {
        name for name in site if name.endswith(".html")
    }


def test_no_link_within_the_documentation_is_dead(site: dict[str, BeautifulSoup]) -> None:
    followed = 0
    for name, page in site.items():
        for _, url in links(page, "a", "href"):
            parts = urlsplit(url)
            if parts.scheme or url.startswith("/") or name == "404.html":
                continue
            target = unquote(parts.path).removeprefix("./") or name
            target = "index.html" if target == "." else target
            assert target in site, f"{name}: {url}"
            if parts.fragment:
                assert site[target].find(id=unquote(parts.fragment)), f"{name}: {url}"
            followed += 1
    assert followed > 500


def test_nothing_is_loaded_from_third_parties(site: dict[str, BeautifulSoup]) -> None:
    loaded = 0
    for name, page in site.items():
        for element, attribute in LOADED.items():
            for tag, url in links(page, element, attribute):
                if element != "link" or FOLLOWED.intersection(tag.get("rel", ())):
                    assert not urlsplit(url).netloc, f"{name}: {url}"
                    loaded += 1
    assert loaded > 50


def test_the_page_of_diagnostics_explains_every_code(site: dict[str, BeautifulSoup]) -> None:
    page = site["diagnostics.html"]
    headings = {str(tag["id"]): tag.get_text() for tag in page.find_all("h3")}
    assert headings.keys() == {code.lower() for code in CODES}
    text = re.sub(r"\s", "", page.get_text())
    for name, code in CODES.items():
        assert headings[name.lower()].startswith(name)
        shown = re.sub(r"[\s`*_\\]", "", code.explanation)
        assert shown.translate(QUOTES) in re.sub(r"[`*_\\]", "", text).translate(QUOTES), name


def test_the_page_of_diagnostics_gives_the_severity_of_each_code() -> None:
    page = runpy.run_path(str(ROOT / "docs/hooks.py"))["diagnostics"]()
    for name, code in CODES.items():
        assert f"### {name}: {code.title} {{ #{name.lower()} }}\n\n*{code.severity}*\n" in page


@pytest.mark.parametrize("name", READMES)
def test_the_links_of_a_readme_are_not_dead(name: str) -> None:
    path = ROOT / name
    for url in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not urlsplit(url).scheme:
            assert (path.parent / url).exists(), url


def test_every_fenced_block_names_its_language() -> None:
    for name, text in PAGES.items():
        assert len(blocks(text)) * 2 == len(re.findall(r"^```", text, re.MULTILINE)), name
