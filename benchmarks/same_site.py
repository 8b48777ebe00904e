"""Compare the sites that two checkouts build, for changes that move or rename code and must not change a page.

    python -m benchmarks.same_site --before OLD_CHECKOUT [--after NEW_CHECKOUT] [--data ../shared/real] [--json FILE]

Builds the example site and one site for each export in DATA with both checkouts, then compares the sites file by file.
`benchmarks/data/changed_words.tsv` lists words that were changed on purpose (old, tab, new); they are replaced in the
old site first. Hashes in file names follow from content, so files are matched by their names without the hash. The
modules of the search client are left out because they are code, which `make test` runs.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGED_WORDS = Path(__file__).parent / "data" / "changed_words.tsv"
EXPORTS = {
    "discourse/dev_urho3d_topics": "https://discourse.urho3d.example",
    "stackexchange/dev_quantumcomputing_2018": "https://quantum.example",
    "stackexchange/meta_beer_2022": "https://beer.example",
    "github_discussions/dev_payload": "https://github.com",
    "github_discussions/dev_payload_mixed": "https://github.com",
}
CONFIG = """\
site_name: Real
site_url: https://faq.example/
theme: {{name: material, font: false}}
docs_dir: content/pages
plugins:
  - faq:
      sources:
        - {{key: real, place: Real place, path: "{path}", base_url: "{base}", permission: full}}
"""
CODE = re.compile(r"assets/faq/(?:[\w-]+/)?[\w-]+\.js")
HASHED = re.compile(r"(?P<name>assets/faq/index/[a-z]+-\d+)-[\w-]{6}(?P<end>\.\w+)")
# inside the index, files name each other by their hashes, several in one word
INDEX = "assets/faq/index/"


def main() -> int:
    """Print one row for each site; return 1 if any file differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, required=True, metavar="CHECKOUT")
    parser.add_argument("--after", type=Path, default=ROOT, metavar="CHECKOUT")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "real", metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    words = changed_words(CHANGED_WORDS.read_text(encoding="utf-8"))
    rows: list[Mapping[str, object]] = []
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("example", *(name for name in EXPORTS if (options.data / name).exists())):
            old, new = (
                build_checkout(checkout, options.data, name, Path(folder) / side / name)
                for side, checkout in (("before", options.before), ("after", options.after))
            )
            found = differences(old, new, words)
            differing += len(found)
            print(f"{name}: {len(files_of(new))} files, {len(found)} differ", *found[:20], sep="\n  ")
            rows.append({"set": name, "method": "same_site", "metric": "files that differ", "value": len(found)})
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 1 if differing else 0


def build_checkout(checkout: Path, data: Path, name: str, folder: Path) -> Path:
    """Build a site with the code of a checkout and return its site folder."""
    if name == "example":
        shutil.copytree(checkout / "content", folder / "content")
        shutil.copy(checkout / "mkdocs.yml", folder)
    else:
        (folder / "content" / "pages").mkdir(parents=True)
        text = CONFIG.format(path=data / name, base=EXPORTS[name])
        (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-P", "-m", "faq_builder", "build", "-f", str(folder / "mkdocs.yml")]
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve())}
    subprocess.run(command, env=environment, cwd=folder, check=False, capture_output=True)
    if not (folder / "site" / "faq-manifest.json").exists():
        raise SystemExit(f"{checkout} did not build {name}")
    return folder / "site"


def differences(old: Path, new: Path, words: Sequence[tuple[str, str]]) -> list[str]:
    """Return the files that differ, each with some text around its first difference."""
    before, after = files_of(old), files_of(new)
    hashes = dict(zip(hashes_of(old, before), hashes_of(new, after), strict=False))
    found = [f"only before: {name}" for name in sorted(before.keys() - after.keys())]
    found += [f"only after: {name}" for name in sorted(after.keys() - before.keys())]
    for name in sorted(before.keys() & after.keys()):
        one, other = (without_code(path.read_bytes()) for path in (old / before[name], new / after[name]))
        if one != other and (expected := translated(one, words, hashes if INDEX in name else {})) != other:
            found.append(f"{name}: {first_difference(expected, other)}")
    return found


def files_of(site: Path) -> dict[str, str]:
    """Return the path of each file below a site, by its path without a hash; without the search client's code."""
    paths = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file())
    return {HASHED.sub(r"\g<name>\g<end>", path): path for path in paths if not CODE.fullmatch(path)}


def without_code(content: bytes) -> bytes:
    """Return the content without lines that only name a module of the search client, as the manifest has them."""
    return b"".join(
        line for line in content.splitlines(True) if not CODE.fullmatch(line.decode(errors="replace").strip())
    )


def hashes_of(site: Path, files: Mapping[str, str]) -> Iterator[str]:
    """Yield the hashes in the file names of the search index, in the order of the names."""
    for name, path in sorted(files.items()):
        if HASHED.fullmatch(path):
            yield path[len(name) - len(Path(name).suffix) + 1 :].removesuffix(Path(name).suffix)


def translated(content: bytes, words: Sequence[tuple[str, str]], hashes: Mapping[str, str]) -> bytes:
    """Return the content with changed words and old hashes replaced by the new."""
    for old, new in (*words, *hashes.items()):
        content = content.replace(old.encode(), new.encode())
    return content


def changed_words(text: str) -> list[tuple[str, str]]:
    """Return the pairs of old and new words, the longest first: "Ask us<tab>Contact us" -> ("Ask us", "Contact us")."""
    pairs = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return sorted(((old, new) for old, new in pairs), key=lambda pair: -len(pair[0]))


def first_difference(one: bytes, other: bytes) -> str:
    """Return the bytes around the first difference, old and new."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 40) : at + 40]!r} / {other[max(0, at - 40) : at + 40]!r}"


if __name__ == "__main__":
    sys.exit(main())
