"""Take pictures of the example site: each kind of page at three widths, light and dark, and some pages in print.

    python -m benchmarks.screenshots [DIR]      (default: screenshots/)

Builds the site first. The pictures are for people to look at; nothing compares them.
"""

import functools
import http.server
import sys
import tempfile
import threading
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from faq_builder.cli import main as faq
from tests.browser.chromium import launch_chromium
from tests.example import PAGES

WIDTHS: dict[str, tuple[int, int]] = {"narrow": (320, 640), "phone": (390, 844), "desk": (1280, 900)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PRINTED = ("topic", "topic-code", "all")
TYPED = "rain"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


def main() -> None:
    """Build the example, serve it and take all pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site:
        if faq(["build", "--site-dir", site]) != 0:
            raise SystemExit("the example does not build")
        handler = functools.partial(_Quiet, directory=site)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _take_pictures(f"http://127.0.0.1:{server.server_port}/", folder)
        server.shutdown()


def _take_pictures(url: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        if isinstance(browser, str):
            raise SystemExit(browser)
        for device, (width, height) in WIDTHS.items():
            for scheme in SCHEMES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(url + path)
                    if "search/" in path:
                        page.locator("#faq-results a").first.wait_for()
                    page.screenshot(path=folder / f"{name}-{device}-{scheme}.png", full_page=True)
                page.goto(url)
                page.locator("main input[name=q]").press_sequentially(TYPED)
                page.get_by_role("option").first.wait_for()
                page.screenshot(path=folder / f"suggestions-{device}-{scheme}.png")
                context.close()
        page = browser.new_page(viewport={"width": 794, "height": 1123})  # A4
        page.emulate_media(media="print")
        for name in PRINTED:
            page.goto(url + PAGES[name])
            page.screenshot(path=folder / f"{name}-print.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
