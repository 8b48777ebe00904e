// The page of results: /search/?q=..&tag=.., its filters, and more of the answers that are in sight.
import { KINDS, chips, filterPanel, filtersOf, toggled, wider } from "./filters.js";
import { openSight, resultItem } from "./result.js";
import { walkable } from "./keyboard.js";
import { counted, element, label, link, setAttributes, statusLine } from "./parts.js";
import { arrange, later, newest, steady, typed } from "./typing.js";
import { heading, ways } from "./where-to-ask.js";

const PAGE = 10;
const NEAREST = 3; // results that are shown where all are only near
const POPULAR = 5; // topics that are offered to somebody who found nothing
const SOON = 100; // milliseconds that results wait for their tags; later ones find their room reserved

export function showResults(search, form, input, place) {
  const status = statusLine();
  const chosen = element("ul", "faq-chips");
  const list = element("ol", "faq-results__list");
  const more = element("button", "faq-results__more", label("more"));
  const instead = element("div", "faq-results__instead");
  const fewerFilters = element("ul", "faq-chips faq-chips--wider");
  const offers = element("div", "faq-offers");
  const main = element("div", "faq-results__main", fewerFilters, list, more, instead, offers);
  const columns = element("div", "faq-results__columns", main);
  const filters = filterPanel(choose);
  const sight = openSight();
  let limit = PAGE;
  let typing = false;
  let firstNew = null; // the number of the result that takes the focus once more are shown
  let last = { text: "", asked: "", results: [], items: new Map() };
  more.type = "button";
  more.hidden = instead.hidden = offers.hidden = true;
  setAttributes(list, { tabindex: "-1" });
  chosen.setAttribute("aria-label", label("filters"));
  filters.wait();
  filters.place(columns);
  place.replaceChildren(status, chosen, columns);
  status.classList.add("faq-status--shown");

  const run = newest(search, show, (text) => {
    clear(label("error"));
    offer(text, false);
  });

  async function show(text, found, signal) {
    const facets = await soon(found.facets());
    if (signal.aborted) return;
    const asked = location.search; // the filters, too
    const isHeld = asked === last.asked && list.matches(":hover, :focus-within");
    const most = found.sure || limit > PAGE ? limit : NEAREST;
    const results = steady(last.results, found.results, isHeld).slice(0, most);
    const old = text === last.text ? last.items : new Map();
    if (text !== last.text) sight.forget();
    const items = new Map(results.map((result) => [result.address, old.get(result.address) ?? resultItem(result, found)]));
    last = { text, asked, results, items };
    status.textContent = saidOf(found);
    filters.panel.hidden = !found.total && !chosen.childElementCount;
    const isFocused = list.contains(document.activeElement);
    arrange(list, [...items.values()].map(({ item }) => item));
    if (text) items.forEach(sight.watch);
    if (isFocused && !list.contains(document.activeElement)) (list.querySelector("a") ?? input).focus();
    if (firstNew) list.children[firstNew]?.querySelector("a").focus();
    firstNew = null;
    more.hidden = results.length >= found.total;
    offer(text, found.total > 0 && found.sure);
    showInstead(found, signal);
    if (found.total) fewerFilters.replaceChildren();
    await showFacets(facets ?? (await found.facets().catch(() => null)), text, found, signal);
  }

  async function showFacets(facets, text, found, signal) {
    if (!facets || signal.aborted) return;
    filters.show(facets.kinds, text, found.total);
    if (!found.total) fewerFilters.replaceChildren(...wider({ ...found, ...facets }, filtersOf(location.href), drop));
    for (const { result, tags } of last.items.values()) fillTags(tags, facets.tagsOf(result));
  }

  /** Where nothing was found: what is nearest in meaning, else what most people ask. */
  async function showInstead(found, signal) {
    instead.hidden = true;
    if (found.total || found.unfiltered) return;
    const isNear = found.nearest.length > 0;
    const results = isNear ? found.nearest : await found.popular(POPULAR).catch(() => []);
    if (signal.aborted || !results.length) return;
    const items = results.map((result) => resultItem(result, found).item);
    instead.replaceChildren(element("h2", "", label(isNear ? "nearest" : "popular")), element("ol", "faq-results__list", ...items));
    instead.classList.toggle("faq-results__instead--popular", !isNear);
    if (isNear) offers.before(instead);
    else offers.after(instead);
    instead.hidden = false;
  }

  function offer(text, isFound) {
    const links = ways(text, (message) => (status.textContent = message)).map((way) => element("li", "", way));
    const said = heading(isFound || chosen.childElementCount > 0);
    offers.replaceChildren(element("p", "", said), element("ul", "faq-ways", ...links));
    offers.hidden = !text && isFound;
  }

  function saidOf({ total, unfiltered, sure, lacks, isExact }) {
    const more = [isExact === false && label("not-exact"), lacks && label("lacks")].filter(Boolean);
    if (total && !sure) return [...more, label("unsure")].join(" ");
    if (total) return more.length ? [`${counted(total)}.`, ...more].join(" ") : counted(total);
    return unfiltered ? label("none-filtered") : `${label("none")} ${label("fewer")}`;
  }

  function clear(message) {
    status.textContent = message;
    last = { text: "", asked: "", results: [], items: new Map() };
    list.replaceChildren();
    fewerFilters.replaceChildren();
    more.hidden = instead.hidden = offers.hidden = true;
    filters.wait();
  }

  function update(isTyping = typing) {
    const text = typed(input);
    const asked = filtersOf(location.href);
    typing = isTyping;
    arrange(chosen, chips(asked, choose, drop));
    search.facets().catch(() => {}); // beside the words; what shows the results asks again
    run(text, { limit, typing, filters: asked, thorough: true });
    if (!list.childElementCount) status.textContent = label("searching");
  }

  /** A filter that is clicked; where its button goes, the focus has to. */
  function choose(kind, name) {
    const at = [...chosen.children].findIndex((chip) => chip.contains(document.activeElement));
    go(addressOf(typed(input), toggled(filtersOf(location.href), kind, name)));
    if (at < 0) return;
    const next = chosen.children[Math.min(at, chosen.childElementCount - 1)];
    (next?.querySelector("button") ?? list).focus();
  }

  /** All filters of these kinds. */
  function drop(kinds) {
    const left = Object.entries(filtersOf(location.href)).filter(([kind]) => !kinds.includes(kind));
    go(addressOf(typed(input), Object.fromEntries(left)));
    list.focus();
  }

  function go(address) {
    if (address.href !== location.href) history.pushState(null, "", address);
    limit = PAGE;
    update(false);
  }

  function fillTags(place, tags) {
    if (place.childElementCount || !tags.length) return;
    const linked = tags.map((tag) => {
      const made = link("faq-result__tag", addressOf(typed(input), { tag: [tag] }), element("bdi", "", tag));
      made.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(addressOf(typed(input), { ...filtersOf(location.href), tag: [tag] }));
      });
      return made;
    });
    place.replaceChildren(...linked);
  }

  const whileTyping = later(() => {
    limit = PAGE;
    history.replaceState(null, "", addressOf(typed(input), filtersOf(location.href)));
    update(true);
  }, () => search.ahead(typed(input)));
  const fromAddress = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    limit = PAGE;
    update(false);
  };

  walkable(input, place);
  input.required = false; // without a question the filters list what there is
  input.addEventListener("input", whileTyping);
  addEventListener("popstate", fromAddress);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileTyping.stop();
    go(addressOf(typed(input), filtersOf(location.href)));
  });
  more.addEventListener("click", () => {
    limit += PAGE;
    firstNew = list.childElementCount;
    update();
  });
  if (typed(input) && document.activeElement === input) whileTyping(); // typed before this was loaded
  else fromAddress();
}

function addressOf(text, filters) {
  const address = new URL(location.href);
  const chosen = KINDS.flatMap((kind) => (filters[kind] ?? []).map((name) => [kind, name]));
  address.search = new URLSearchParams([...(text ? [["q", text]] : []), ...chosen]);
  address.hash = "";
  return address;
}

function soon(promise) {
  const late = new Promise((resolve) => setTimeout(resolve, SOON, null));
  return Promise.race([promise.catch(() => null), late]);
}
