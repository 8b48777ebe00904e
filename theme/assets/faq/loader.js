// All that a page carries of the search until somebody means to search: on focus of a search box, on / or Ctrl-K, and
// at once where results are shown, it loads search.js from its own folder, and what that will ask for: one after the other
// each would wait for an answer of the host.
(() => {
  const BOX = ".faq-search input[name=q]";
  const PARTS = ["compounds", "core", "facets", "files", "filters", "function-words", "item", "keys", "meaning", "page", "parts",
    "passages", "phrases", "query", "results", "text", "topic", "typing", "ways", "words"]; // that search.js imports
  let client;

  const load = () => {
    client ??= loaded();
    client.catch(() => (client = undefined)); // offline: the next focus tries again, the form works without
  };

  const loaded = async () => {
    const meta = fetch(new URL("index/meta.json", import.meta.url), { cache: "no-cache" }).catch(() => null);
    for (const part of PARTS) import(`./search-${part}.js`).catch(() => {}); // search.js itself fails, too
    (await import("./search.js")).start(meta);
  };

  const wanted = (event) => {
    if (event.defaultPrevented || event.altKey || event.shiftKey) return false;
    if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k";
    return event.key === "/" && !event.target.closest?.("input, textarea, select, [contenteditable]");
  };

  document.addEventListener("focusin", ({ target }) => target.matches?.(BOX) && load());
  document.addEventListener("keydown", (event) => {
    const box = wanted(event) && [...document.querySelectorAll(BOX)].find((input) => input.getClientRects().length);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  if (document.getElementById("faq-results") || document.activeElement?.matches(BOX)) load();
})();
