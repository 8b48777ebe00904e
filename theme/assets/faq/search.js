// The search in a page: suggestions under each search box, and the results on the page /search/?q=.
import { createSearch } from "./client/search.js";
import { ROOT, discussionUrl, topicUrl } from "./ui/config.js";
import { element, factsLine, highlighted, link, setAttributes, statusLine } from "./ui/elements.js";
import { label, totalInWords, waitingInWords } from "./ui/labels.js";
import { showResults } from "./ui/results-page.js";
import { readTopic } from "./ui/topic-page.js";
import { keepInPlace, newestSearch, searchAfterPause, typedText, withWaiting } from "./ui/typing.js";
import { askLinks, nothingFoundText } from "./ui/where-to-ask.js";
/** @import { Found, Result } from "./client/results.js" */

const MAX_SUGGESTIONS = 6; // each may cost a request
const MAX_UNSURE_SUGGESTIONS = 3; // suggestions if no topic says what was asked

const search = createSearch(loadFile, readTopic);
let requestedMeta = null; // the response that the loader has requested already
let boxCount = 0;

/** Attaches the search to every search box of the page. The loader calls it once, with its request for meta.json. */
export function start(meta) {
  requestedMeta = meta;
  search.loadMeta().catch(() => {}); // saves time; the search itself reports failures
  const results = document.getElementById("faq-results");
  for (const form of document.querySelectorAll("form.faq-search")) {
    const input = form.querySelector("input[name=q]");
    if (!input) continue;
    if (results && !form.closest("header")) showResults(search, form, input, results);
    else attachSuggestions(form, input);
  }
}

/** Fetches a file of the index. */
async function loadFile(name, { signal, fresh = false }) {
  const url = new URL(`assets/faq/index/${name}`, ROOT);
  const requested = fresh ? requestedMeta : null;
  if (fresh) requestedMeta = null;
  const response = (await requested) ?? (await fetch(url, { signal, cache: fresh ? "no-cache" : "default" }));
  if (!response.ok) throw new Error(`${response.status} for ${name}`);
  return response.arrayBuffer();
}

// Suggestions ---------------------------------------------------------------------------------------------------------

/** Shows suggestions under a search box while somebody types. */
function attachSuggestions(form, input) {
  const list = createSuggestionList(form, input);
  let last = { text: "", results: [] };
  const show = (text, found) => {
    const isHeld = text === last.text && list.isInUse();
    const results = keepInPlace(last.results, found.results, isHeld).slice(0, MAX_SUGGESTIONS);
    last = { text, results };
    const ways = askLinks(text, list.announce);
    list.fill(...suggestionsFor({ ...found, results }, allResultsLink(form, text), ways));
  };
  const run = newestSearch(search, show, (text) => list.fill(label("error"), askLinks(text, list.announce)));
  const close = () => {
    searchTyped.stop();
    run.stop();
    list.open(false);
  };
  const searchTyped = searchAfterPause(() => {
    const text = typedText(input);
    if (text) run(text, { limit: MAX_SUGGESTIONS, typing: true });
    else close();
  }, () => search.preload(typedText(input)));

  input.addEventListener("input", searchTyped);
  input.addEventListener("focus", () => typedText(input) && searchTyped());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.isOpen()) list.move(event.key === "ArrowDown" ? 1 : -1);
      else searchTyped();
    } else if (event.key === "Enter" && list.click()) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (list.isHidden()) input.value = ""; // the first Esc closes the list, the next one clears the box
      else close();
    }
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    // the button next to the box counts as outside
    if (!list.contains(relatedTarget) && relatedTarget !== input) close();
  });
  if (typedText(input) && document.activeElement === input) searchTyped.now(); // typed before this script was loaded
}

/**
 * Returns the message, the options and the spoken message (by default the message) for what a search found.
 *
 * @param {Found} found
 * @returns {[string, HTMLAnchorElement[], string?]}
 */
