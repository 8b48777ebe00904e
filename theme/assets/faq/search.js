// The search in the page: suggestions under a search box, and the results of the page /search/?q=.
import { createSearch } from "./search-core.js";
import "./search-compounds.js"; // named here too, so that the browser asks for all at once
import "./search-files.js";
import "./search-meaning.js";
import "./search-query.js";
import "./search-text.js";
import "./search-words.js";
import {
  ROOT, addressOfTopic, counted, element, facts, label, link, marked, nothing, setAttributes, settled, statusLine, ways,
} from "./search-parts.js";

const SUGGESTIONS = 6; // each costs up to a request
const PAGE = 10;
const PAUSE = 90; // milliseconds without a key before a search
const LONGEST = 1000; // characters of a question
const LANGUAGE = [document.documentElement.lang || navigator.languages].flat(); // of the page, else of the visitor

const search = createSearch(loadFile);
let metaAhead = null; // the loader asked for it already
let boxes = 0;

/** Brings every search box of the page to life; called once, by the loader, which has asked for meta.json. */
export function start(meta) {
  metaAhead = meta;
  search.ready().catch(() => {}); // a head start; the search itself reports failures
  const results = document.getElementById("faq-results");
  for (const form of document.querySelectorAll("form.faq-search")) {
    const input = form.querySelector("input[name=q]");
    if (!input) continue;
    if (results && !form.closest("header")) showResults(form, input, results);
    else suggest(form, input);
  }
}

async function loadFile(name, { signal, fresh }) {
  const address = new URL(`assets/faq/index/${name}`, ROOT);
  const ahead = fresh ? metaAhead : null;
  if (fresh) metaAhead = null;
  const response = (await ahead) ?? (await fetch(address, { signal, cache: fresh ? "no-cache" : "default" }));
  if (!response.ok) throw new Error(`${response.status} for ${name}`);
  return response.arrayBuffer();
}

// Suggestions ---------------------------------------------------------------------------------------------------------

/** A combobox with a list of links (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/); the focus stays in the box. */
function suggest(form, input) {
  const id = `faq-suggest-${++boxes}`;
  const note = element("p", "faq-suggest__note");
  const list = element("div", "faq-suggest__list");
  const panel = element("div", "faq-suggest", note, list);
  const status = statusLine();
  let active = null;
  setAttributes(list, { id, role: "listbox", "aria-label": label("suggestions") });
  setAttributes(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" });
  panel.hidden = true;
  form.append(panel, status);

  const open = (isOpen) => {
    panel.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen && list.childElementCount > 0));
    if (!isOpen) activate(null);
  };
  const activate = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const fill = (message, options, spoken = message) => {
    const chosen = active?.href;
    note.textContent = message;
    status.textContent = spoken;
    note.hidden = !message;
    options.forEach((option, at) => {
      setAttributes(option, { id: `${id}-${at}`, role: "option", tabindex: "-1", "aria-selected": "false" });
    });
    list.replaceChildren(...options);
    open(true);
    activate(options.find((option) => option.href === chosen) ?? null);
  };
  let last = { text: "", results: [] };
  const run = newest(
    (text, found) => {
      const isHeld = text === last.text && (active || list.matches(":hover"));
      const results = steady(last.results, found.results, isHeld).slice(0, SUGGESTIONS);
      last = { text, results };
      const options = results.map((result) => suggestion(result, found));
      if (options.length) fill("", [...options, allResults(form, text)], counted(found.total));
      else fill(nothing(), ways(text));
    },
    (text) => fill(label("error"), ways(text)),
  );
  const close = () => {
    update.stop();
    run.stop();
    open(false);
  };
  const update = later(() => {
    const text = typed(input);
    if (text) run(text, { limit: SUGGESTIONS, typing: true });
    else close();
  });
  const move = (by) => {
    const options = [...list.children];
    const from = active ? options.indexOf(active) : by > 0 ? -1 : 0;
    activate(options.at((from + by) % options.length) ?? null);
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", () => typed(input) && update());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !panel.hidden && list.childElementCount > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) move(event.key === "ArrowDown" ? 1 : -1);
      else update();
    } else if (event.key === "Enter" && isOpen && active) {
      event.preventDefault();
      active.click();
    } else if (event.key === "Escape") {
      if (panel.hidden) input.value = ""; // the first Esc closes the list, the next one clears the box
      else close();
    }
  });
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus while one clicks
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) close();
  });
  if (typed(input) && document.activeElement === input) update.now(); // typed before this was loaded
}

function suggestion(result, found) {
  const question = element("span", "faq-suggest__question", ...marked(result.question, found));
  return link("faq-suggest__option", addressOfTopic(result.address), question, facts(result, "faq-suggest__facts"));
}

