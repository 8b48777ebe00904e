// A query -> the words that are looked up, each with the ways in which the index may hold it.
import { UNSPACED_ONE, fits, fold, spellings, stem, symbolic, terms, words } from "./text.js";

const LONGEST = 4000; // characters that are read
const MOST_WORDS = 24; // of a question that is pasted whole; each may cost a request
const MOST_CODES = 8; // of them; a log is full of numbers
const MOST_MEANT = 48; // words of which the meaning counts
const SHORTEST_MEANT = 4; // letters, below which what is typed means nothing yet
const MOST_PAIRS = 8; // neighbouring words that may be one
const USUAL = 12; // letters; words longer than that tell no more
const CODE = 3; // times that a code counts what a word does

const VERSION = /^v?\d+(?:\.\d+)+$/;
const PLAIN = /^[a-z]+(?:[-.][a-z]+)*$/; // a word with symbols that is no code
const MIXED = /^(?=.*\d)(?=.*[a-z])[a-z\d]{3,20}$/;
const LONG_NUMBER = /^\d{5,12}$/;

/**
 * {groups: [{word, forms, times}], pairs: [{of: two groups, forms}], all, prefix}: each word to look up once, in the order of
 * the query, with all terms that stand for it, of which any may match; neighbours that may be one word; all terms for the
 * meaning, and each word with the next; and the word that is still being typed, or "".
 */
export function parseQuery(text, index, typing) {
  const folded = fold(text.slice(0, LONGEST));
  const said = words(folded).filter(fits);
  const known = new Map(); // group of each word, by the word
  const add = (word, others = []) => {
    if (!known.has(word)) known.set(word, { word, forms: formsOf([word, ...others], index.stemmers), times: 1 });
    return known.get(word);
  };
  for (const word of said) add(word).times = MIXED.test(word) || LONG_NUMBER.test(word) ? CODE : 1;
  for (const symbol of symbolic(folded)) {
    add(symbol, spellings(symbol)).times = PLAIN.test(symbol) ? 1 : CODE;
    if (VERSION.test(symbol)) for (const part of symbol.split(".")) known.delete(part); // 4 and 2 say nothing of 4.2
  }
  const common = new Set(index.common);
  const isTelling = ({ forms }) => !forms.every((form) => common.has(form));
  const all = byForms([...known.values()]);
  const asked = all.some(isTelling) ? all.filter(isTelling) : all;
  const last = typing && /[\p{L}\p{N}\p{M}]$/u.test(folded) ? words(folded).at(-1) : "";
  const isLong = fits(last) && (last.length > 1 || UNSPACED_ONE.test(last)) && !(typing === "guess" && /\d/.test(last));
  const isMeant = typing !== true || folded.length >= SHORTEST_MEANT || UNSPACED_ONE.test(folded);
  const meant = isMeant ? terms(text.slice(0, LONGEST), index.stemmers[0]) : [];
  return {
    groups: telling(asked),
    pairs: pairs(said, known, index.stemmers),
    all: [...new Set(meant)].slice(0, MOST_MEANT),
    bigrams: bigrams(said.map((word) => stem(word, index.stemmers[0]))),
    prefix: isLong ? last : "",
  };
}

/** Each stem with the next, once. */
function bigrams(stems) {
  const found = stems.slice(1, MOST_MEANT).map((after, at) => [stems[at], after]);
  return [...new Map(found.map((pair) => [pair.join(" "), pair])).values()];
}

/** The stems of a word in all languages of the site, its own first. */
export function formsOf(spelt, stemmers) {
  return [...new Set(spelt.flatMap((word) => stemmers.map((stemmer) => stem(word, stemmer))))];
}

/** One group for each set of forms: widget and widgets are one word. */
function byForms(groups) {
  return [...new Map(groups.map((group) => [group.forms.join(" "), group])).values()];
}

/** Those that say most, in the order of the query: codes, then words by their length, numbers last. */
function telling(groups) {
  if (groups.length <= MOST_WORDS) return groups;
  const codes = groups.filter(({ times }) => times > 1).slice(0, MOST_CODES);
  const worth = ({ word, times }) => (times > 1 || /^\d+$/.test(word) ? 0 : Math.min(word.length, USUAL));
  const others = groups.filter((group) => !codes.includes(group)).sort((a, b) => worth(b) - worth(a));
  const kept = new Set([...codes, ...others].slice(0, MOST_WORDS));
  return groups.filter((group) => kept.has(group));
}

/** Neighbouring words that may be one: "water proof", "e mail", "KB 5034441". */
function pairs(said, known, stemmers) {
  const found = [];
  for (let at = 1; at < said.length && found.length < MOST_PAIRS; at++) {
    const [one, other] = [said[at - 1], said[at]];
    const joined = one + other;
    if (!/^[a-z\d\u0370-\u04ff]{4,}$/.test(joined) || /^\d+$/.test(joined) || one === other) continue;
    found.push({ of: [known.get(one), known.get(other)], forms: formsOf([joined], stemmers) });
  }
  return found;
}
