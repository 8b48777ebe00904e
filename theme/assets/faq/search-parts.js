// What suggestions and results are made of. Texts of the index and of visitors reach the page as text only
// (textContent), addresses of topics only within this site.
//
// The page may hold <script type="application/json" id="faq-config"> with {ask: [{name, url}], contact, misses, labels}; in the
// addresses `{question}` stands for what was asked. Every label can be replaced.

export const ROOT = new URL("../../", import.meta.url); // the site, wherever it lies: this file is in assets/faq/

const LABELS = {
  suggestions: "Suggested answers",
  searching: "Searching…",
  "results.one": "{n} answer",
  "results.other": "{n} answers",
  "all-results": "All results",
  more: "More answers",
  none: "Nothing was found.",
  fewer: "Try other words, or fewer.",
  "not-found": "Not what you were looking for? Ask here:",
  error: "The search could not be loaded. The lists of questions still work.",
  asked: "asked {n} times",
  ask: "Nobody asked this yet? Ask here:",
  contact: "Contact us",
  all: "All questions",
};

const config = JSON.parse(document.getElementById("faq-config")?.textContent || "{}");
const telling = config.misses && import("./search-misses.js").then(({ watchMisses }) => watchMisses(config.misses));

/** To be called with the final results of each search, for companies that want to know what is not found. */
export function settled(text, total) {
  telling?.then((tell) => tell(text, total), () => {});
}

/** What to say before `ways` when nothing was found. */
export function nothing() {
  return config.ask?.length ? `${label("none")} ${label("ask")}` : label("none");
}

/** Links for somebody whose question has no answer here: where it can be asked, whom to contact, all questions. */
export function ways(question) {
  const fill = (address) => address.replace(/\{question\}/g, () => encodeURIComponent(wellFormed(question)));
  const places = (config.ask ?? []).map(({ name, url }) => [name, fill(url)]);
  const contact = config.contact ? [[label("contact"), fill(config.contact)]] : [];
  return [...places, ...contact, [label("all"), "all/"]]
    .map(([name, address]) => [name, parsed(address)])
    .filter(([, address]) => ["http:", "https:", "mailto:"].includes(address?.protocol))
    .map(([name, address]) => link("faq-way", address, name));
}

function parsed(address) {
  try {
    return new URL(address, ROOT);
  } catch {
    return null;
  }
}

/** Half characters, which a cut or a broken paste leaves, cannot stand in an address. */
function wellFormed(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

export function facts({ asked, places }, className) {
  const parts = asked > 1 ? [label("asked").replace("{n}", asked), ...places] : places;
  return element("span", className, parts.join(" · "));
}

export function marked(text, found) {
  return found.pieces(text).map((piece) => (piece.hit ? element("mark", "", piece.text) : piece.text));
}

export function label(name) {
  return config.labels?.[name] ?? LABELS[name];
}

export function counted(total) {
  const form = new Intl.PluralRules(document.documentElement.lang || "en").select(total);
  return (label(`results.${form}`) ?? label("results.other")).replace("{n}", total);
}

/** An address of this site, whatever the index says. */
export function addressOfTopic(address) {
  const found = new URL(address, ROOT);
  return found.origin === ROOT.origin ? found : ROOT;
}

export function statusLine() {
  const status = element("p", "faq-status");
  status.setAttribute("role", "status");
  return status;
}

export function link(className, address, ...children) {
  const made = element("a", className, ...children);
  made.href = address;
  return made;
}

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
