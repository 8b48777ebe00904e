// Links for visitors whose question has no answer here; they carry the question along.
//
// `ask` and `contact` of the page's configuration are URLs, in which `{question}` is replaced by the question. If
// they do not have it, places that are known to take a title get the question as the title; for all others a click
// copies it. Without both settings nobody said where people may ask: then no label says "Ask here", and lists of this
// site are offered instead.
import { ROOT, config } from "./config.js";
import { element, link } from "./elements.js";
import { label } from "./labels.js";

const TITLE_PARAMETERS = [
  { name: "subject", isTakenBy: ({ protocol }) => protocol === "mailto:" },
  {
    name: "title",
    isTakenBy: ({ hostname, pathname }) =>
      hostname === "github.com" && /\/(?:issues|discussions)\/new$/.test(pathname),
  },
  { name: "title", isTakenBy: ({ pathname }) => /\/new-topic$/.test(pathname) }, // Discourse
];

const CAN_ASK = Boolean(config.ask?.length || config.contact);

/** Returns the text above `askLinks` on the page of results. */
export function askHeading(isFound) {
  if (!CAN_ASK) return label("lists");
  return label(isFound ? "not-found" : "ask");
}

/** Returns the text before `askLinks` in a search box that found nothing. */
export function nothingFoundText() {
  if (!CAN_ASK) return `${label("none")} ${label("lists")}`;
  return config.ask?.length ? `${label("none")} ${label("ask")}` : label("none");
}

/**
 * Returns links to the places to ask, to the contact, and to lists of this site; `notify(text)` tells what was
 * copied.
 */
export function askLinks(question, notify) {
  const places = (config.ask ?? []).map(({ name, url }) => askLink(name, url, question, notify));
  const contact = config.contact ? [askLink(label("contact"), config.contact, question, notify)] : [];
  const lists = [link("faq-way", new URL("all/", ROOT), label("all"))];
  if (!CAN_ASK) lists.push(link("faq-way", new URL("places/", ROOT), label("all-places")));
  return [...places, ...contact, ...lists].filter(Boolean);
}

/** Returns a link to one place, null if its URL is not one that a link may have. */
function askLink(name, template, question, notify) {
  const asked = wellFormed(question);
  const url = allowedUrl(template.replace(/\{question\}/g, () => encodeURIComponent(asked)));
  if (!url) return null;
  const isFilled = template.includes("{question}") || fillTitle(url, asked);
  if (isFilled || !asked || !navigator.clipboard) return link("faq-way", url, name);
  const made = link("faq-way", url, name, " ", element("small", "faq-way__note", label("copies")));
  made.target = "_blank"; // this page stays open, with the note that the question was copied
  made.rel = "noopener";
  made.addEventListener("click", () => {
    navigator.clipboard.writeText(asked).then(() => notify(label("copied")), () => {});
  });
  return made;
}

/** Adds the question to the URL of a place that is known to take a title; returns whether it is one. */
function fillTitle(url, question) {
  const parameter = TITLE_PARAMETERS.find(({ isTakenBy }) => isTakenBy(url));
  if (!parameter) return false;
  const pair = `${parameter.name}=${encodeURIComponent(question)}`;
  if (!url.searchParams.has(parameter.name)) url.search = url.search ? `${url.search}&${pair}` : pair;
  return true;
}

function allowedUrl(text) {
  try {
    const url = new URL(text, ROOT);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Replaces lone surrogates, which a cut or a broken paste leaves and which no URL can contain. */
function wellFormed(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}
