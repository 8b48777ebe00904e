"""The theme: nothing from third parties, nothing that MkDocs would publish by mistake."""

import re

import pytest
from sample_site import RULES

from faq_builder.render.labels_en import ENGLISH
from faq_builder.render.shell import theme_values
from faq_builder.render.templates import theme_folder

THEME = theme_folder()
FILES = sorted(path for path in THEME.rglob("*") if path.is_file())
TEMPLATES = [path for path in FILES if path.suffix == ".html"]
STYLES = [path for path in FILES if path.suffix == ".css"]


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=lambda path: path.relative_to(THEME).as_posix())
def test_nothing_is_loaded_from_elsewhere(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not re.search(r"""(src|href|action)=["']?(https?:)?//|url\(|@import""", text)
    assert not re.search(r"\son[a-z]+=|<style|javascript:", text)


def test_only_assets_are_published() -> None:
    """MkDocs publishes every file that is not a template, so all other files must be in assets/faq."""
    others = [path.relative_to(THEME).as_posix() for path in FILES if path.suffix != ".html"]
    assert [name for name in others if not name.startswith("assets/faq/")] == []
    assert {path.suffix for path in FILES} <= {".html", ".css", ".js", ".svg"}


def test_templates_escape_what_the_configuration_says() -> None:
    """MkDocs renders main.html, 404.html and the partials without autoescape."""
    for path in TEMPLATES:
        if path.parent.name == "faq":
            continue
        for printed in re.findall(r"\{\{(.*?)\}\}", path.read_text(encoding="utf-8"), re.DOTALL):
            harmless = re.search(
                r"\|\s*(e|url|tojson|script_tag)\s*$|super\(\)|entry\(|base_url|lang\.t", printed.strip()
            )
            assert harmless, (path.name, printed)


def test_words_of_templates_exist() -> None:
    words = theme_values(RULES)["words"]
    assert isinstance(words, dict)
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "faq":
            assert set(re.findall(r"words\.(\w+)", text)) <= words.keys(), path.name
        for key in re.findall(r'\bt\("([\w-]+)"', text):
            assert key in ENGLISH or f"{key}.other" in ENGLISH, (path.name, key)


def test_no_word_is_left_over() -> None:
    package = theme_folder().parent / "faq_builder"
    sources = [path for path in package.rglob("*.py") if path.name != "labels_en.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in [*sources, *TEMPLATES])
    for key in ENGLISH:
        name = re.sub(r"\.(one|other)$", "", key)
        made = name.startswith(("client.", "why.", "likely.", "linked.", "role.", "is-")) or name.endswith(
            ("-lead", "-none")
        )
        assert made or f'"{name}"' in text or f"'{name}'" in text, key


def test_dark_colours_follow_the_system_without_a_script() -> None:
    text = (THEME / "assets/faq/faq.css").read_text(encoding="utf-8")
    light, dark = text.split("prefers-color-scheme: dark", 1)
    names = set(re.findall(r"(--faq-[a-z-]+): #", light))
    assert names == set(re.findall(r"(--faq-[a-z-]+): #", dark.split("body {", maxsplit=1)[0]))
