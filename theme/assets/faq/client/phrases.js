// Phrases in quotes, which a topic must contain word for word, and queries that name a page of the site.
import { documentNumbers } from "./files.js";
import { UNSPACED_TEXT, foldText, termsIn, wordsIn } from "./text.js";

const MAX_PHRASES = 4; // in one query; the others are ignored
const MAX_OTHER_WORDS = 4; // a question with more words outside its quotes was pasted, and does not ask for exact words
const QUOTED = /(?:^|[\s(])(?:"([^"\s][^"]*)"|[“„]([^“”„"]+)[“”"]|[«»]([^«»]+)[«»]|「([^」]+)」)/g;
const TOPIC_PATH = /(?:^|\/)q\/([a-z0-9-]{1,80})(?:\/(?:index\.html)?)?(?:[?#].*)?$/i;

/**
 * Returns the phrases in quotes, folded: `"Red widget" rain` -> "red widget"; an open quote or a pasted question has
 * none.
 */
export function quotedPhrases(text) {
  const found = [...text.matchAll(QUOTED)].map((match) =>
    comparableText(match.slice(1).find((part) => part !== undefined)),
  );
  const isPasted = wordsIn(foldText(text.replace(QUOTED, " "))).length > MAX_OTHER_WORDS;
  return isPasted ? [] : [...new Set(found)].filter((phrase) => wordsIn(phrase).length).slice(0, MAX_PHRASES);
}

/** Returns whether each phrase occurs, as whole words, in one of the texts. */
export function containAllPhrases(texts, phrases) {
  const folded = texts.map(comparableText);
  return phrases.every((phrase) => folded.some((text) => containsPhrase(text, phrase)));
}

function containsPhrase(text, phrase) {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (isWordBorder(text[at - 1], phrase[0]) && isWordBorder(phrase.at(-1), text[at + phrase.length])) return true;
  }
  return false;
}

/** Returns whether a word may end between two characters; in scripts without spaces it may end anywhere. */
function isWordBorder(before = "", after = "") {
  const letter = /[\p{L}\p{N}\p{M}]/u;
  return !letter.test(before) || !letter.test(after) || UNSPACED_TEXT.test(before) || UNSPACED_TEXT.test(after);
}

function comparableText(text) {
  return foldText(text).replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();
}

/**
 * Returns the ranked documents that contain every word of the phrases, as far as the index tells: nothing is known of
 * words that were not looked up or whose postings were cut short. `groups` are the entries of each word of the query.
 */
export function documentsWithWords(ranked, phrases, groups, stemmers) {
  const wanted = new Set(phrases.flatMap((phrase) => termsInAnyLanguage(phrase, stemmers)));
  const sets = groups
    .map((entries) => entries.filter(({ term }) => wanted.has(term)))
    .map((entries) => entries.map((entry) => [entry.count, documentNumbers(entry)]))
    .filter((known) => known.length && known.every(([count, numbers]) => numbers.length >= count))
    .map((known) => new Set(known.flatMap(([, numbers]) => numbers)));
  return ranked.filter(([number]) => sets.every((set) => set.has(number)));
}

/** Returns the terms of a text by the rules of each language of the site, each term once. */
export function termsInAnyLanguage(text, stemmers) {
  return [...new Set(stemmers.flatMap((stemmer) => termsIn(text, stemmer)))];
}

/**
 * Returns the slug or id if a text is the URL of a topic's page: "https://faq.example/q/red-widget/" -> "red-widget";
 * else "".
 */
export function slugOrIdIn(text) {
  const trimmed = text.trim();
  return /\s/.test(trimmed) ? "" : (TOPIC_PATH.exec(trimmed)?.[1] ?? "").toLowerCase();
}
