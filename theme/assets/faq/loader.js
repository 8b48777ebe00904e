// All that a page carries of the search until somebody means to search: on focus of a search box, on / or Ctrl-K, and
// at once where results are shown, it loads search.js from its own folder, its styles, and what it will ask for first: one
// after the other each would wait for an answer of the host.
(() => {
  const BOX = ".faq-search input[name=q]";
  let client;

  const load = () => {
    client ??= loaded();
    client.catch(() => (client = undefined)); // offline: the next focus tries again, the form works without
  };

  const loaded = async () => {
    const meta = fetch(new URL("index/meta.json", import.meta.url), { cache: "no-cache" }).catch(() => null);
    const [search] = await Promise.all([import("./search.js"), styled()]); // so that nothing is shown without its looks
    search.start(meta);
  };

  const styled = () => {
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
