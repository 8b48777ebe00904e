// Where somebody can turn whose question has no answer here, with the question carried along.
//
// `ask` and `contact` of the page's configuration are addresses; `{question}` in them stands for what was asked. Where they do
// not have it, the places that are known to take a title get one; for all others a click copies the question. Without both
// settings nobody said where people may ask, so no label says "Ask here": lists of this site are offered instead.
import { ROOT, config, element, label, link } from "./parts.js";

const TITLED = [
  { takes: ({ protocol }) => protocol === "mailto:", name: "subject" },
  { takes: ({ hostname, pathname }) => hostname === "github.com" && /\/(?:issues|discussions)\/new$/.test(pathname), name: "title" },
  { takes: ({ pathname }) => /\/new-topic$/.test(pathname), name: "title" }, // Discourse
];

const CAN_ASK = Boolean(config.ask?.length || config.contact);

/** What to say above `ways` on the page of results. */
export function heading(isFound) {
  if (!CAN_ASK) return label("lists");
  return label(isFound ? "not-found" : "ask");
}

/** What to say before `ways` in a search box when nothing was found. */
export function nothing() {
  if (!CAN_ASK) return `${label("none")} ${label("lists")}`;
  return config.ask?.length ? `${label("none")} ${label("ask")}` : label("none");
}

/** Links to where it can be asked, to whom to contact, and to lists of this site; `say` is told what was copied. */
export function ways(question, say) {
  const places = (config.ask ?? []).map(({ name, url }) => way(name, url, question, say));
  const contact = config.contact ? [way(label("contact"), config.contact, question, say)] : [];
  const lists = [link("faq-way", new URL("all/", ROOT), label("all"))];
  if (!CAN_ASK) lists.push(link("faq-way", new URL("places/", ROOT), label("all-places")));
  return [...places, ...contact, ...lists].filter(Boolean);
}

function way(name, template, question, say) {
  const asked = wellFormed(question);
  const address = parsed(template.replace(/\{question\}/g, () => encodeURIComponent(asked)));
  if (!address) return null;
  const isFilled = template.includes("{question}") || titled(address, asked);
  if (isFilled || !asked || !navigator.clipboard) return link("faq-way", address, name);
  const made = link("faq-way", address, name, " ", element("small", "faq-way__note", label("copies")));
  made.target = "_blank"; // this page stays, with what it says
  made.rel = "noopener";
  made.addEventListener("click", () => navigator.clipboard.writeText(asked).then(() => say(label("copied")), () => {}));
  return made;
}

/** Gives an address the question where it is known how; whether it is. */
function titled(address, question) {
  const place = TITLED.find(({ takes }) => takes(address));
  if (!place) return false;
  const value = `${place.name}=${encodeURIComponent(question)}`;
  if (!address.searchParams.has(place.name)) address.search = address.search ? `${address.search}&${value}` : value;
  return true;
}

function parsed(address) {
  try {
    const found = new URL(address, ROOT);
    return ["http:", "https:", "mailto:"].includes(found.protocol) ? found : null;
  } catch {
    return null;
  }
}

/** Half characters, which a cut or a broken paste leaves, cannot stand in an address. */
function wellFormed(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}