function allResults(form, text) {
  const address = new URL(form.action);
  address.search = new URLSearchParams({ q: text });
  return link("faq-suggest__option faq-suggest__option--all", address, label("all-results"));
}

// The page of results -------------------------------------------------------------------------------------------------

function showResults(form, input, place) {
  const status = statusLine();
  const list = element("ol", "faq-results__list");
  const more = element("button", "faq-results__more", label("more"));
  const offers = element("div", "faq-offers");
  let limit = PAGE;
  let typing = false;
  let firstNew = null; // the number of the result that takes the focus once more are shown
  more.type = "button";
  more.hidden = offers.hidden = true;
  place.replaceChildren(status, list, more, offers);
  status.classList.add("faq-status--shown");

  const show = (message, results, total, text) => {
    status.textContent = message;
    list.replaceChildren(...results);
    if (firstNew) results[firstNew]?.querySelector("a").focus();
    firstNew = null;
    more.hidden = results.length >= total;
    const heading = label(results.length ? "not-found" : "ask");
    const links = ways(text).map((way) => element("li", "", way));
    offers.replaceChildren(element("p", "", heading), element("ul", "faq-ways", ...links));
    offers.hidden = !text;
  };
  let last = { text: "", results: [] };
  const run = newest(
    (text, found) => {
      const isHeld = text === last.text && list.matches(":hover, :focus-within");
      last = { text, results: steady(last.results, found.results, isHeld).slice(0, limit) };
      const results = last.results.map((result) => resultItem(result, found));
      show(found.total ? counted(found.total) : `${label("none")} ${label("fewer")}`, results, found.total, text);
    },
    (text) => show(label("error"), [], 0, text),
  );
  const update = (isTyping = typing) => {
    const text = typed(input);
    typing = isTyping;
    if (text) run(text, { limit, typing });
    else {
      run.stop();
      show("", [], 0, "");
    }
    if (text && !list.childElementCount) status.textContent = label("searching");
  };
  const whileTyping = later(() => {
    limit = PAGE;
    history.replaceState(null, "", addressOf(typed(input)));
    update(true);
  });
  const fromAddress = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    limit = PAGE;
    update(false);
  };

  input.addEventListener("input", whileTyping);
  addEventListener("popstate", fromAddress);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileTyping.stop();
    if (addressOf(typed(input)).href !== location.href) history.pushState(null, "", addressOf(typed(input)));
    limit = PAGE;
    update(false);
  });
  more.addEventListener("click", () => {
    limit += PAGE;
    firstNew = list.childElementCount;
    update();
  });
  if (typed(input) && document.activeElement === input) whileTyping(); // typed before this was loaded
  else fromAddress();
}

function addressOf(text) {
  const address = new URL(location.href);
  address.search = text ? new URLSearchParams({ q: text }) : "";
  return address;
}

function resultItem(result, found) {
  const title = link("", addressOfTopic(result.address), ...marked(result.question, found));
  const question = element("h2", "faq-result__question", title);
  const passage = element("p", "faq-result__passage", ...marked(result.passage, found));
  return element("li", "faq-result", question, passage, facts(result, "faq-result__facts"));
}

// Parts of both -------------------------------------------------------------------------------------------------------

/**
 * Only the newest search is shown; the one before is cancelled once this one has taken over what both wait for. Results by
 * words are shown at once and, when the meaning arrives, again with it.
 */
function newest(show, fail) {
  let current = null;
  const run = (text, options) => {
    const previous = current;
    const mine = (current = new AbortController());
    const shown = (found) => mine === current && show(text, found);
    const last = (found) => {
      shown(found);
      if (mine === current) settled(text, found.total);
    };
    search.search(text, { ...options, language: LANGUAGE, signal: mine.signal }).then(
      (found) => {
        if (!found.understood) return last(found);
        if (found.total) shown(found);
        found.understood.then(last, () => last(found)); // without the meaning the words have to do
      },
      () => mine === current && fail(text),
    );
    setTimeout(() => previous?.abort());
  };
  run.stop = () => {
    current?.abort();
    current = null;
  };
  return run;
}

/** What was shown stays where it is while somebody points at it or chose one of it; the rest follows below. */
function steady(shown, wanted, isHeld) {
  if (!isHeld || !shown.length) return wanted;
  const kept = shown.map((old) => wanted.find(({ address }) => address === old.address) ?? old);
  return [...kept, ...wanted.filter(({ address }) => !kept.some((old) => old.address === address))];
}

function later(call) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(call, PAUSE);
  };
  wait.now = () => {
    clearTimeout(timer);
    call();
  };
  wait.stop = () => clearTimeout(timer);
  return wait;
}

function typed(input) {
  return input.value.trim() && input.value.slice(0, LONGEST);
}
