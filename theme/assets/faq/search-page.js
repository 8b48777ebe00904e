// The page of results: /search/?q=..&tag=.., its filters, and more of the answers that are in sight.
import { KINDS, chips, filterPanel, filtersOf, toggled } from "./search-filters.js";
import { walkable } from "./search-keys.js";
import {
  addressOfTopic, counted, element, label, link, marked, monthName, setAttributes, statusLine,
} from "./search-parts.js";
import { readTopic } from "./search-topic.js";
import { arrange, later, newest, steady, typed } from "./search-typing.js";
import { ways } from "./search-ways.js";

const PAGE = 10;
const POPULAR = 5; // topics that are offered to somebody who found nothing
const SURE = ["team", "decision", "marked", "confirmed"]; // people chose the answer; else a program did
const SOON = 100; // milliseconds that results wait for their tags; later ones find their room reserved

export function showResults(search, form, input, place) {
  const status = statusLine();
  const chosen = element("ul", "faq-chips");
  const list = element("ol", "faq-results__list");
  const more = element("button", "faq-results__more", label("more"));
  const instead = element("div", "faq-results__instead");
  const offers = element("div", "faq-offers");
  const main = element("div", "faq-results__main", list, more, instead, offers);
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
    const results = steady(last.results, found.results, isHeld).slice(0, limit);
    const old = text === last.text ? last.items : new Map();
    if (text !== last.text) sight.forget();
    const items = new Map(results.map((result) => [result.address, old.get(result.address) ?? resultItem(result, found)]));
    last = { text, asked, results, items };
    status.textContent = saidOf(found);
    filters.panel.hidden = !found.total && !chosen.childElementCount;
    const isFocused = list.contains(document.activeElement);
    arrange(list, [...items.values()].map(({ item }) => item));
    items.forEach(sight.watch);
    if (isFocused && !list.contains(document.activeElement)) (list.querySelector("a") ?? input).focus();
    if (firstNew) list.children[firstNew]?.querySelector("a").focus();
    firstNew = null;
    more.hidden = results.length >= found.total;
    offer(text, found.total > 0);
    showInstead(found, signal);
    await showFacets(facets ?? (await found.facets().catch(() => null)), text, found, signal);
  }

  async function showFacets(facets, text, found, signal) {
    if (!facets || signal.aborted) return;
    filters.show(facets.kinds, text, found.total);
    for (const { result, tags } of last.items.values()) fillTags(tags, facets.tagsOf(result));
  }

  /** Where nothing was found: what is nearest in meaning, else what most people ask. */
  async function showInstead(found, signal) {
    instead.hidden = true;
    if (found.total) return;
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
    const heading = label(isFound || chosen.childElementCount ? "not-found" : "ask");
    offers.replaceChildren(element("p", "", heading), element("ul", "faq-ways", ...links));
    offers.hidden = !text;
  }

  function saidOf({ total, isExact }) {
    if (total) return isExact === false ? `${counted(total)}. ${label("not-exact")}` : counted(total);
    return chosen.childElementCount ? label("none-filtered") : `${label("none")} ${label("fewer")}`;
  }

  function clear(message) {
    status.textContent = message;
    last = { text: "", asked: "", results: [], items: new Map() };
    list.replaceChildren();
    more.hidden = instead.hidden = offers.hidden = true;
    filters.wait();
  }

  function update(isTyping = typing) {
    const text = typed(input);
    const asked = filtersOf(location.href);
    typing = isTyping;
    arrange(chosen, chips(asked, choose));
    if (!text && !chosen.childElementCount) {
      run.stop();
      clear("");
      return;
    }
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
  });
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

/** {item, result, found, passage, also, tags}: a result and the parts of it that are filled in later. */
function resultItem(result, found) {
  const title = link("", addressOfTopic(result.address), ...marked(result.question, found));
  const flag = result.standing === "outdated" ? [" ", element("span", "faq-flag", label("outdated"))] : [];
  const question = element("h2", "faq-result__question", title, ...flag);
  const passage = element("p", "faq-result__passage", ...marked(result.passage, found));
  passage.classList.toggle("faq-result__passage--cut", isCut(result));
  const also = element("p", "faq-result__also", label("other-ways").replace("{n}", result.wordings));
  also.hidden = !result.wordings;
  const tags = element("span", "faq-result__tags");
  const how = result.chosen ? [element("span", howClass(result), label(`chosen.${result.chosen}`))] : [];
  const facts = [...factsOf(result).map((fact) => element("span", "", fact)), ...how];
  for (const part of [title, passage, also]) part.dir = "auto";
  const item = element("li", "faq-result", question, passage, also, element("p", "faq-result__facts", ...facts, tags));
  return { item, result, found, passage, also, tags };
}

/** How many asked, where and when, and whether somebody checked it since. */
function factsOf({ asked, places, month, standing }) {
  const many = asked > 1 ? [label("asked").replace("{n}", asked)] : [];
  const where = places.length > 2 ? [label("places").replace("{n}", places.length)] : places;
  const when = month ? [label(asked > 1 ? "first-asked-in" : "asked-in").replace("{date}", monthName(month))] : [];
  const checked = standing === "confirmed" ? [label("confirmed")] : [];
  return [...many, ...where, ...when, ...checked];
}

function howClass({ chosen }) {
  return SURE.includes(chosen) ? "faq-result__how" : "faq-result__how faq-result__how--guess";
}

function isCut({ passage }) {
  return /…$/.test(passage);
}

/** Reads the pages of results once they are in sight, and shows what they tell. */
function openSight() {
  const watched = new WeakMap(); // item of the list -> what it shows
  let controller = new AbortController();
  const observer = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
      observer.unobserve(target);
      complete(watched.get(target), controller.signal);
    }
  });
  return {
    watch(shown) {
      const isWanted = isCut(shown.result) || shown.result.wordings;
      if (!isWanted || watched.has(shown.item) || navigator.connection?.saveData) return;
      watched.set(shown.item, shown);
      observer.observe(shown.item);
    },
    forget() {
      observer.disconnect();
      controller.abort();
      controller = new AbortController();
    },
  };
}

async function complete({ result, found, passage, also }, signal) {
  const page = await readTopic(result.address, signal).catch(() => null);
  if (!page) return;
  const best = isCut(result) ? found.passage(page.parts, document.documentElement.lang) : null;
  if (best && best.worth > found.weigh(result.passage)) {
    const pieces = marked(best.text, found);
    passage.replaceChildren(...(best.kind === "code" ? [element("code", "", ...pieces)] : pieces));
  }
  const wording = result.wordings ? found.wording(result.question, page.wordings) : null;
  if (wording) also.replaceChildren(`${label("also-asked")} `, element("q", "", ...marked(wording, found)));
}

function soon(promise) {
  const late = new Promise((resolve) => setTimeout(resolve, SOON, null));
  return Promise.race([promise.catch(() => null), late]);
}