function suggestionsFor(found, allResults, ways) {
  const answers = found.results.map((result) => suggestion(result, found));
  const shown = found.isSure ? answers : answers.slice(0, MAX_UNSURE_SUGGESTIONS);
  const options = withWaiting(shown, found, waitingSuggestion);
  const incomplete = found.isIncomplete ? label("lacks") : "";
  if (options.length && !answers.length) return [label("none-answered"), [...options, allResults, ...ways]];
  if (options.length && !found.isSure) {
    const message = [incomplete, label("unsure")].filter(Boolean).join(" ");
    return [message, [...options, allResults, ...ways]];
  }
  if (options.length && incomplete) return [incomplete, [...options, allResults]];
  if (options.length) return ["", [...options, allResults], totalInWords(found.total)];
  if (found.nearest.length) {
    const nearest = found.nearest.map((result) => suggestion(result, found));
    return [`${label("none")} ${label("nearest")}`, [...nearest, ...ways]];
  }
  return [nothingFoundText(), ways];
}

/** @param {Result} result */
function suggestion(result, found) {
  const question = element("span", "faq-suggest__question", ...highlighted(result.question, found));
  const [twin] = result.likely;
  const same = twin ? [element("span", "faq-suggest__facts", `${label("same-question")} ${twin.question}`)] : [];
  return link("faq-suggest__option", topicUrl(result.path), question, factsLine(result, "faq-suggest__facts"), ...same);
}

/** Returns the option of an open question, which leads to its discussion. */
function waitingSuggestion(waiting, found) {
  const question = element("span", "faq-suggest__question", ...highlighted(waiting.question, found));
  const texts = [waitingInWords(waiting), ...waiting.likely.map((one) => `${label("probably-answered")} ${one.question}`)];
  const lines = texts.map((text) => element("span", "faq-suggest__facts", text));
  const option = link("faq-suggest__option", discussionUrl(waiting.url), question, ...lines);
  option.rel = "noopener";
  return option;
}

function allResultsLink(form, text) {
  const url = new URL(form.action);
  url.search = String(new URLSearchParams({ q: text }));
  return link("faq-suggest__option faq-suggest__option--all", url, label("all-results"));
}

/**
 * Adds an empty list of links to a search box, which becomes a combobox: the focus stays in the box, and `move(by)`
 * chooses an option (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 */
function createSuggestionList(form, input) {
  const id = `faq-suggest-${++boxCount}`;
  const note = element("p", "faq-suggest__note");
  const list = element("div", "faq-suggest__list");
  const panel = element("div", "faq-suggest", note, list);
  const status = statusLine();
  let active = null; // the chosen option
  setAttributes(list, { id, role: "listbox", "aria-label": label("suggestions") });
  setAttributes(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
  setAttributes(input, { "aria-expanded": "false" });
  panel.hidden = true;
  form.append(panel, status);
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // a click leaves the focus in the box

  const activate = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = (isOpen) => {
    panel.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen && list.childElementCount > 0));
    if (!isOpen) activate(null);
  };
  const isOpen = () => !panel.hidden && list.childElementCount > 0;
  return {
    open,
    isOpen,
    isHidden: () => panel.hidden,
    /** Whether an option is chosen or pointed at, so that it must not move. */
    isInUse: () => Boolean(active) || list.matches(":hover"),
    contains: (node) => panel.contains(node),
    announce: (message) => (status.textContent = message),
    /** Shows the options; the one that was chosen stays chosen. */
    fill(message, options, spoken = message) {
      note.textContent = message;
      status.textContent = spoken;
      note.hidden = !message;
      options.forEach((option, at) => {
        setAttributes(option, { id: `${id}-${at}`, role: "option", tabindex: "-1", "aria-selected": "false" });
      });
      list.replaceChildren(...options);
      open(true);
      activate(active && sameOption(active, options));
    },
    /** Chooses the next (1) or previous (-1) option, from the last one on the first. */
    move(by) {
      const options = [...list.children];
      const from = active ? options.indexOf(active) : by > 0 ? -1 : 0;
      activate(options.at((from + by) % options.length) ?? null);
    },
    /** Follows the chosen option; returns whether there is one. */
    click() {
      if (!isOpen() || !active) return false;
      active.click();
      return true;
    },
  };
}

/**
 * Returns the option with the same target; or with the same words, as links that carry the query along change with
 * it.
 */
function sameOption(wanted, options) {
  const withTarget = options.find(({ href }) => href === wanted.href);
  return withTarget ?? options.find(({ textContent }) => textContent === wanted.textContent) ?? null;
}
