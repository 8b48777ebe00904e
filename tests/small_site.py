"""The smallest site on which commands can run: its files, and a way to run a command."""

from pathlib import Path

from faq_builder.cli import main

THREAD = """\
---
title: Why did my red widget shatter?
url: https://blog.widgets.example/red#comment-{n}
---

It shattered in the rain.

## Answer

Red widgets are for indoors. The blue one likes rain.
"""
CONFIG = """\
site_name: Widgets
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      sources:
        - {key: blog, place: The blog, base_url: "https://blog.widgets.example", permission: full}
"""


def faq(folder: Path, command: str, *arguments: str) -> int:
    """Run a command on the site in a folder and return its exit code."""
    return main([command, "-f", str(folder / "mkdocs.yml"), *arguments])
