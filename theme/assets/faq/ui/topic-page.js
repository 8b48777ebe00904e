// Reads other wordings and the whole answers from the page of a topic, for the results that are in sight. If a page
// fails to load, or a company's own template has other elements, the result stays as it is.
import { openFiles } from "../client/files.js";
import { topicUrl } from "./config.js";
/** @import { Part } from "../client/passages.js" */

const BLOCKS = "p, li, dd, dt, h1, h2, h3, h4, h5, h6, blockquote, summary, figcaption, .faq-body";
const pages = openFiles(loadPage);

/**
 * The texts of a topic's page.
 *
 * @typedef {object} TopicPage
 * @property {string} question
 * @property {string[]} wordings
 * @property {string[]} answers the whole text of each answer
 * @property {Part[]} parts the answers, cut into paragraphs, items, rows of tables and blocks of code
 */

/**
 * Reads the page of a topic, given its site path.
 *
 * @returns {Promise<TopicPage>}
 */
export function readTopic(path, signal) {
  return pages.load(path, parsePage, signal);
}

async function loadPage(path, { signal }) {
  const response = await fetch(topicUrl(path), { signal, priority: "low" });
  if (!response.ok) throw new Error(`${response.status} for ${path}`);
  return response.text();
}

function parsePage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const bodies = [...page.querySelectorAll(".faq-answer .faq-body")];
  const parts = bodies.flatMap((body, answer) => partsOf(body).map((part) => ({ ...part, answer })));
  return {
    question: withSingleSpaces(page.querySelector("h1")?.textContent ?? ""),
    wordings: [...page.querySelectorAll(".faq-wordings li")].map(({ textContent }) => withSingleSpaces(textContent)),
    answers: bodies.map(({ textContent }) => withSingleSpaces(textContent)),
    parts,
  };
}

/**
 * Returns {kind, text} for each paragraph, item, row of a table and block of code; cells of a row are joined by " ·
 * ".
 */
function partsOf(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const parts = [];
  let [block, cell] = [null, null];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const ownBlock = parentElement.closest("pre, tr") ?? parentElement.closest(BLOCKS);
    const ownCell = parentElement.closest("td, th");
    if (ownBlock !== block) parts.push({ kind: kindOf(ownBlock), text: "" });
    else if (ownCell !== cell && parts.at(-1).text.trim() && data.trim()) parts.at(-1).text += " · ";
    if (ownBlock === block && ownCell !== cell && !data.trim()) continue;
    [block, cell] = [ownBlock, ownCell];
    parts.at(-1).text += data;
  }
  const texts = parts.map(({ kind, text }) => ({ kind, text: kind === "code" ? text : withSingleSpaces(text) }));
  return texts.filter(({ text }) => text.trim());
}

function kindOf(block) {
  if (block.matches("pre")) return "code";
  return block.matches("tr") ? "row" : "text";
}

function withSingleSpaces(text) {
  return text.replace(/\s+/g, " ").trim();
}
