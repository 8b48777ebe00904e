"""Pictures of the example site: each kind of page at phone and desk width, light and dark.

    python -m benchmarks.screenshots [DIR]      (default: screenshots/)

Builds the site first. Look at them: they are not compared with anything.
"""

import functools
import http.server
import json
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from faq_builder.cli import main as faq
from tests.browser.chromium import launched

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site:
        if faq(["build", "--site-dir", site]) != 0:
            raise SystemExit("the example does not build")
        handler = functools.partial(_Quiet, directory=site)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _take(f"http://127.0.0.1:{server.server_port}/", folder, _pages(Path(site)))
        server.shutdown()


def _pages(site: Path) -> dict[str, str]:
    topics = json.loads((site / "topics.json").read_text(encoding="utf-8"))
    asked = max((t for t in topics if t["answer"]), key=lambda t: (t["asked"], len(t["wordings"])))
    lists = {name: f"{name}/" for name in ("all", "tags", "places", "open")}
    return {
        "home": "",
        "topic": f"q/{asked['slug']}/",
        "results": "search/?q=widget+rain",
        "no-result": "search/?q=xylophone",
        "not-found": "404.html",
        **lists,
    }


def _take(url: str, folder: Path, pages: dict[str, str]) -> None:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        if isinstance(browser, str):
            raise SystemExit(browser)
        for device, (width, height) in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name, path in pages.items():
                    page.goto(url + path, wait_until="networkidle")
                    page.screenshot(path=folder / f"{name}-{device}-{scheme}.png", full_page=device == "phone")
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
