// The page of results, /search/?q=..&tag=..: its filters, and more of the answers that are in sight.
import { element, link, setAttributes, statusLine } from "./elements.js";
import {
  KINDS, createFilterPanel, fewerFilterChips, filterChips, filtersInUrl, toggleFilter,
} from "./filters.js";
import { enableArrowKeys } from "./keyboard.js";
import { label, totalInWords } from "./labels.js";
import { createCardCompleter, createResultCard, createWaitingCard } from "./result.js";
import { keepInPlace, newestSearch, searchAfterPause, setChildren, typedText, withWaiting } from "./typing.js";
import { askHeading, askLinks } from "./where-to-ask.js";
/** @import { Found } from "../client/results.js" */

const PAGE_SIZE = 10; // results that are shown at once
const UNSURE_SHOWN = 3; // results that are shown if none says what was asked
const POPULAR_SHOWN = 5; // topics that are offered if nothing was found
const FACETS_WAIT = 100; // milliseconds that results wait for their tags; room is kept for tags that come later

/** Shows the results of the query in the page's URL in `place`, and of what is typed in the search box. */
export function showResults(search, form, input, place) {
  const view = createView(place);
  const filters = createFilterPanel(chooseFilter);
  const completer = createCardCompleter();
  let limit = PAGE_SIZE;
  let isTyping = false;
  let firstNew = null; // number of the result that gets the focus once more results are shown
  let last = { text: "", query: "", results: [], cards: new Map() };
  filters.hide();
  filters.placeIn(view.columns);

  const run = newestSearch(search, show, (text) => {
    clear(label("error"));
    view.showOffers(text, false);
  });

  /** @param {Found} found */
  async function show(text, found, signal) {
    const facets = await withinFacetsWait(found.facets());
    if (signal.aborted) return;
    view.status.textContent = statusText(found);
    filters.panel.hidden = !found.total && !view.chosen.childElementCount;
    const isFocused = view.list.contains(document.activeElement);
    showCards(text, found);
    if (isFocused && !view.list.contains(document.activeElement)) (view.list.querySelector("a") ?? input).focus();
    if (firstNew) view.list.children[firstNew]?.querySelector("a").focus();
    firstNew = null;
    view.more.hidden = found.isAll && last.results.length >= found.results.length;
    view.showOffers(text, found.total > 0 && found.isSure);
    showAlternatives(view, found, signal);
    if (found.total) view.fewerFilters.replaceChildren();
    showFacets(facets ?? (await found.facets().catch(() => null)), text, found, signal);
  }

  /**
   * Shows the cards of the results; the cards of the same text are kept, and stay in place while somebody uses them.
   */
  function showCards(text, found) {
    const query = location.search; // with the filters
    const isHeld = query === last.query && view.list.matches(":hover, :focus-within");
    const most = found.isSure || limit > PAGE_SIZE ? limit : UNSURE_SHOWN;
    const results = keepInPlace(last.results, found.results, isHeld).slice(0, most);
    const old = text === last.text ? last.cards : new Map();
    if (text !== last.text) completer.forgetAll();
    const cardOf = (result) => old.get(result.path) ?? createResultCard(result, found);
    const cards = new Map(results.map((result) => [result.path, cardOf(result)]));
    last = { text, query, results, cards };
    setChildren(view.list, withWaiting([...cards.values()].map(({ item }) => item), found, createWaitingCard));
    if (text) cards.forEach(completer.watch);
  }

  function showFacets(facets, text, found, signal) {
    if (!facets || signal.aborted) return;
    filters.show(facets.kinds, text, found.total);
    if (!found.total) {
      const chips = fewerFilterChips({ ...found, ...facets }, filtersInUrl(location.href), dropFilters);
      view.fewerFilters.replaceChildren(...chips);
    }
    for (const { result, tags } of last.cards.values()) fillTags(tags, facets.tagsOf(result));
  }

  /** Adds links to the place of a card's tags, each of which filters by the tag. */
  function fillTags(place, tags) {
    if (place.childElementCount || !tags.length) return;
    const linked = tags.map((tag) => {
      const made = link("faq-result__tag", pageUrl(typedText(input), { tag: [tag] }), element("bdi", "", tag));
      made.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(pageUrl(typedText(input), { ...filtersInUrl(location.href), tag: [tag] }));
      });
      return made;
    });
    place.replaceChildren(...linked);
  }

  function clear(message) {
    last = { text: "", query: "", results: [], cards: new Map() };
    view.clear(message);
    filters.hide();
  }

  function update(isNowTyping = isTyping) {
    const text = typedText(input);
    const chosen = filtersInUrl(location.href);
    isTyping = isNowTyping;
    setChildren(view.chosen, filterChips(chosen, chooseFilter, dropFilters));
    search.loadFacets().catch(() => {}); // at the same time as the words; `show` reports a failure
    run(text, { limit, typing: isTyping, filters: chosen, thorough: true });
    if (!view.list.childElementCount) view.status.textContent = label("searching");
  }

  /** Adds or removes a filter; if its own button had the focus, a neighbour of the button gets it. */
  function chooseFilter(kind, name) {
    const at = [...view.chosen.children].findIndex((chip) => chip.contains(document.activeElement));
    goTo(pageUrl(typedText(input), toggleFilter(filtersInUrl(location.href), kind, name)));
    if (at < 0) return;
    const next = view.chosen.children[Math.min(at, view.chosen.childElementCount - 1)];
    (next?.querySelector("button") ?? view.list).focus();
  }

  /** Removes all filters of these kinds. */
  function dropFilters(kinds) {
    const kept = Object.entries(filtersInUrl(location.href)).filter(([kind]) => !kinds.includes(kind));
    goTo(pageUrl(typedText(input), Object.fromEntries(kept)));
    view.list.focus();
  }

  function goTo(url) {
    if (url.href !== location.href) history.pushState(null, "", url);
    limit = PAGE_SIZE;
    update(false);
  }

  const searchTyped = searchAfterPause(() => {
    limit = PAGE_SIZE;
    history.replaceState(null, "", pageUrl(typedText(input), filtersInUrl(location.href)));
    update(true);
  }, () => search.preload(typedText(input)));
  const searchUrl = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    limit = PAGE_SIZE;
    update(false);
  };

  enableArrowKeys(input, place);
  input.required = false; // without a question the filters list all topics
  input.addEventListener("input", searchTyped);
  addEventListener("popstate", searchUrl);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    searchTyped.stop();
    goTo(pageUrl(typedText(input), filtersInUrl(location.href)));
  });
  view.more.addEventListener("click", () => {
    limit += PAGE_SIZE;
    firstNew = view.list.childElementCount;
    update();
  });
  if (typedText(input) && document.activeElement === input) searchTyped(); // typed before this script was loaded
  else searchUrl();
}

