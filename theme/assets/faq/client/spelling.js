// Spelling correction: the words that a mistyped word was probably meant to be, among the words of the site and the
// common words of its language (faq_builder/search/index/spelling.py).
//
// The probability of a word is how common it is, times how often people make such a slip (Kernighan, Church and Gale,
// A Spelling Correction Program Based on a Noisy Channel Model, COLING 1990). Using the meaning of the other words of
// the query was tried, too, and improved nothing.
import { byteReader, readShard } from "./files.js";
import { UNSPACED_TEXT, editDistance, stem } from "./text.js";

const CORRECTABLE = /^\p{L}{4,20}$/u;
const MIN_LETTERS_FOR_TWO_EDITS = 7; // shorter words are tried with one edit only
const EDIT_LOG_ODDS = 9; // a word is e**9 times as probable as one that needs one more edit
// edits that are saved if a letter was left out or two were swapped: there is one way to do this, and 25 wrong letters
const EASY_EDIT_BONUS = 0.36;
const LANGUAGE_WEIGHT = 0.03; // weight of a word's frequency in the language, relative to that on the site
const STEM_COST = 0.5; // edits that are added if only the stems are alike, as the form that was meant is unknown
const ENDINGS = ["s", "es", "ed", "ing", "er", "ly"]; // English, as are all words that are known by their stem only
const ENDING_COST = 1.1; // an edit in one of these endings counts as so many edits
const MAX_CORRECTIONS = 3; // words that are searched instead of a mistyped word
const STEM_START_LETTERS = 3; // first letters that a word and its stem have in common
const MIN_SHARE = 0.05; // less probable corrections are not searched

/**
 * A word that was probably meant.
 *
 * @typedef {object} Correction
 * @property {string} word
 * @property {string} term its stem
 * @property {number} share its probability among all corrections
 * @property {boolean} isUsed whether the site uses it
 */

/**
 * Returns the corrections of a word, the most probable first: "widgte" -> widget.
 *
 * @returns {Promise<Correction[]>}
 */
export async function probableCorrections(index, word, files, signal) {
  if (!isCorrectable(word)) return [];
  const [stemmer] = index.stemmers;
  const distanceTo = distanceFrom(word, stemmer);
  const found = new Map(); // term -> its most probable form
  for (const other of await loadSimilarlyLongWords(index, word, stem(word, stemmer), files, signal)) {
    const distance = distanceTo(other);
    if (distance === Infinity) continue;
    const logOdds = Math.log(frequency(other, index.documents)) - EDIT_LOG_ODDS * distance;
    const { term, siteClass } = other;
    if (!(found.get(term)?.logOdds >= logOdds)) {
      found.set(term, { word: other.word, term, logOdds, isUsed: siteClass > 0 });
    }
  }
  const best = [...found.values()].sort((a, b) => b.logOdds - a.logOdds).slice(0, MAX_CORRECTIONS);
  const odds = best.map(({ logOdds }) => Math.exp(logOdds - best[0].logOdds));
  const all = odds.reduce((sum, one) => sum + one, 0);
  return best.map((one, at) => ({ ...one, share: odds[at] / all })).filter(({ share }) => share >= MIN_SHARE);
}

/** Returns whether corrections of a word are looked for: letters only, in a script with spaces. */
export function isCorrectable(word) {
  return CORRECTABLE.test(word) && !UNSPACED_TEXT.test(word);
}

/** Loads the words whose length, or the length of whose stem, is at most the allowed edits away. */
async function loadSimilarlyLongWords(index, word, stemmed, files, signal) {
  const longest = word.length + maxEdits(word);
  const shortest = stemmed.length - maxEdits(word);
  const parse = (buffer) => decodeWords(buffer, index.stemmers[0]);
  const parts = index.spelling.filter(([from], at) => from <= longest && !(index.spelling[at + 1]?.[0] <= shortest));
  return (await Promise.all(parts.map(([, hash]) => files.load(`spelling-${hash}.bin`, parse, signal)))).flat();
}

/** Returns a function that gives the distance of a known word in edits: as written, as a stem, or in its ending. */
function distanceFrom(word, stemmer) {
  const most = maxEdits(word);
  const stemmed = stem(word, stemmer);
  const stemsOfEndings = stemsWithCorrectedEnding(word, stemmer);
  const starts = new Set([...stemsOfEndings].map((one) => one.slice(0, STEM_START_LETTERS)));
  const letters = letterSet(stemmed);
  const distanceAsWritten = editsFrom(word, most);
  const distanceOfStem = editsFrom(stemmed, most);
  return (other) => {
    const asWritten = distanceAsWritten(other.word, other.letters);
    const mayDifferInEnding = starts.has(other.word.slice(0, STEM_START_LETTERS));
    // one letter more than the edits: a stem may end in a letter that its word does not have
    if (!mayDifferInEnding && bitCount(letters & ~other.letters) > most + 1) return asWritten;
    const best = Math.min(asWritten, distanceOfStem(other.term, letterSet(other.term)) + STEM_COST);
    return mayDifferInEnding && stemsOfEndings.has(other.term) ? Math.min(best, ENDING_COST) : best;
  };
}

/** Returns a function that gives the edits to another word, given its letter set; Infinity above `most`. */
function editsFrom(word, most) {
  const own = letterSet(word);
  return (other, letters) => {
    if (Math.abs(word.length - other.length) > most || bitCount(own ^ letters) > 2 * most) return Infinity;
    const edits = editDistance(word, other, most);
    if (edits > most) return Infinity;
    const isEasy = other.length > word.length || (other.length === word.length && letters === own);
    return edits === 1 && isEasy ? edits - EASY_EDIT_BONUS : edits;
  };
}

/** Returns the stems of a word if one edit is made in its ending: "sendign" -> send, and what other endings give. */
function stemsWithCorrectedEnding(word, stemmer) {
  const stems = new Set();
  for (const ending of ENDINGS) {
    for (const length of [ending.length - 1, ending.length, ending.length + 1].filter((one) => one > 0)) {
      if (editDistance(word.slice(-length), ending, 1) <= 1) stems.add(stem(word.slice(0, -length) + ending, stemmer));
    }
  }
  return stems;
}

/** Returns, roughly, the share of all questions that contain a word. */
function frequency({ siteClass, languageClass }, documents) {
  const onSite = siteClass && 2 ** (siteClass - 1) / documents;
  return onSite + LANGUAGE_WEIGHT * (languageClass && 2 ** (languageClass - 15));
}

function maxEdits({ length }) {
  return length < MIN_LETTERS_FOR_TWO_EDITS ? 1 : 2;
}

/** Returns one bit for each letter of a word: words with too many different letters need not be compared. */
function letterSet(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitCount(number) {
  let count = 0;
  for (let left = number; left; left &= left - 1) count++;
  return count;
}

function decodeWords(buffer, stemmer) {
  const readWord = (reader, word) => {
    const [byte] = reader.bytes(1);
    return knownWord(word, byte & 15, byte >> 4, stemmer);
  };
  return [...readShard(byteReader(buffer), readWord).values()];
}

/**
 * Returns a word of the files. `siteClass` and `languageClass` are its frequency classes: one more if it is twice as
 * common, 0 if it is absent.
 */
function knownWord(word, siteClass, languageClass, stemmer) {
  let term = siteClass ? null : word; // of a word that the site does not use, the files have the stem
  return {
    word,
    letters: letterSet(word),
    siteClass,
    languageClass,
    /** Stemmed when it is needed: to stem all words would take too long. */
    get term() {
      return (term ??= stem(word, stemmer));
    },
  };
}
