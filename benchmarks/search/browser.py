"""Measure bytes, requests and times of a search in headless Chromium, compared with Pagefind.

The page is the home page of the example; its index has generated topics. In a first search a visitor with an empty
browser cache focuses the search box and enters three words at once. Times run from the `input` event and include the
90 ms that the client waits for another key. Throttled: 75 ms for each request and 10 Mbit/s (CDP
emulateNetworkConditions), over HTTP/1.1 (six requests at a time) and over HTTP/2, which most hosts use. Later queries:
five letters of a word, typed one by one, each a search of its own; their times exclude the 90 ms.

Pagefind gets a page that calls it as its documentation says: loaded on focus, the same pause, six results.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.search.client import write_index
from benchmarks.search.cost import generated_documents, three_word_queries
from benchmarks.search.encoding import StandIn
from benchmarks.search.figures import Figure, figure
from benchmarks.search.host import served, served_http2
from benchmarks.search.peers import Peers
from faq_builder.cli import main as faq
from faq_builder.search import FOLDER, Document, build_index, train_fit
from tests.browser.chromium import launch_chromium

ROOT = Path(__file__).parents[2]
Host = tuple[str, list[int]]  # a URL, and the bytes of each answer that the host has sent
BOX = "input[name=q]:visible"
VISITORS = 15  # first searches that are measured
LATER_WORDS = 12  # words of five letters that are typed in later searches
PAUSE_MS = 90  # before a search, as in theme/assets/faq/search.js
QUIET_MS = {"": 800, "_throttled": 1_500}  # from the first results until all results are shown
SLOW = {"offline": False, "latency": 75, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
WATCH = """
window.seen = { input: [], shown: [] };
addEventListener("input", () => seen.input.push(performance.now()), true);
new MutationObserver(() => {
  if (document.querySelector("[role=option]")) seen.shown.push(performance.now());
}).observe(document, { childList: true, subtree: true });
"""
PAGEFIND = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pagefind</title>
<link rel="icon" href="data:,"><header><form><input name="q"></form></header><div id="found"></div>
<script type="module">
const box = document.querySelector("input");
let pagefind, timer;
const load = () => (pagefind ??= import("/pagefind/pagefind.js").then(async (module) => (await module.init(), module)));
box.addEventListener("focus", load);
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const { results } = await (await load()).search(box.value);
    const found = await Promise.all(results.slice(0, 6).map((result) => result.data()));
    document.getElementById("found").replaceChildren(...found.map(({ url, excerpt }) => {
      const link = Object.assign(document.createElement("a"), { href: url, innerHTML: excerpt });
      link.setAttribute("role", "option");
      return link;
    }));
  }, 90);
});
</script>"""


def in_browser(size: int, peers: Peers) -> Iterator[Figure]:
    """Yield the cost of a search to visitors of a site with `size` generated topics."""
    name, documents = f"browser: {size:,} generated topics", generated_documents(size)
    fit = train_fit(documents, StandIn(), "en")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        if faq(["build", "-f", str(ROOT / "mkdocs.yml"), "--site-dir", str(site)]):
            raise SystemExit("the example does not build")
        browser = launch_chromium(playwright)
        if isinstance(browser, str):
            raise SystemExit(f"no Chromium: {browser}")
        for method in ("words", "meaning"):
            shutil.rmtree(site / FOLDER)
            write_index(build_index(documents, language="en", fit=fit if method == "meaning" else None), site)
            with served(site) as host:
                yield from _figures_of_page(browser, host, name, method, documents)
            with served_http2(site) as host:
                for metric, values in _first_searches(browser, host, documents, "_throttled"):
                    yield from _spread(name, method, f"{metric}_throttled_http2", values)
        if "pagefind" in peers.names:
            answer = peers.run("pagefind", documents, queries=[], limit=0, out=str(site / "pagefind"))
            yield figure(name, "pagefind", "build_cpu_s", round(answer["build_cpu_s"], 1))
            (site / "peer.html").write_text(PAGEFIND, encoding="utf-8")
            with served(site) as (url, sent):
                yield from _figures_of_page(browser, (f"{url}peer.html", sent), name, "pagefind", documents)
        browser.close()


def _figures_of_page(
    browser: Browser, host: Host, name: str, method: str, documents: Sequence[Document]
) -> Iterator[Figure]:
    """Yield the figures of first searches at both speeds and of later searches."""
    for speed in QUIET_MS:
        for metric, values in _first_searches(browser, host, documents, speed):
            yield from _spread(name, method, f"{metric}{speed}", values)
    yield from _spread(name, method, "later_ms", _later_searches(browser, host[0], documents))


def _first_searches(
    browser: Browser, host: Host, documents: Sequence[Document], speed: str
) -> Iterator[tuple[str, Sequence[float]]]:
    """Yield each metric with its values for the first searches of VISITORS visitors."""
    first = [_first_search(browser, host, query, speed) for query in three_word_queries(documents)[:VISITORS]]
    for metric in first[0]:
        yield metric, [one[metric] for one in first]


def _first_search(browser: Browser, host: Host, query: str, speed: str) -> dict[str, float]:
    """Return the metrics of a new visitor's search: ms to the first and last results, kB and requests since focus."""
    url, sent = host
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if speed:
        session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(url, wait_until="networkidle")
    before = len(sent)
    page.locator(BOX).focus()
    page.keyboard.insert_text(query)
    page.wait_for_function("seen.shown.length", timeout=60_000)
    page.wait_for_timeout(QUIET_MS[speed])
    seen = page.evaluate("seen")
    context.close()
    since = [at - seen["input"][0] for at in seen["shown"]]
    loaded = sent[before:]
    return {"first_ms": since[0], "last_ms": since[-1], "kb": sum(loaded) / 1000, "requests": len(loaded)}


def _later_searches(browser: Browser, url: str, documents: Sequence[Document]) -> list[float]:
    """Return the milliseconds from each further key to the first results, without the pause before a search."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    page.locator(BOX).focus()
    times = [_ms_after_key(page, three_word_queries(documents)[-1])]
    words = [word for d in documents for word in str(d.question).rstrip("?").split() if len(word) >= 5]
    for word in random.Random(2).sample(words, LATER_WORDS):
        page.locator(BOX).fill("")
        page.wait_for_timeout(2 * PAUSE_MS)
        times += [_ms_after_key(page, letter) for letter in word[:5]]
    page.close()
    return times[1:]


def _ms_after_key(page: Page, text: str) -> float:
    """Type a text and return the milliseconds to the first results, without the pause before a search."""
    page.evaluate("seen.input = []; seen.shown = [];")
    page.keyboard.insert_text(text)
    page.wait_for_function("seen.shown.some((at) => at > seen.input[0])", timeout=60_000)
    page.wait_for_timeout(PAUSE_MS)  # late results must not count for the next key
    seen: dict[str, list[float]] = page.evaluate("seen")
    return next(at for at in seen["shown"] if at > seen["input"][0]) - seen["input"][0] - PAUSE_MS


def _spread(name: str, method: str, metric: str, values: Sequence[float]) -> Iterator[Figure]:
    """Yield the median and the 95th percentile of values."""
    ordered = sorted(values)
    yield figure(name, method, f"{metric}_p50", round(ordered[len(ordered) // 2], 1))
    yield figure(name, method, f"{metric}_p95", round(ordered[len(ordered) * 95 // 100], 1))
