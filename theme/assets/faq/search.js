// The search in the page: suggestions under a search box, and the results of the page /search/?q=.
import { createSearch } from "./client/search.js";
import { showResults } from "./ui/results-page.js";
import {
  ROOT, addressOfTopic, counted, element, facts, label, link, marked, setAttributes, statusLine,
} from "./ui/parts.js";
import { readTopic } from "./ui/topic-page.js";
import { later, newest, steady, typed } from "./ui/typing.js";
import { nothing, ways } from "./ui/where-to-ask.js";

const SUGGESTIONS = 6; // each costs up to a request
const NEAREST = 3; // of what is only near

const search = createSearch(loadFile, readTopic);
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
    if (results && !form.closest("header")) showResults(search, form, input, results);
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
  const offered = (text) => ways(text, (message) => (status.textContent = message));
  const run = newest(
    search,
    (text, found) => {
      const isHeld = text === last.text && (active || list.matches(":hover"));
      const results = steady(last.results, found.results, isHeld).slice(0, SUGGESTIONS);
      last = { text, results };
      const options = results.map((result) => suggestion(result, found));
      if (options.length && !found.sure) {
        fill([found.lacks && label("lacks"), label("unsure")].filter(Boolean).join(" "), [...options.slice(0, NEAREST), allResults(form, text), ...offered(text)]);
      } else if (options.length && found.lacks) fill(label("lacks"), [...options, allResults(form, text)]);
      else if (options.length) fill("", [...options, allResults(form, text)], counted(found.total));
      else if (found.nearest.length) {
        const near = found.nearest.map((result) => suggestion(result, found));
        fill(`${label("none")} ${label("nearest")}`, [...near, ...offered(text)]);
      } else fill(nothing(), offered(text));
    },
    (text) => fill(label("error"), offered(text)),
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
  }, () => search.ahead(typed(input)));
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
    if (!panel.contains(relatedTarget) && relatedTarget !== input) close(); // also for the button beside the box
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
