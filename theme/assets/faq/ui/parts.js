// Elements, labels and links of which suggestions and results are built.
//
// Texts of the index and of visitors reach the page as text only (textContent); links to topics stay within this
// site.
//
// The page may hold <script type="application/json" id="faq-config"> with {ask: [{name, url}], contact, misses,
// labels}. In the URLs `{question}` is replaced by what was asked. Every label can be replaced.

/** The root of the site, at any path of its host. */
export const ROOT = new URL(import.meta.url.replace(/assets\/faq\/[^?#]*$/, ""));

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
const LANGUAGE = document.documentElement.lang || "en";
const missReporter =
  config.misses && import("./misses.js").then(({ reportMisses }) => reportMisses(config.misses), () => null);

/** Reports the final number of results of a search, for companies that want to know what is not found. */
export function reportTotal(text, total) {
  missReporter?.then((report) => report?.(text, total));
}

/** Returns how often and where a topic was asked, on one line: "asked 3 times · Widget forum +1". */
export function factsLine({ asked, places, standing }, className) {
  const where = places.length > 1 ? [`${places[0]} +${places.length - 1}`] : places;
  const parts = asked > 1 ? [label("asked").replace("{n}", asked), ...where] : where;
  const flag = standing === "outdated" ? [element("span", "faq-flag", label("outdated"))] : [];
  return element("span", className, ...flag, parts.join(" · "));
}

/** Returns a month, counted from January 1970, in the language of the page: 650 -> "March 2024". */
export function monthName(month) {
  const format = new Intl.DateTimeFormat(LANGUAGE, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(Date.UTC(1970, month));
}

/** Returns the nodes of a text in which the words of the query are marked. */
export function highlighted(text, found) {
  return found.highlight(text).map((piece) => (piece.hit ? element("mark", "", piece.text) : piece.text));
}

/** Returns the text of a label, as the site configured it. */
export function label(name) {
  return config.labels?.[name] ?? LABELS[name];
}

/** Returns a number of results in words: 2 -> "2 answers". */
export function totalInWords(total) {
  const form = new Intl.PluralRules(LANGUAGE).select(total);
  return (label(`results.${form}`) ?? label("results.other")).replace("{n}", total);
}

/** Returns the URL of a topic's page, given its site path; the site's root if the path leads anywhere else. */
export function topicUrl(path) {
  const url = new URL(path, ROOT);
  return url.origin === ROOT.origin ? url : ROOT;
}

/** Returns an empty line whose changes screen readers announce. */
export function statusLine() {
  const status = element("p", "faq-status");
  status.setAttribute("role", "status");
  return status;
}

/** Returns a link. */
export function link(className, url, ...children) {
  const made = element("a", className, ...children);
  made.href = url;
  return made;
}

/** Returns an element with the children, which are nodes or strings. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Sets all these attributes of an element. */
export function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
