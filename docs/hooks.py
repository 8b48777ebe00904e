"""What MkDocs adds to the pages: every diagnostic code, from the program's own table, and the picture of the README."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from faq_builder.base.diagnostics import CODES

PICTURE = Path(__file__).parent / "images/example.png"
OPENING = """# Diagnostics

Everything that faq finds names a place, a severity and a code, says what is wrong, and what to do about it:

```text
content/threads/rain.md:9: error[FAQ414]: there is no text under `## Answer`
  help: write it, or remove the heading
```

An **error** fails the command, a **warning** does so with `--fail-on warning`, an **info** never does. The same kind of
finding is shown five times in a file, then counted. `faq explain FAQ414` prints what stands here.
"""
ROOMS = {
    "1": "Configuration",
    "2": "Exports",
    "3": "Reading",
    "4": "Threads, extracts and imports",
    "5": "Redaction and answers",
    "6": "Decisions, topics and the ledger",
    "7": "Writing, pages and the gate",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    files.append(File.generated(config, "diagnostics.md", content=diagnostics()))
    files.append(File.generated(config, "images/example.png", abs_src_path=str(PICTURE)))
    return files


def diagnostics() -> str:
    """The page with all codes, by the room that finds them."""
    parts = [OPENING]
    for digit, room in ROOMS.items():
        parts.append(f"## {room}\n")
        for name, code in sorted(CODES.items()):
            if name[3] == digit:
                parts.append(
                    f"### {name}: {code.title} {{ #{name.lower()} }}\n\n*{code.severity}*\n\n{code.explanation}\n"
                )
    return "\n".join(parts)
