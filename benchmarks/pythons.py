"""Every Python that is here installs from the locks and builds the same example: `python -m benchmarks.pythons`.

Each gets a fresh environment. With `--tests` the tests of all rooms run in it too, but not those of a browser. Where no
3.14 is here, pip says whether the lock has a distribution of each package for it.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
RUN = ROOT / "requirements/run.txt"
DEV = ROOT / "requirements/dev.txt"
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")
SOURCE_ONLY = "feedgen"  # published without a wheel; it is plain Python


def main() -> int:
    """Try each version; 1 where one could not be tried to the end or built something else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="run the tests, without a browser")
    tests = parser.parse_args().tests
    sites: dict[str, str] = {}
    for version in VERSIONS:
        python = shutil.which(f"python{version}")
        with tempfile.TemporaryDirectory(prefix="faq-python-") as name:
            folder = Path(name)
            try:
                if python is None or subprocess.run([python, "-V"], check=False, capture_output=True).returncode:
                    _resolve(version, folder)
                    print(f"{version}: is not here; the lock has a distribution of each package for it")
                    continue
                sites[version] = _build(python, folder, tests=tests)
                print(f"{version}: installed from the lock, site {sites[version]}{', tests passed' if tests else ''}")
            except subprocess.CalledProcessError as error:
                print(f"{version}: failed: {' '.join(map(str, error.cmd))}")
                return 1
    if len(sites) < 2:
        print(f"{len(sites)} Python was tried, so there is nothing to compare; put others on PATH")
        return 1
    same = len(set(sites.values())) == 1
    print("the sites are equal" if same else "the sites differ")
    return int(not same)


def _build(python: str, folder: Path, *, tests: bool) -> str:
    """Install into a fresh environment, build a copy of the example; the digest of all paths and bytes."""
    own = folder / "venv/bin/python"
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    _install(own, "--require-hashes", "-r", RUN)
    project = folder / "project"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".*", "site", "exports", "__pycache__"))
    _install(own, "--no-deps", "--no-build-isolation", project)
    subprocess.run([own, "-m", "faq_builder", "build"], cwd=project, check=True, capture_output=True)
    digest = hashlib.sha256()
    for path in sorted(p for p in (project / "site").rglob("*") if p.is_file()):
        digest.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes())
    if tests:
        _install(own, "--require-hashes", "-r", DEV)
        subprocess.run([own, "-m", "pytest", "-q", "--ignore=tests/browser"], cwd=project, check=True)
    return digest.hexdigest()[:16]


def _install(python: Path, *arguments: str | Path) -> None:
    subprocess.run([python, *PIP, "install", *arguments], check=True)


def _resolve(version: str, folder: Path) -> None:
    """Download what the lock names for a Python that is not here."""
    wanted = ("--python-version", version, "--only-binary=:all:", "--no-binary", SOURCE_ONLY, "--no-deps")
    subprocess.run([sys.executable, *PIP, "download", *wanted, "--require-hashes", "-r", RUN, "-d", folder], check=True)


if __name__ == "__main__":
    sys.exit(main())
