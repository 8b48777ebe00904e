// Cuts a text into terms exactly as faq_builder/search/text/words.py does (a test checks that both agree), and
// highlights them.

const MAX_WORD_LETTERS = 40; // longer runs of letters are not words
// accents, vowel points and invisible characters
const DROPPED_CHARACTERS = new RegExp(
  "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f" +
    "\u0670\u093c\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]",
  "g",
);
const TRANSPOSITION_COST = 0.7; // two swapped neighbours count as less than an edit: people make this slip most often
const REPLACEMENTS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
Object.assign(REPLACEMENTS, { "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643" });
for (const zero of [0x660, 0x6f0, 0x966]) {
  for (let n = 0; n < 10; n++) REPLACEMENTS[String.fromCharCode(zero + n)] = `${n}`;
}
const REPLACED = new RegExp(`[${Object.keys(REPLACEMENTS).join("")}]`, "g");
const STEMMED = /^(?:[a-z]{4,}|[\u03b1-\u03c9]{4,}|[\u0430-\u045f]{4,}|[\u0621-\u064a]{4,})$/;
const SYMBOL_WORD = /(?:--?|[.#])?[a-z0-9]+(?:[-.+#_][a-z0-9]+)*(?:\+\+|#)?/g;
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]+/gu;
/** Matches text in a script without spaces; without the `lastIndex` that a /g expression keeps. */
export const UNSPACED_TEXT = new RegExp(UNSPACED.source, "u");

/**
 * Returns the terms of a text, as often as they occur: "2 red widgets, --dry-run" -> 2, red, widget, dry, run,
 * --dry-run.
 */
export function termsIn(text, stemmer) {
  const folded = foldText(text);
  const stems = wordsIn(folded).filter(isShortEnough).map((word) => stem(word, stemmer));
  return stems.concat(symbolWordsIn(folded));
}

/** Returns a text in lower case, without accents, compatibility forms and apostrophes: "Fred’s CAFÉ" -> "fred cafe". */
export function foldText(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(DROPPED_CHARACTERS, "")
    .normalize("NFC")
    .replace(REPLACED, (letter) => REPLACEMENTS[letter])
    .replace(/([a-z]{2})['’]s(?![a-z])/g, "$1")
    .replace(/([a-z]{2})['’](?=[a-z])/g, "$1");
}

/**
 * Returns the runs of letters, digits and marks of a folded text, and pairs of neighbouring characters if a script
 * has no spaces: "red 防水性" -> red, 防水, 水性.
 */
export function wordsIn(folded) {
  const found = [];
  for (const [run] of folded.matchAll(RUN)) {
    let end = 0;
    for (const match of run.matchAll(UNSPACED)) {
      if (match.index > end) found.push(run.slice(end, match.index));
      end = match.index + match[0].length;
      const part = Array.from(match[0]);
      for (let at = 0; at < Math.max(1, part.length - 1); at++) found.push(part.slice(at, at + 2).join(""));
    }
    if (end < run.length) found.push(run.slice(end));
  }
  return found;
}

/** Returns the stem of a folded word. In each step of the stemmer the first rule that changes the word applies. */
export function stem(word, stemmer) {
  if (!STEMMED.test(word)) return word;
  return stemmer.reduce((stemmed, step) => {
    for (const [pattern, replacement] of step) {
      const changed = stemmed.replace(compiledPattern(pattern), replacement);
      if (changed !== stemmed) return changed;
    }
    return stemmed;
  }, word);
}

function compiledPattern(pattern) {
  if (!compiledPatterns.has(pattern)) compiledPatterns.set(pattern, new RegExp(pattern, "g"));
  return compiledPatterns.get(pattern);
}

const compiledPatterns = new Map();

/** Returns other ways to write a word with symbols: "wi-fi" -> wifi, "node.js" -> nodejs, "v2.1" -> 2.1. */
export function otherSpellings(symbolWord) {
  if (/^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)+$/.test(symbolWord)) return [symbolWord.replaceAll("-", "")];
  if (/^[a-z]+\.[a-z]{2,3}$/.test(symbolWord)) return [symbolWord.replace(".", "")];
  return /^v[0-9]+(?:\.[0-9]+)+$/.test(symbolWord) ? [symbolWord.slice(1)] : [];
}

/** Returns the words of a folded text with symbols in or around them: `--dry-run`, `c++`, `2.1.3`. */
export function symbolWordsIn(folded) {
  return (folded.match(SYMBOL_WORD) || []).filter((word) => isShortEnough(word) && !/^[a-z0-9]+$/.test(word));
}

/** Returns the primary subtag of a language tag as faq_builder/model/language.py does: "de_AT" and "DE" -> "de". */
export function primaryLanguage(tag) {
  return tag.toLowerCase().split(/[-_]/)[0];
}

/** Returns whether a word is short enough to be indexed, counted in characters and not in UTF-16 units. */
export function isShortEnough(word) {
  return word.length <= MAX_WORD_LETTERS || Array.from(word).length <= MAX_WORD_LETTERS;
}

/** Returns a text cut where words with a matched term begin and end: [{text, hit}]. */
export function highlightedPieces(text, matched, stemmers) {
  const pieces = [];
  const add = (part, hit) => {
    if (pieces.at(-1)?.hit === hit) pieces.at(-1).text += part;
    else if (part) pieces.push({ text: part, hit });
  };
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}'’]+/gu)) {
    add(text.slice(end, match.index), false);
    end = match.index + match[0].length;
    if (UNSPACED_TEXT.test(match[0])) {
      const characters = Array.from(match[0]);
      const isHit = (at) => matched.has(foldText(characters.slice(at, at + 2).join("")));
      characters.forEach((character, at) => add(character, isHit(at) || (at > 0 && isHit(at - 1))));
    } else {
      const found = stemmers.flatMap((stemmer) => termsIn(match[0], stemmer));
      add(match[0], found.some((term) => matched.has(term)));
    }
  }
  add(text.slice(end), false);
  return pieces;
}

/**
 * Returns how many letters were left out, added, changed or swapped with the next (which counts less): "widgte",
 * "widget" -> 0.7. Above `limit` any number greater than it is returned.
 */
export function editDistance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + TRANSPOSITION_COST);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [before, above] = [above, row];
  }
  return above[other.length];
}
