"""Which Chromium runs the browser tests: the machine's, else Playwright's own, else (only in CI) the one of apt."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
FETCH = [sys.executable, "-m", "playwright", "install", "chromium"]
APT = ["sh", "-c", "apt-get update -qq && apt-get install -qqy --no-install-recommends chromium"]


def launched(playwright: Playwright) -> Browser | str:
    """A running browser, or the reasons why there is none."""
    reasons: list[str] = []
    for way in (_of_the_machine, _of_playwright, _fetched, *((_of_apt,) if os.environ.get("CI") else ())):
        try:
            return way(playwright)
        except (LookupError, PlaywrightError, OSError, subprocess.SubprocessError) as error:
            reasons.append(str(error).strip().splitlines()[0])
    return "; ".join(reasons)


def _of_the_machine(playwright: Playwright) -> Browser:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise LookupError(f"none of {', '.join(NAMES)} is on this machine")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def _of_playwright(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(args=FLAGS)


def _fetched(playwright: Playwright) -> Browser:
    subprocess.run(FETCH, check=True, capture_output=True, timeout=600)
    return _of_playwright(playwright)


def _of_apt(playwright: Playwright) -> Browser:
    subprocess.run(APT, check=True, capture_output=True, timeout=900)
    return _of_the_machine(playwright)
