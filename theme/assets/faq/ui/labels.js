// Labels in the words of the site, and numbers and months in the language of the page.
import { config } from "./config.js";

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
  "chosen.model": "chosen by a program",
  "chosen.last_reply": "chosen by a program: it is the last substantial reply",
  ask: "Nobody asked this yet? Ask here:",
  contact: "Contact us",
  copies: "copies your question",
  copied: "Your question was copied. Paste it there.",
  lists: "You can also look in these lists:",
  all: "All questions",
  "all-places": "All places",
};

const LANGUAGE = document.documentElement.lang || "en";

/** Returns the text of a label, as the site configured it. */
export function label(name) {
  return config.labels?.[name] ?? LABELS[name];
}

/** Returns a number of results in words: 2 -> "2 answers". */
export function totalInWords(total) {
  const form = new Intl.PluralRules(LANGUAGE).select(total);
  return (label(`results.${form}`) ?? label("results.other")).replace("{n}", total);
}

/** Returns a month, counted from January 1970, in the language of the page: 650 -> "March 2024". */
export function monthName(month) {
  const format = new Intl.DateTimeFormat(LANGUAGE, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(Date.UTC(1970, month));
}
