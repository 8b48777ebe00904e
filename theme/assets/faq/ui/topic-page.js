// What the page of a topic says, read from the page itself: other wordings and the whole answers, for the results that are
// shown. A page that cannot be had, or that a company has made otherwise, says nothing; the result stays as it is.
import { openFiles } from "../client/files.js";
import { addressOfTopic } from "./parts.js";

const BLOCKS = "p, li, dd, dt, h1, h2, h3, h4, h5, h6, blockquote, summary, figcaption, .faq-body";
const pages = openFiles(load);

/** {question, wordings, answers, parts: [{text, kind, answer}]}: `answers` are whole texts, `parts` as in client/passages.js. */
export function readTopic(address, signal) {
  return pages.get(address, parse, signal);
}

async function load(address, { signal }) {
  const response = await fetch(addressOfTopic(address), { signal, priority: "low" });
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return response.text();
}

function parse(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const bodies = [...page.querySelectorAll(".faq-answer .faq-body")];
  const parts = bodies.flatMap((body, answer) => partsOf(body).map((part) => ({ ...part, answer })));
  return {
    question: flat(page.querySelector("h1")?.textContent ?? ""),
    wordings: [...page.querySelectorAll(".faq-wordings li")].map(({ textContent }) => flat(textContent)),
    answers: bodies.map(({ textContent }) => flat(textContent)),
    parts,
  };
}

/** The texts of a body, one for each paragraph, item, row of a table or block of code. */
function partsOf(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const parts = [];
  let [block, cell] = [null, null];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const around = parentElement.closest("pre, tr") ?? parentElement.closest(BLOCKS);
    const within = parentElement.closest("td, th");
    if (around !== block) parts.push({ kind: around.matches("pre") ? "code" : around.matches("tr") ? "row" : "text", text: "" });
    else if (within !== cell && parts.at(-1).text.trim() && data.trim()) parts.at(-1).text += " · ";
    if (around === block && within !== cell && !data.trim()) continue;
    [block, cell] = [around, within];
    parts.at(-1).text += data;
  }
  const written = parts.map(({ kind, text }) => ({ kind, text: kind === "code" ? text : flat(text) }));
  return written.filter(({ text }) => text.trim());
}

function flat(text) {
  return text.replace(/\s+/g, " ").trim();
}
