"""The Nu HTML checker (https://validator.github.io/validator/): downloaded once from npm, run by the local Java."""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from example import ROOT

PACKAGE = "vnu-jar@26.9.27"
INTEGRITY = (
    "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="  # sha512, as npm says
)
FOLDER = ROOT / ".cache" / "nu" / PACKAGE
INSIDE = "package/build/dist/vnu.jar"


def checker_messages(paths: Iterable[Path]) -> list[str]:
    """Return errors and warnings about HTML and CSS files. Without Java or npm the test is skipped; in CI it fails."""
    try:
        jar = _checker_jar()
        command = [
            "java",
            "-jar",
            str(jar),
            "--also-check-css",
            "--format",
            "json",
            "--exit-zero-always",
            *map(str, paths),
        ]
        run = subprocess.run(command, check=True, capture_output=True, timeout=600)
    except (LookupError, OSError, subprocess.SubprocessError) as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Nu HTML checker: {error}")
    messages = json.loads(run.stderr)["messages"]
    return [f"{m['url']}:{m.get('lastLine', 0)}: {m['message']} {m.get('extract', '')}" for m in messages]


def _checker_jar() -> Path:
    """Return the checker, downloaded if it is missing; raise LookupError if Java or npm is missing."""
    for program in ("java", "npm"):
        if shutil.which(program) is None:
            raise LookupError(f"{program} is not installed")
    jar = FOLDER / "vnu.jar"
    if not jar.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=FOLDER, check=True, capture_output=True, timeout=600)
        (packed,) = FOLDER.glob("*.tgz")
        jar.write_bytes(_extracted_jar(packed.read_bytes()))
        packed.unlink()
    return jar


def _extracted_jar(packed: bytes) -> bytes:
    """Return the checker from an npm package, whose checksum must be INTEGRITY."""
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != INTEGRITY:
        raise LookupError(f"{PACKAGE} has another checksum")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        found = archive.extractfile(INSIDE)
        if found is None:
            raise LookupError(f"{PACKAGE} holds no {INSIDE}")
        return found.read()
