"""A small site that has something to review: two widgets that may be one question, and a reply that nobody marked."""

from pathlib import Path

TITLES = ("Why did my red widget shatter in the rain?", "Why did my red widget fade in the sun?", "Who brews the tea?")
REPLY = "Take the blue one, it was made for rain and for snow and even for hail."
THREAD = """\
---
title: {title}
url: https://forum.widgets.example/t/{n}
tags: [rain]
---

{body}

## Reply

From: Wilma (staff) · 2024-05-02 09:30 UTC · id a{n}

{reply}
"""
CONFIG = """\
site_name: Widgets
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      publish: all
      sources:
        - {key: forum, place: The forum, base_url: "https://forum.widgets.example", permission: full}
"""


def write_small_site(folder: Path) -> None:
    """Write the configuration and three threads."""
    (folder / "content/pages").mkdir(parents=True)
    (folder / "content/threads").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for n, title in enumerate(TITLES, 1):
        text = THREAD.format(title=title, n=n, body=f"It did, and I wonder {n}.", reply=REPLY)
        (folder / f"content/threads/{n}.md").write_text(text, encoding="utf-8")
