// Turns a query into the words to look up, each with the forms in which the index may contain it.
import {
  UNSPACED_TEXT, foldText, isShortEnough, otherSpellings, stem, symbolWordsIn, termsIn, wordsIn,
} from "./text.js";
/** @import { Index } from "./files.js" */

const MAX_QUERY_CHARACTERS = 4000; // the rest is not read
const MAX_WORDS = 24; // words that are looked up of a pasted question, as each may cost a request
const MAX_CODES = 8; // codes among these words: a pasted log is full of numbers
const MAX_MEANING_TERMS = 48; // terms of a query whose embeddings are summed; a pasted text has hundreds
const MIN_MEANING_LETTERS = 4; // letters typed so far; with fewer, the meaning index is not worth its download
const MAX_COMPOUNDS = 8; // pairs of neighbouring words that are tried as one word
const MAX_TELLING_LETTERS = 12; // a longer word tells no more than one of this length
const CODE_BOOST = 3; // a code counts as much as three words

const VERSION_NUMBER = /^v?\d+(?:\.\d+)+$/;
const PLAIN_WORD = /^[a-z]+(?:[-.][a-z]+)*$/; // a word with symbols that is not a code
const MIXED_CODE = /^(?=.*\d)(?=.*[a-z])[a-z\d]{3,20}$/;
const LONG_NUMBER = /^\d{5,12}$/;

/**
 * @typedef {object} Query
 * @property {Group[]} groups the words to look up, each once, in the order of the query
 * @property {{parts: (Group | undefined)[], forms: string[]}[]} compounds neighbours that may be one word: "water
 *   proof"
 * @property {string[]} meaningTerms the terms whose embeddings are summed
 * @property {[string, string][]} bigrams each stem with the next
 * @property {string} prefix the word that is still being typed, or ""
 *
 * @typedef {object} Group a word of the query
 * @property {string} word as it was typed, folded
 * @property {string[]} forms the terms of the index that are searched for the word; any of them may match
 * @property {number} boost how much the word counts, compared with a plain word
 */

/**
 * Parses the text of a query.
 *
 * @param {string} text
 * @param {Index} index
 * @param {boolean | "guess"} typing true: the last word is unfinished; "guess": the finished word found nothing, so
 *   treat it as unfinished
 * @returns {Query}
 */
export function parseQuery(text, index, typing) {
  const folded = foldText(text.slice(0, MAX_QUERY_CHARACTERS));
  const words = wordsIn(folded).filter(isShortEnough);
  const groups = groupsByWord(words, folded, index.stemmers);
  const stemmer = index.stemmers[0];
  const hasMeaning = typing !== true || folded.length >= MIN_MEANING_LETTERS || UNSPACED_TEXT.test(folded);
  const meaningTerms = hasMeaning ? termsIn(text.slice(0, MAX_QUERY_CHARACTERS), stemmer) : [];
  return {
    groups: mostTellingGroups(withoutCommonTerms(uniqueByForms([...groups.values()]), index.common)),
    compounds: possibleCompounds(words, groups, index.stemmers),
    meaningTerms: [...new Set(meaningTerms)].slice(0, MAX_MEANING_TERMS),
    bigrams: bigramsOf(words.map((word) => stem(word, stemmer))),
    prefix: typing ? unfinishedWord(folded, typing) : "",
  };
}

/** Returns the group of each word and each word with symbols: Map of word -> group. */
function groupsByWord(words, folded, stemmers) {
  const groups = new Map();
  const add = (word, spellings = []) => {
    if (!groups.has(word)) groups.set(word, { word, forms: formsOf([word, ...spellings], stemmers), boost: 1 });
    return groups.get(word);
  };
  for (const word of words) add(word).boost = MIXED_CODE.test(word) || LONG_NUMBER.test(word) ? CODE_BOOST : 1;
  for (const word of symbolWordsIn(folded)) {
    add(word, otherSpellings(word)).boost = PLAIN_WORD.test(word) ? 1 : CODE_BOOST;
    // the parts 4 and 2 say nothing about version 4.2
    if (VERSION_NUMBER.test(word)) for (const part of word.split(".")) groups.delete(part);
  }
  return groups;
}

function withoutCommonTerms(groups, commonTerms) {
  const common = new Set(commonTerms);
  const rare = groups.filter(({ forms }) => !forms.every((form) => common.has(form)));
  return rare.length ? rare : groups;
}

/** Returns the last word if more of it may follow, else "". */
function unfinishedWord(folded, typing) {
  if (!/[\p{L}\p{N}\p{M}]$/u.test(folded)) return "";
  const last = wordsIn(folded).at(-1);
  const isLongEnough = last.length > 1 || UNSPACED_TEXT.test(last);
  const isCode = typing === "guess" && /\d/.test(last);
  return isShortEnough(last) && isLongEnough && !isCode ? last : "";
}

/**
 * Returns each stem with the next, each pair once.
 *
 * @returns {[string, string][]}
 */
function bigramsOf(stems) {
  /** @type {[string, string][]} */
  const pairs = stems.slice(1, MAX_MEANING_TERMS).map((after, at) => [stems[at], after]);
  return [...new Map(pairs.map((pair) => [pair.join(" "), pair])).values()];
}

/** Returns the stems of words by the rules of each language of the site, its own language first. */
export function formsOf(words, stemmers) {
  return [...new Set(words.flatMap((word) => stemmers.map((stemmer) => stem(word, stemmer))))];
}

/** Returns one group for each set of forms: "widget" and "widgets" are one word. */
function uniqueByForms(groups) {
  return [...new Map(groups.map((group) => [group.forms.join(" "), group])).values()];
}

/** Returns the words that tell most, in the order of the query: codes, then words by their length, numbers last. */
function mostTellingGroups(groups) {
  if (groups.length <= MAX_WORDS) return groups;
  const codes = groups.filter(({ boost }) => boost > 1).slice(0, MAX_CODES);
  const value = ({ word, boost }) => (boost > 1 || /^\d+$/.test(word) ? 0 : Math.min(word.length, MAX_TELLING_LETTERS));
  const others = groups.filter((group) => !codes.includes(group)).sort((a, b) => value(b) - value(a));
  const kept = new Set([...codes, ...others].slice(0, MAX_WORDS));
  return groups.filter((group) => kept.has(group));
}

/** Returns neighbouring words that may be one word: "water proof", "e mail", "KB 5034441". */
function possibleCompounds(words, groups, stemmers) {
  const found = [];
  for (let at = 1; at < words.length && found.length < MAX_COMPOUNDS; at++) {
    const [left, right] = [words[at - 1], words[at]];
    const compound = left + right;
    if (!/^[a-z\d\u0370-\u04ff]{4,}$/.test(compound) || /^\d+$/.test(compound) || left === right) continue;
    found.push({ parts: [groups.get(left), groups.get(right)], forms: formsOf([compound], stemmers) });
  }
  return found;
}
