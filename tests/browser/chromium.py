"""The Chromium of the browser tests: the installed one, else Playwright's own, else (only in CI) the package of apt."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
DOWNLOAD = [sys.executable, "-m", "playwright", "install", "chromium"]
APT = ["sh", "-c", "apt-get update -qq && apt-get install -qqy --no-install-recommends chromium"]


def launch_chromium(playwright: Playwright) -> Browser | str:
    """Return a running browser, or the reasons why there is none."""
    reasons: list[str] = []
    for launch in (_installed, _of_playwright, _downloaded, *((_of_apt,) if os.environ.get("CI") else ())):
        try:
            return launch(playwright)
        except (LookupError, PlaywrightError, OSError, subprocess.SubprocessError) as error:
            reasons.append(str(error).strip().splitlines()[0])
    return "; ".join(reasons)


def _installed(playwright: Playwright) -> Browser:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise LookupError(f"none of {', '.join(NAMES)} is on this machine")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def _of_playwright(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(args=FLAGS)


def _downloaded(playwright: Playwright) -> Browser:
    subprocess.run(DOWNLOAD, check=True, capture_output=True, timeout=600)
    return _of_playwright(playwright)


def _of_apt(playwright: Playwright) -> Browser:
    subprocess.run(APT, check=True, capture_output=True, timeout=900)
    return _installed(playwright)
