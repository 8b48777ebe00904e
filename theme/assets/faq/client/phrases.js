// What was typed in quotes has to stand in a topic as it is; and whether a text names a page of the site.
import { UNSPACED_ONE, fold, terms, words } from "./text.js";

const MOST = 4; // phrases of one query
const BESIDE = 4; // other words; a question with more of them is pasted, and its quotes only mention words
const QUOTED = /(?:^|[\s(])(?:"([^"\s][^"]*)"|[“„]([^“”„"]+)[“”"]|[«»]([^«»]+)[«»]|「([^」]+)」)/g;
const PAGE = /(?:^|\/)q\/([a-z0-9-]{1,80})(?:\/(?:index\.html)?)?(?:[?#].*)?$/i;

/** The phrases of a query as they are compared; a quote that nobody closed begins none, nor do those of a whole question. */
export function phrasesOf(text) {
  const found = [...text.matchAll(QUOTED)].map((match) => flat(match.slice(1).find((part) => part !== undefined)));
  const isPasted = words(fold(text.replace(QUOTED, " "))).length > BESIDE;
  return isPasted ? [] : [...new Set(found)].filter((phrase) => words(phrase).length).slice(0, MOST);
}

/** Whether one of the texts holds each phrase, as whole words. */
export function holdsAll(texts, phrases) {
  const folded = texts.map(flat);
  return phrases.every((phrase) => folded.some((text) => holds(text, phrase)));
}

function holds(text, phrase) {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (isBorder(text[at - 1], phrase[0]) && isBorder(phrase.at(-1), text[at + phrase.length])) return true;
  }
  return false;
}

/** Scripts without spaces have no borders that could be seen. */
function isBorder(before = "", after = "") {
  const letter = /[\p{L}\p{N}\p{M}]/u;
  return !letter.test(before) || !letter.test(after) || UNSPACED_ONE.test(before) || UNSPACED_ONE.test(after);
}

function flat(text) {
  return fold(text).replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();
}

/**
 * The documents that hold every word of the phrases, as far as the index tells: of words that it cut short or that it was not
 * asked for nothing is known. `groups` are the entries of each word of the query, `numbersOf` their documents.
 */
export function havingWords(ranked, phrases, groups, stemmers, numbersOf) {
  const asked = new Set(phrases.flatMap((phrase) => termsOf(phrase, stemmers)));
  const sets = groups
    .map((entries) => entries.filter(({ term }) => asked.has(term)).map((entry) => [entry.count, numbersOf(entry)]))
    .filter((known) => known.length && known.every(([count, numbers]) => numbers.length >= count))
    .map((known) => new Set(known.flatMap(([, numbers]) => numbers)));
  return ranked.filter(([number]) => sets.every((set) => set.has(number)));
}

/** The terms of a text by the rules of each language of the site. */
export function termsOf(text, stemmers) {
  return [...new Set(stemmers.flatMap((stemmer) => terms(text, stemmer)))];
}

/** The last part of the address of a topic's page: its slug or its id; "" where the text is no such address. */
export function pageNamed(text) {
  const trimmed = text.trim();
  return /\s/.test(trimmed) ? "" : (PAGE.exec(trimmed)?.[1] ?? "").toLowerCase();
}
