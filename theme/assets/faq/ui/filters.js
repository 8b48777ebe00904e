// The filters next to the results: for each kind a short list of values, each with the number of results it would
// leave; and the chosen values as buttons that remove them. What is chosen is kept in the URL of the page.
import { element, setAttributes } from "./elements.js";
import { label, totalInWords } from "./labels.js";
import { setChildren } from "./typing.js";

export const KINDS = ["tag", "product", "version", "place", "year"];
// values of a kind that are shown until all are wanted; a last one is shown, too, as the button would take its room
const VALUES_SHOWN = 6;
// as in search.css: the filters are next to the results and open; on other screens above them and closed
const WIDE_SCREEN = "(min-width: 60em)";

/** Returns the filters in a URL: "/search/?tag=rain&tag=hub" -> {tag: ["rain", "hub"]}. */
export function filtersInUrl(url) {
  const query = new URL(url).searchParams;
  const named = KINDS.map((kind) => [kind, [...new Set(query.getAll(kind).filter(Boolean))]]);
  return Object.fromEntries(named.filter(([, names]) => names.length));
}

/** Returns the filters with a value added, or removed if it was chosen. */
export function toggleFilter(filters, kind, name) {
  const names = filters[kind] ?? [];
  const isSame = (other) => other.toLowerCase() === name.toLowerCase();
  const kept = names.some(isSame) ? names.filter((other) => !isSame(other)) : [...names, name];
  return Object.fromEntries(Object.entries({ ...filters, [kind]: kept }).filter(([, chosen]) => chosen.length));
}

/**
 * Returns {panel, show(kinds, text, total), hide(), placeIn(columns)}. `choose(kind, name)` is called when a value is
 * clicked.
 */
export function createFilterPanel(choose) {
  const heading = element("h2", "");
  const body = element("div", "faq-filters__kinds");
  const panel = element("details", "faq-filters", element("summary", "", heading), body);
  const groups = new Map(); // kind -> its group of values, made once, so that a box keeps the focus when counts change
  let shownFor = null; // the text whose values are shown: while it is the same, values keep their places

  const groupOf = (kind) => {
    if (!groups.has(kind)) groups.set(kind, createValueGroup(kind, choose));
    return groups.get(kind);
  };
  return {
    panel,
    hide: () => {
      panel.hidden = true;
      panel.classList.add("faq-filters--pending"); // once there are results, room is kept for the filters
    },
    show(kinds, text, total) {
      const chosen = kinds.reduce((sum, { values }) => sum + values.filter((value) => value.chosen).length, 0);
      const isNew = text !== shownFor;
      shownFor = text;
      const isShown = (kind) => !isNew && groups.get(kind)?.set.isConnected;
      const useful = KINDS.map((kind) => kinds.find((other) => other.kind === kind)).filter(
        (kind) => kind && (isUseful(kind.values, total) || isShown(kind.kind)),
      );
      setChildren(body, useful.map(({ kind, values }) => groupOf(kind).fill(values, isNew)));
      heading.textContent = chosen ? `${label("filters")} (${chosen})` : label("filters");
      panel.classList.toggle("faq-filters--pending", !useful.length);
    },
    /** Puts the panel where it is seen, so that the Tab key reaches it in the same order. */
    placeIn(columns) {
      const wide = matchMedia(WIDE_SCREEN);
      const place = () => {
        panel.open = wide.matches;
        if (wide.matches) columns.append(panel);
        else columns.prepend(panel);
      };
      wide.addEventListener("change", place);
      place();
    },
  };
}

