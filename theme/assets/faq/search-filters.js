// The filters beside the results: a short list of values for each kind, with how many results each would leave, and what was
// chosen as buttons that take it back. What is chosen lives in the address of the page.
import { element, label, setAttributes } from "./search-parts.js";
import { arrange } from "./search-typing.js";

export const KINDS = ["tag", "product", "version", "place", "year"];
const SHOWN = 6; // values of a kind
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
  const summary = element("summary", "");
  const body = element("div", "faq-filters__kinds");
  const panel = element("details", "faq-filters", summary, body);
  const known = new Map(); // kind -> {set, list, items: Map of name -> {item, box, count}, names}
  let shownFor = null; // the text whose values are shown: while it stays, values keep their places

  /** What is shown of a kind, made once, so that a box keeps the focus when counts change. */
  const kindOf = (kind) => {
    const list = element("ul", "faq-filters__values");
    const set = element("fieldset", "faq-filters__kind", element("legend", "", label(kind)), list);
    return { set, list, items: new Map(), names: [] };
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
    if (isNew) mine.names = picked(kind, values);
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
      summary.textContent = chosen ? `${label("filters")} (${chosen})` : label("filters");
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

/** Buttons that take back what was chosen. */
export function chips(filters, choose) {
  return Object.entries(filters).flatMap(([kind, names]) =>
    names.map((name) => {
      const button = element("button", "faq-chip", element("bdi", "", name), cross());
      button.type = "button";
      button.setAttribute("aria-label", label("remove-filter").replace("{name}", () => `${label(kind)}: ${name}`));
      button.addEventListener("click", () => choose(kind, name));
      return element("li", "", button);
    }),
  );
}

/** Whether it would make a difference to choose one of the values. */
function tells(values, total) {
  return values.some(({ count, chosen }) => chosen || (count && count < total)) || values.length > 1;
}

/** The most frequent values, and what was chosen; years from the newest on. */
function picked(kind, values) {
  const kept = values.filter(({ chosen }, at) => chosen || at < SHOWN).map(({ name }) => name);
  return kind === "year" ? kept.sort().reverse() : kept;
}

function cross() {
  const sign = element("span", "", "×");
  setAttributes(sign, { "aria-hidden": "true" });
  return sign;
}
