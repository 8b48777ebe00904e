"""MkDocs hooks that generate the page of diagnostic codes and add the picture of the README."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from faq_builder.base.diagnostics import CODES

PICTURE = Path(__file__).parent / "images/example.png"
OPENING = """# Diagnostics

Each finding names a location, a severity and a code. It says what is wrong, and the help line says what to do:

```text
content/threads/rain.md:9: error[FAQ414]: there is no text under `## Answer`
  help: write it, or remove the heading
```

An **error** makes the command fail, a **warning** does so with `--fail-on warning`, an **info** never does. After five
findings with the same code in a file, faq only counts the rest. `faq explain FAQ414` prints the text of this page.
"""
CODE_RANGES = {
    "1": "Configuration",
    "2": "Exports",
    "3": "Reading",
    "4": "Threads, extracts and imports",
    "5": "Redaction and answers",
    "6": "Decisions, topics and the ledger",
    "7": "Writing, pages and the gate",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated page of diagnostics and the picture to the files of the site."""
    files.append(File.generated(config, "diagnostics.md", content=diagnostics()))
    files.append(File.generated(config, "images/example.png", abs_src_path=str(PICTURE)))
    return files


def diagnostics() -> str:
    """Return the Markdown of the page with all codes, grouped by their first digit."""
    parts = [OPENING]
    for digit, area in CODE_RANGES.items():
        parts.append(f"## {area}\n")
        for name, code in sorted(CODES.items()):
            if name[3] == digit:
                parts.append(
                    f"### {name}: {code.title} {{ #{name.lower()} }}\n\n*{code.severity}*\n\n{code.explanation}\n"
                )
    return "\n".join(parts)
