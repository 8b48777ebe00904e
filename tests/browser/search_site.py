"""The smallest site that has a search: a home page, pages of topics, the page of results, and the index."""

import html
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page

from faq_builder.model import PublicText, Reason
from faq_builder.render.client import bundled_client
from faq_builder.search import Document, OpenDocument, Standing, build_index, train_fit

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=document.title='owned'> breaks widgets"
QUESTIONS: dict[str, tuple[str, str, int]] = {
    "rain": ("Why did my red widget shatter in the rain?", "Red widgets are not waterproof. Use the blue one.", 3),
    "wash": ("How do I wash a blue widget?", "With water and soap.", 1),
    "firmware": ("Error E1234 when the widget starts", "Update the firmware to 4.10.", 2),
    "hostile": (HOSTILE, "<script>document.title='owned'</script>", 1),
}
LONG = "First of all, thank you for asking so kindly and with so many details about where your widget stands. " * 3
# a site with every kind of filter, and with answers that are longer than the passages in the index
TAGGED: dict[str, dict[str, Any]] = {
    "garden": {
        "question": "Is the red widget for outdoors?",
        "answer": f"{LONG}It is not waterproof. Take the blue one to the garden.",
        "wordings": ["It broke after I left it in the garden"],
        "tags": ["rain", "red widget"],
        "places": ["Widget forum", "Blog"],
        "last_answered": date(2025, 3, 1),
        "first_asked": date(2024, 3, 9),
        "reason": Reason.MARKED,
        "asked": 3,
    },
    "code": {
        "question": "How do I ask the hub for the widget?",
        "answer": f"{LONG}\nhub ask --widget kitchen",
        "tags": ["hub"],
        "places": ["Widget forum"],
        "products": ["Hub"],
        "last_answered": date(2024, 3, 1),
        "reason": Reason.VOTES,
    },
    "old": {
        "question": "Where is the widget of hub 4 in the rain?",
        "answer": "Nowhere.",
        "tags": ["hub", "rain"],
        "places": ["Blog"],
        "products": ["Hub"],
        "last_answered": date(2023, 3, 1),
        "standing": Standing.OUTDATED,
    },
    "made": {"question": "Where are widgets made?", "answer": "By the sea.", "asked": 2, "places": ["Blog"]},
}
CONFIG = {
    "ask": [{"name": "Widget forum", "url": "https://forum.widgets.example/new?title={question}"}],
    "contact": "mailto:help@widgets.example?subject={question}",
}
HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>FAQ</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="{base}icon.svg">
<header><form class="faq-search" role="search" action="{base}search/"><input type="text" name="q"
 aria-label="Search" autocomplete="off" required></form></header><main>"""
FOOT = """<textarea aria-label="Other"></textarea></main>
<script type="application/json" id="faq-config">{config}</script>
<script src="{base}assets/faq/loader.js" type="module"></script>"""
RESULTS = """<form class="faq-search" action="{base}search/"><input type="text" name="q" aria-label="Question"
 autocomplete="off" required></form><link rel="stylesheet" href="{base}assets/faq/search.css">
<div id="faq-results"></div>"""


class Synonyms:
    """An encoder that gives words with the same meaning the same vector."""

    name = "synonyms"
    alike: Mapping[str, str] = {"soaked": "rain", "soak": "rain", "waterproof": "rain", "outdoors": "rain"}

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """Return one row for each text: shape (texts, 384), int16."""
        rows = np.array([sum(map(self._direction, text.lower().split()), np.zeros(384)) for text in texts])
        return np.rint(4000 * rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.int16)

    def _direction(self, word: str) -> NDArray[np.float64]:
        word = self.alike.get(word.strip("?."), word.strip("?."))
        return np.random.default_rng(list(word.encode())).normal(size=384) * (1 if word == "rain" else 0.3)


def write_site(folder: Path, questions: dict[str, tuple[str, str, int]] = QUESTIONS, config: object = CONFIG) -> Path:
    """Write a site of {slug: (question, answer, how often it was asked)}, all asked in one place."""
    rows = {
        slug: {"question": question, "answer": answer, "asked": asked, "places": ["Widget forum"]}
        for slug, (question, answer, asked) in questions.items()
    }
    return write_topics(folder, rows, config)


def write_topics(
    folder: Path,
    topics: Mapping[str, Mapping[str, Any]],
    config: object = CONFIG,
    encoder: Any = None,
    waiting: Sequence[OpenDocument] = (),
) -> Path:
    """Write a site of {slug: fields of the document}; with an encoder it has a meaning index, too."""
    shutil.copytree(ROOT / "theme/assets/faq", folder / "assets/faq", dirs_exist_ok=True)
    _write_client(folder / "assets/faq")
    (folder / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    _write_page(folder / "index.html", "", "<h1>Home</h1>", config)
    _write_page(folder / "search/index.html", "../", RESULTS.format(base="../"), config)
    for slug, topic in topics.items():
        _write_page(folder / f"q/{slug}/index.html", "../../", _body(topic), config)
    documents = [_document(slug, dict(topic)) for slug, topic in topics.items()]
    fit = train_fit(documents, encoder, "en") if encoder else None
    for path, content in build_index(documents, waiting, language="en", fit=fit):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def box(page: Page) -> Locator:
    """Return the search box in the header."""
    return page.locator("header input[name=q]")


def _write_client(folder: Path) -> None:
    """Bundle the client, as a build does."""
    made = bundled_client(
        {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.js")}
    )
    assert made is not None
    (folder / "search.js").write_text(made[0], encoding="utf-8")
    for name in made[1]:
        (folder / name).unlink()


def _body(topic: Mapping[str, Any]) -> str:
    text, _, code = topic["answer"].partition("\n")
    wordings = "".join(f"<li>{html.escape(wording)}</li>" for wording in topic.get("wordings", ()))
    body = f"<p>{html.escape(text)}</p>" + (f"<pre><code>{html.escape(code)}</code></pre>" if code else "")
    return (
        f"<h1>{html.escape(topic['question'])}</h1>"
        f'<section class="faq-answer"><div class="faq-body">{body}</div></section>'
        f'<section class="faq-wordings"><ul>{wordings}</ul></section>'
    )


def _document(slug: str, topic: dict[str, Any]) -> Document:
    texts = {name: tuple(map(PublicText, topic.pop(name, ()))) for name in ("wordings", "tags")}
    names = {name: tuple(topic.pop(name, ())) for name in ("places", "products")}
    return Document(
        id=f"id{slug}",
        site_path=f"q/{slug}/",
        question=PublicText(topic.pop("question")),
        answers=(PublicText(topic.pop("answer")),),
        **texts,
        **names,
        **topic,
    )


def _write_page(path: Path, base: str, body: str, config: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    foot = FOOT.replace("{base}", base).replace("{config}", json.dumps(config))
    path.write_text(HEAD.replace("{base}", base) + body + foot, encoding="utf-8")


def results(page: Page) -> Locator:
    return page.locator(".faq-results__main > ol > .faq-result")


def status(page: Page) -> Locator:
    return page.locator("#faq-results [role=status]")


def value(page: Page, kind: str, name: str) -> Locator:
    return page.get_by_role("group", name=kind).get_by_role("checkbox", name=name)
