"""The example site of this repository: its pages, and copies for tests that change it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

# One page of each kind, for screenshots and browser tests; the site paths are permanent.
PAGES = {
    "home": "",
    "topic": "q/why-did-my-red-widget-shatter-in-the-rain/",  # several answers, many wordings
    "topic-short": "q/can-i-paint-my-widget/",
    "topic-table": "q/which-base-fits-which-widget/",  # confirmed
    "topic-image": "q/which-way-round-does-the-ring-go/",
    "topic-code": "q/how-do-i-read-a-widgets-state-over-the-api-of-hub-5/",
    "topic-outdated": "q/how-do-i-read-over-the-api-whether-a-widget-is-wobbling/",
    "topic-note": "q/how-do-i-stop-my-widget-humming-at-night/",
    "topic-german": "q/kann-ich-den-akku-selbst-tauschen/",
    "withdrawn": "q/neighbour-upstairs-wobbles-on-purpose/",
    "all": "all/",
    "tags": "tags/",
    "tag": "tags/hub/",
    "places": "places/",
    "place": "places/forum/",
    "open": "open/",
    "results": "search/?q=widget+rain",
    "filtered": "search/?q=widget&tag=hub",
    "no-result": "search/?q=xylophone",
    "not-found": "404.html",
    "about": "about/",
}


def copy_example(to: Path) -> Path:
    """Copy the content and the configuration of the example to a folder and return the path of its mkdocs.yml."""
    shutil.copytree(ROOT / "content", to / "content", ignore=shutil.ignore_patterns("exports"))
    shutil.copy(ROOT / "mkdocs.yml", to)
    return to / "mkdocs.yml"
