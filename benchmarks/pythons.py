"""Check that every installed Python installs from the locks and builds the same example.

    python -m benchmarks.pythons [--tests]

Each Python gets a fresh environment. With `--tests` the tests run in it too, except the browser tests. For a version
that is not installed, pip says whether the lock has a distribution of each package for it.
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
PACKAGE_WITHOUT_WHEEL = "feedgen"  # plain Python


def main() -> int:
    """Try each version; return 1 if a version fails or the sites differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tests", action="store_true", help="run the tests, without a browser")
    tests = parser.parse_args().tests
    sites: dict[str, str] = {}
    for version in VERSIONS:
        python = shutil.which(f"python{version}")
        with tempfile.TemporaryDirectory(prefix="faq-python-") as name:
            folder = Path(name)
            try:
                if python is None or subprocess.run([python, "-V"], check=False, capture_output=True).returncode:
                    _download_locked(version, folder)
                    print(f"{version}: is not installed; the lock has a distribution of each package for it")
                    continue
                sites[version] = _site_hash(python, folder, tests=tests)
                print(f"{version}: installed from the lock, site {sites[version]}{', tests passed' if tests else ''}")
            except subprocess.CalledProcessError as error:
                print(f"{version}: failed: {' '.join(map(str, error.cmd))}")
                return 1
    if len(sites) < 2:
        print(f"built with {len(sites)} Python, so there is nothing to compare; put others on PATH")
        return 1
    same = len(set(sites.values())) == 1
    print("the sites are equal" if same else "the sites differ")
    return int(not same)


def _site_hash(python: str, folder: Path, *, tests: bool) -> str:
    """Build a copy of the example in a fresh environment; return a hash of the paths and bytes of its site."""
    own = folder / "venv/bin/python"
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    _install(own, "--require-hashes", "-r", RUN)
    project = folder / "project"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".*", "site", "exports", "__pycache__"))
    _install(own, "--no-deps", "--no-build-isolation", project)
    subprocess.run([own, "-m", "faq_builder", "build"], cwd=project, check=True, capture_output=True)
    site_hash = hashlib.sha256()
    for path in sorted(p for p in (project / "site").rglob("*") if p.is_file()):
        site_hash.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes())
    if tests:
        _install(own, "--require-hashes", "-r", DEV)
        subprocess.run([own, "-m", "pytest", "-q", "--ignore=tests/browser"], cwd=project, check=True)
    return site_hash.hexdigest()[:16]


def _install(python: Path, *arguments: str | Path) -> None:
    subprocess.run([python, *PIP, "install", *arguments], check=True)


def _download_locked(version: str, folder: Path) -> None:
    """Download the packages of the lock for a Python that is not installed."""
    wanted = ("--python-version", version, "--only-binary=:all:", "--no-binary", PACKAGE_WITHOUT_WHEEL, "--no-deps")
    subprocess.run([sys.executable, *PIP, "download", *wanted, "--require-hashes", "-r", RUN, "-d", folder], check=True)


if __name__ == "__main__":
    sys.exit(main())
