// The only script of the search that every page loads. Once somebody is about to search (a search box gets the focus,
// or / or Ctrl-K is pressed), and at once on the page of results, it loads search.js, its styles and meta.json, all
// at the same time.
(() => {
  const BOX = ".faq-search input[name=q]";
  let client;

  const load = () => {
    client ??= loadClient();
    client.catch(() => (client = undefined)); // offline: the next focus tries again, and the form works without
  };

  const loadClient = async () => {
    const meta = fetch(new URL("index/meta.json", import.meta.url), { cache: "no-cache" }).catch(() => null);
    const [search] = await Promise.all([import("./search.js"), loadStyles()]); // nothing is shown without styles
    search.start(meta);
  };

  const loadStyles = () => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("search.css", import.meta.url);
    if (document.querySelector("link[href$='faq/search.css']")) return null; // the page of results has it
    return new Promise((done) => {
      link.onload = link.onerror = done;
      setTimeout(done, 500);
      document.head.append(link);
    });
  };

  const isShortcut = (event) => {
    if (event.defaultPrevented || event.altKey || event.shiftKey) return false;
    if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k";
    return event.key === "/" && !event.target.closest?.("input, textarea, select, [contenteditable]");
  };

  document.addEventListener("focusin", ({ target }) => target.matches?.(BOX) && load());
  document.addEventListener("keydown", (event) => {
    const box = isShortcut(event) && [...document.querySelectorAll(BOX)].find((input) => input.getClientRects().length);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  if (document.getElementById("faq-results") || document.activeElement?.matches(BOX)) load();
})();