/** Returns {set, fill(values, isNew)}: the fieldset of one kind; `fill` returns it with these values and counts. */
function createValueGroup(kind, choose) {
  const list = element("ul", "faq-filters__values");
  const all = element("button", "faq-filters__all");
  const set = element("fieldset", "faq-filters__kind", element("legend", "", label(kind)), list, all);
  const items = new Map(); // name of a value -> {item, box, count}
  let isWhole = false;
  let names = []; // of the values that are shown
  let latest = []; // all values
  all.type = "button";

  const itemOf = (name) => {
    if (!items.has(name)) items.set(name, createValueItem(name, () => choose(kind, name)));
    return items.get(name);
  };
  const fill = (values, isNew) => {
    latest = values;
    if (isNew) names = valuesToShow(kind, values, isWhole);
    const missing = values.filter(({ name, chosen }) => chosen && !names.includes(name)).map(({ name }) => name);
    names = [...names, ...missing];
    for (const name of names) {
      const { box, count } = itemOf(name);
      const value = values.find((other) => other.name === name);
      box.checked = value?.chosen ?? false;
      box.disabled = !value;
      count.textContent = value?.count ?? 0;
    }
    setChildren(list, names.map((name) => itemOf(name).item));
    all.hidden = values.length <= VALUES_SHOWN + 1 || (!isWhole && values.length <= names.length);
    all.textContent = isWhole ? label("fewer-values") : label("all-values").replace("{n}", values.length);
    all.setAttribute("aria-expanded", String(isWhole));
    list.classList.toggle("faq-filters__values--whole", isWhole);
    return set;
  };
  /** Shows all values or only the first; the focus moves to the first value that was not shown before. */
  const toggleWhole = () => {
    const old = new Set(names);
    isWhole = !isWhole;
    fill(latest, true);
    const name = names.find((other) => !old.has(other));
    (name === undefined ? all : itemOf(name).box).focus();
  };
  all.addEventListener("click", toggleWhole);
  return { set, fill };
}

function createValueItem(name, choose) {
  const box = element("input", "");
  box.type = "checkbox";
  box.addEventListener("change", choose);
  const count = element("small", "");
  const words = element("bdi", "", name);
  return { box, count, item: element("li", "", element("label", "", box, words, " ", count)) };
}

/** Returns a button for each chosen value, which removes it, and one that removes all if there are several. */
export function filterChips(filters, choose, drop) {
  const single = Object.entries(filters).flatMap(([kind, names]) =>
    names.map((name) => {
      const button = chip("faq-chip", () => choose(kind, name), element("bdi", "", name), crossSign());
      button.setAttribute("aria-label", label("remove-filter").replace("{name}", () => `${label(kind)}: ${name}`));
      return element("li", "", button);
    }),
  );
  if (single.length < 2) return single;
  const dropAll = () => drop(Object.keys(filters));
  const all = chip("faq-chip faq-chip--wide faq-chip--all", dropAll, label("remove-filters"));
  return [...single, element("li", "", all)];
}

/**
 * Returns buttons that remove the filters of one kind, or all filters, if the filters leave no result; each says how
 * many results there would be. `without` is {kind: this number}.
 */
export function fewerFilterChips({ without, unfiltered }, filters, drop) {
  const button = (kinds, words, count) =>
    element("li", "", chip("faq-chip faq-chip--wide", () => drop(kinds), `${words}: ${totalInWords(count)}`));
  const kinds = Object.keys(filters);
  const named = (kind) => label("without").replace("{name}", () => filters[kind].join(", "));
  const each = kinds.length > 1 ? kinds.filter((kind) => without[kind]) : [];
  const all = unfiltered ? [button(kinds, label("without-filters"), unfiltered)] : [];
  return [...each.map((kind) => button([kind], named(kind), without[kind])), ...all];
}

function chip(className, click, ...children) {
  const button = element("button", className, ...children);
  button.type = "button";
  button.addEventListener("click", click);
  return button;
}

/** Returns whether choosing one of the values would make a difference. */
function isUseful(values, total) {
  return values.some(({ count, chosen }) => chosen || (count && count < total)) || values.length > 1;
}

/**
 * Returns the names of the most frequent values or of all, and of the chosen ones; years in order, the newest first.
 */
function valuesToShow(kind, values, isWhole) {
  const most = isWhole || values.length <= VALUES_SHOWN + 1 ? values.length : VALUES_SHOWN;
  const kept = values.filter(({ chosen }, at) => chosen || at < most).map(({ name }) => name);
  return kind === "year" ? kept.sort().reverse() : kept;
}

function crossSign() {
  const sign = element("span", "", "×");
  setAttributes(sign, { "aria-hidden": "true" });
  return sign;
}
