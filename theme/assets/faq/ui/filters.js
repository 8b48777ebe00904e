// The filters beside the results: a short list of values for each kind, with how many results each would leave, and what was
// chosen as buttons that take it back. What is chosen lives in the address of the page.
import { counted, element, label, setAttributes } from "./parts.js";
import { arrange } from "./typing.js";

export const KINDS = ["tag", "product", "version", "place", "year"];
const SHOWN = 6; // values of a kind, until all are wanted; one more takes no more room than the button for it
const WIDE = "(min-width: 60em)"; // as in search.css: beside the results and open; else above them and closed

/** {tag: ["rain"], ...} of an address. */
export function filtersOf(address) {
  const query = new URL(address).searchParams;
  const named = KINDS.map((kind) => [kind, [...new Set(query.getAll(kind).filter(Boolean))]]);
  return Object.fromEntries(named.filter(([, names]) => names.length));
}

/** The filters with one value chosen that was not, or the other way round. */
export function toggled(filters, kind, name) {
  const names = filters[kind] ?? [];
  const isSame = (other) => other.toLowerCase() === name.toLowerCase();
  const left = names.some(isSame) ? names.filter((other) => !isSame(other)) : [...names, name];
  return Object.fromEntries(Object.entries({ ...filters, [kind]: left }).filter(([, chosen]) => chosen.length));
}

/** {panel, show(kinds, text, total), wait(), place(columns)}; `choose(kind, name)` is told what is clicked. */
export function filterPanel(choose) {
  const heading = element("h2", "");
  const summary = element("summary", "", heading);
  const body = element("div", "faq-filters__kinds");
  const panel = element("details", "faq-filters", summary, body);
  const known = new Map(); // kind -> {set, list, all, isWhole, items: Map of name -> {item, box, count}, names, values}
  let shownFor = null; // the text whose values are shown: while it stays, values keep their places

  /** What is shown of a kind, made once, so that a box keeps the focus when counts change. */
  const kindOf = (kind) => {
    const list = element("ul", "faq-filters__values");
    const all = element("button", "faq-filters__all");
    const set = element("fieldset", "faq-filters__kind", element("legend", "", label(kind)), list, all);
    all.type = "button";
    all.addEventListener("click", () => toggleWhole(kind));
    return { set, list, all, isWhole: false, items: new Map(), names: [], values: [] };
  };
  /** All values of a kind or only the first; whoever asked for all goes on with the first that was not there. */
  const toggleWhole = (kind) => {
    const mine = known.get(kind);
    const old = new Set(mine.names);
    mine.isWhole = !mine.isWhole;
    fill(kind, mine.values, true);
    const name = mine.names.find((other) => !old.has(other));
    (name === undefined ? mine.all : mine.items.get(name).box).focus();
  };
  const itemOf = (kind, name) => {
    const box = element("input", "");
    box.type = "checkbox";
    box.addEventListener("change", () => choose(kind, name));
    const count = element("small", "");
    const words = element("bdi", "", name);
    return { box, count, item: element("li", "", element("label", "", box, words, " ", count)) };
  };
  const fill = (kind, values, isNew) => {
    if (!known.has(kind)) known.set(kind, kindOf(kind));
    const mine = known.get(kind);
    mine.values = values;
    if (isNew) mine.names = picked(kind, values, mine.isWhole);
    const missing = values.filter(({ name, chosen }) => chosen && !mine.names.includes(name)).map(({ name }) => name);
    mine.names = [...mine.names, ...missing];
    for (const name of mine.names) {
      if (!mine.items.has(name)) mine.items.set(name, itemOf(kind, name));
      const { box, count } = mine.items.get(name);
      const value = values.find((other) => other.name === name);
      box.checked = value?.chosen ?? false;
      box.disabled = !value;
      count.textContent = value?.count ?? 0;
    }
    arrange(mine.list, mine.names.map((name) => mine.items.get(name).item));
    mine.all.hidden = values.length <= SHOWN + 1 || (!mine.isWhole && values.length <= mine.names.length);
    mine.all.textContent = mine.isWhole ? label("fewer-values") : label("all-values").replace("{n}", values.length);
    mine.all.setAttribute("aria-expanded", String(mine.isWhole));
    mine.list.classList.toggle("faq-filters__values--whole", mine.isWhole);
    return mine.set;
  };

  return {
    panel,
    wait: () => {
      panel.hidden = true;
      panel.classList.add("faq-filters--pending"); // once there are results its room is kept until there are filters
    },
    show(kinds, text, total) {
      const chosen = kinds.reduce((sum, { values }) => sum + values.filter((value) => value.chosen).length, 0);
      const isNew = text !== shownFor;
      shownFor = text;
      const useful = KINDS.map((kind) => kinds.find((other) => other.kind === kind)).filter(
        (kind) => kind && (tells(kind.values, total) || (!isNew && known.has(kind.kind) && known.get(kind.kind).set.isConnected)),
      );
      arrange(body, useful.map(({ kind, values }) => fill(kind, values, isNew)));
      heading.textContent = chosen ? `${label("filters")} (${chosen})` : label("filters");
      panel.classList.toggle("faq-filters--pending", !useful.length);
    },
    /** Where the filters stand is where the Tab key finds them. */
    place(columns) {
      const wide = matchMedia(WIDE);
      const fit = () => {
        panel.open = wide.matches;
        if (wide.matches) columns.append(panel);
        else columns.prepend(panel);
      };
      wide.addEventListener("change", fit);
      fit();
    },
  };
}

/** Buttons that take back what was chosen, one value or, of several, all. */
export function chips(filters, choose, drop) {
  const single = Object.entries(filters).flatMap(([kind, names]) =>
    names.map((name) => {
      const button = chip("faq-chip", () => choose(kind, name), element("bdi", "", name), cross());
      button.setAttribute("aria-label", label("remove-filter").replace("{name}", () => `${label(kind)}: ${name}`));
      return element("li", "", button);
    }),
  );
  if (single.length < 2) return single;
  const all = chip("faq-chip faq-chip--wide faq-chip--all", () => drop(Object.keys(filters)), label("remove-filters"));
  return [...single, element("li", "", all)];
}

/** Buttons for where the filters leave nothing: without which there are how many. `without` is {kind: number}. */
export function wider({ without, unfiltered }, filters, drop) {
  const button = (kinds, words, count) =>
    element("li", "", chip("faq-chip faq-chip--wide", () => drop(kinds), `${words}: ${counted(count)}`));
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

/** Whether it would make a difference to choose one of the values. */
function tells(values, total) {
  return values.some(({ count, chosen }) => chosen || (count && count < total)) || values.length > 1;
}

/** The most frequent values or all, and what was chosen; years from the newest on. */
function picked(kind, values, isWhole) {
  const most = isWhole || values.length <= SHOWN + 1 ? values.length : SHOWN;
  const kept = values.filter(({ chosen }, at) => chosen || at < most).map(({ name }) => name);
  return kind === "year" ? kept.sort().reverse() : kept;
}

function cross() {
  const sign = element("span", "", "×");
  setAttributes(sign, { "aria-hidden": "true" });
  return sign;
}
