// What suggestions and results are made of. Texts of the index and of visitors reach the page as text only
// (textContent), addresses of topics only within this site.
//
// The page may hold <script type="application/json" id="faq-config"> with {ask: [{name, url}], contact, misses, labels}; in the
// addresses `{question}` stands for what was asked. Every label can be replaced.

export const ROOT = new URL(import.meta.url.replace(/assets\/faq\/[^?#]*$/, "")); // the site, wherever it lies

const LABELS = {
  suggestions: "Suggested answers",
  searching: "Searching…",
  "results.one": "{n} answer",
  "results.other": "{n} answers",
  "all-results": "All results",
  more: "More answers",
  none: "Nothing was found.",
  "none-filtered": "Nothing was found with these filters.",
  fewer: "Try other words, or fewer.",
  "not-exact": "No answer contains the exact words in quotes. These results ignore the quotes.",
  lacks: "Some answers could not be loaded.",
  nearest: "Closest in meaning:",
  unsure: "No answer says exactly this. Closest in meaning:",
  popular: "Asked most often:",
  "not-found": "Not what you were looking for? Ask here:",
  error: "The search could not be loaded. The lists of questions still work.",
  asked: "asked {n} times",
  "asked-in": "asked in {date}",
  "first-asked-in": "first asked in {date}",
  "also-asked": "Also asked as:",
  "other-ways": "Also asked in other words: {n}",
  places: "in {n} places",
  filters: "Filter",
  "all-values": "Show all {n}",
  "fewer-values": "Show fewer",
  "remove-filter": "Remove the filter {name}",
  "remove-filters": "Remove all filters",
  without: "Without “{name}”",
  "without-filters": "Without any filter",
  tag: "Tag",
  product: "Product",
  version: "Checked for version",
  place: "Place",
  year: "Answered in",
  outdated: "Outdated",
  confirmed: "checked by staff",
  "chosen.written": "chosen by our team",
  "chosen.decision": "chosen by our team",
  "chosen.marked": "marked as the answer",
  "chosen.confirmed": "confirmed by staff",
  "chosen.thanked": "chosen by a program: the asker said thanks",
  "chosen.staff": "chosen by a program: staff wrote it",
  "chosen.votes": "chosen by a program: people voted for it",
  "chosen.reactions": "chosen by a program: people reacted to it",
  "chosen.last_reply": "chosen by a program: it is the last substantial reply",
  ask: "Nobody asked this yet? Ask here:",
  contact: "Contact us",
  copies: "copies your question",
  copied: "Your question was copied. Paste it there.",
  lists: "You can also look in these lists:",
  all: "All questions",
  "all-places": "All places",
};

export const config = JSON.parse(document.getElementById("faq-config")?.textContent || "{}");
const telling = config.misses && import("./misses.js").then(({ watchMisses }) => watchMisses(config.misses), () => null);
const LANGUAGE = document.documentElement.lang || "en";

/** To be called with the final results of each search, for companies that want to know what is not found. */
export function settled(text, total) {
  telling?.then((tell) => tell?.(text, total));
}

/** How often and where it was asked, on one line: the first place stands for the others. */
export function facts({ asked, places, standing }, className) {
  const where = places.length > 1 ? [`${places[0]} +${places.length - 1}`] : places;
  const parts = asked > 1 ? [label("asked").replace("{n}", asked), ...where] : where;
  const flag = standing === "outdated" ? [element("span", "faq-flag", label("outdated"))] : [];
  return element("span", className, ...flag, parts.join(" · "));
}

/** A month, counted from January 1970, as people write it. */
export function monthName(month) {
  const format = new Intl.DateTimeFormat(LANGUAGE, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(Date.UTC(1970, month));
}

export function marked(text, found) {
  return found.pieces(text).map((piece) => (piece.hit ? element("mark", "", piece.text) : piece.text));
}

export function label(name) {
  return config.labels?.[name] ?? LABELS[name];
}

export function counted(total) {
  const form = new Intl.PluralRules(LANGUAGE).select(total);
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