/** Fills `place` with the empty elements of the page, and returns them. */
function createView(place) {
  const status = statusLine();
  const chosen = element("ul", "faq-chips"); // buttons of the chosen filters
  const list = element("ol", "faq-results__list");
  const more = element("button", "faq-results__more", label("more"));
  const alternatives = element("div", "faq-results__instead");
  const fewerFilters = element("ul", "faq-chips faq-chips--wider");
  const offers = element("div", "faq-offers");
  const main = element("div", "faq-results__main", fewerFilters, list, more, alternatives, offers);
  const columns = element("div", "faq-results__columns", main);
  more.type = "button";
  more.hidden = alternatives.hidden = offers.hidden = true;
  setAttributes(list, { tabindex: "-1" });
  chosen.setAttribute("aria-label", label("filters"));
  place.replaceChildren(status, chosen, columns);
  status.classList.add("faq-status--shown");
  return {
    status, chosen, list, more, alternatives, fewerFilters, offers, columns,
    /** Offers to ask elsewhere; nothing is offered while all topics are listed. */
    showOffers(text, isFound) {
      const links = askLinks(text, (message) => (status.textContent = message));
      const heading = element("p", "", askHeading(isFound || chosen.childElementCount > 0));
      offers.replaceChildren(heading, element("ul", "faq-ways", ...links.map((one) => element("li", "", one))));
      offers.hidden = !text && isFound;
    },
    clear(message) {
      status.textContent = message;
      list.replaceChildren();
      fewerFilters.replaceChildren();
      more.hidden = alternatives.hidden = offers.hidden = true;
    },
  };
}

/** Shows the topics with the most similar meaning, else the most asked ones, if nothing was found. */
async function showAlternatives({ alternatives, offers }, found, signal) {
  alternatives.hidden = true;
  if (found.total || found.unfiltered) return;
  const isNear = found.nearest.length > 0;
  const results = isNear ? found.nearest : await found.popular(POPULAR_SHOWN).catch(() => []);
  if (signal.aborted || !results.length) return;
  const heading = element("h2", "", label(isNear ? "nearest" : "popular"));
  const items = results.map((result) => createResultCard(result, found).item);
  alternatives.replaceChildren(heading, element("ol", "faq-results__list", ...items));
  alternatives.classList.toggle("faq-results__instead--popular", !isNear);
  if (isNear) offers.before(alternatives);
  else offers.after(alternatives);
  alternatives.hidden = false;
}

function statusText({ total, unfiltered, isSure, isIncomplete, isExact, waiting }) {
  const notes = [isExact === false && label("not-exact"), isIncomplete && label("lacks")].filter(Boolean);
  if (total && !isSure) return [...notes, label("unsure")].join(" ");
  if (total) return notes.length ? [`${totalInWords(total)}.`, ...notes].join(" ") : totalInWords(total);
  if (waiting.length) return [...notes, label("none-answered")].join(" ");
  return unfiltered ? label("none-filtered") : `${label("none")} ${label("fewer")}`;
}

/** Returns the URL of the page of results for a text and filters. */
function pageUrl(text, filters) {
  const url = new URL(location.href);
  const chosen = KINDS.flatMap((kind) => (filters[kind] ?? []).map((name) => [kind, name]));
  url.search = String(new URLSearchParams([...(text ? [["q", text]] : []), ...chosen]));
  url.hash = "";
  return url;
}

/** Returns what a promise resolves to, or null if it takes longer than FACETS_WAIT or fails. */
function withinFacetsWait(promise) {
  const late = new Promise((resolve) => setTimeout(resolve, FACETS_WAIT, null));
  return Promise.race([promise.catch(() => null), late]);
}
