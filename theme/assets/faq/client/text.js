// Text -> terms as in faq_builder/search/text/words.py (a test holds them equal), and texts cut where they match.

const LONGEST = 40;
const DROPPED =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u093c\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g;
const SWAPPED = 0.7; // what two neighbours in the wrong order count beside another slip: it happens most
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
Object.assign(LETTERS, { "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643" });
for (const zero of [0x660, 0x6f0, 0x966]) for (let n = 0; n < 10; n++) LETTERS[String.fromCharCode(zero + n)] = `${n}`;
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const STEMMED = /^(?:[a-z]{4,}|[\u03b1-\u03c9]{4,}|[\u0430-\u045f]{4,}|[\u0621-\u064a]{4,})$/;
const SYMBOLIC = /(?:--?|[.#])?[a-z0-9]+(?:[-.+#_][a-z0-9]+)*(?:\+\+|#)?/g;
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]+/gu;
export const UNSPACED_ONE = new RegExp(UNSPACED.source, "u"); // without the memory of a /g

/** The terms of a text, repeated as often as they occur. */
export function terms(text, stemmer) {
  const folded = fold(text);
  const found = words(folded).filter(fits).map((word) => stem(word, stemmer));
  return found.concat(symbolic(folded));
}

/** Lower case without accents and compatibility forms, apostrophes resolved. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(DROPPED, "")
    .normalize("NFC")
    .replace(SPECIAL, (letter) => LETTERS[letter])
    .replace(/([a-z]{2})['’]s(?![a-z])/g, "$1")
    .replace(/([a-z]{2})['’](?=[a-z])/g, "$1");
}

/** Runs of letters, digits and marks; pairs of neighbouring characters where a script has no spaces. */
export function words(folded) {
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

/** The stem of a folded word by the rules of faq_builder/search/text/stemmers.py: in each step the first that changes it. */
export function stem(word, stemmer) {
  if (!STEMMED.test(word)) return word;
  return stemmer.reduce((stemmed, step) => {
    for (const [pattern, becomes] of step) {
      const changed = stemmed.replace(compiled(pattern), becomes);
      if (changed !== stemmed) return changed;
    }
    return stemmed;
  }, word);
}

function compiled(pattern) {
  if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(pattern, "g"));
  return patterns.get(pattern);
}

const patterns = new Map();

/** Other ways to write a word with hyphens, a name like node.js, or a version. */
export function spellings(symbol) {
  if (/^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)+$/.test(symbol)) return [symbol.replaceAll("-", "")];
  if (/^[a-z]+\.[a-z]{2,3}$/.test(symbol)) return [symbol.replace(".", "")];
  return /^v[0-9]+(?:\.[0-9]+)+$/.test(symbol) ? [symbol.slice(1)] : [];
}

/** Words with symbols in or around them: `--dry-run`, `c++`, `2.1.3`. */
export function symbolic(folded) {
  return (folded.match(SYMBOLIC) || []).filter((word) => fits(word) && !/^[a-z0-9]+$/.test(word));
}

/** The primary subtag of a language tag in lower case, as in faq_builder/model/language.py: "de_AT" and "DE" -> "de". */
export function primaryLanguage(tag) {
  return tag.toLowerCase().split(/[-_]/)[0];
}

export function fits(word) {
  return word.length <= LONGEST || Array.from(word).length <= LONGEST;
}

/** The text cut where matched words begin and end: [{text, hit}]. */
export function pieces(text, matched, stemmers) {
  const found = [];
  const add = (part, hit) => {
    if (found.at(-1)?.hit === hit) found.at(-1).text += part;
    else if (part) found.push({ text: part, hit });
  };
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}'’]+/gu)) {
    add(text.slice(end, match.index), false);
    end = match.index + match[0].length;
    if (UNSPACED_ONE.test(match[0])) {
      const characters = Array.from(match[0]);
      const pair = (at) => matched.has(fold(characters.slice(at, at + 2).join("")));
      characters.forEach((character, at) => add(character, pair(at) || (at > 0 && pair(at - 1))));
    } else {
      const found = stemmers.flatMap((stemmer) => terms(match[0], stemmer));
      add(match[0], found.some((term) => matched.has(term)));
    }
  }
  add(text.slice(end), false);
  return found;
}

/** How many letters were left out, added, changed or swapped with the next, which counts less; above `most` any greater number. */
export function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + SWAPPED);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[other.length];
}
