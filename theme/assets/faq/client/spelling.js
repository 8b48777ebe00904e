// Mistyped words: what they were probably meant to be, by the words of the site and of its language
// (faq_builder/search/index/spelling.py).
//
// How probable a word is: how common it is, times how often people slip like that (Kernighan, Church and Gale, A Spelling
// Correction Program Based on a Noisy Channel Model, COLING 1990). Whether its meaning fits the other words
// of the query was tried, too, and told nothing more.
import { readShard, reader } from "./files.js";
import { UNSPACED_ONE, slips, stem } from "./text.js";

const SPELT = /^\p{L}{4,20}$/u;
const LONG = 7; // letters, from which on two slips are taken for one word
const SLIP = 9; // a word is e**9 times as probable as one that needs a slip more
const EASY = 0.36; // slips less that a letter left out counts, or two that changed places: another letter could have been any of 26
const ELSEWHERE = 0.03; // what being common elsewhere counts beside being so on the site
const STEM = 0.5; // slips that it counts where only the stem is alike: of which form, nobody knows
const ENDINGS = ["s", "es", "ed", "ing", "er", "ly"]; // English, as the words of which only the stem is known
const ENDING = 1.1; // slips that a slip in one of them counts
const MOST = 3; // words that are taken for one
const START = 3; // letters with which a word and its stem begin
const LEAST = 0.05; // how probable each must be

/** [{word, term, share, isUsed}] of what was probably meant, the most probable first: how probable, and whether the site uses it. */
export async function probable(index, word, files, signal) {
  if (!mayBeMended(word)) return [];
  const [stemmer] = index.stemmers;
  const distance = distanceFrom(word, stemmer);
  const found = new Map(); // forms of one word are one
  for (const other of await ofSimilarLength(index, word, stem(word, stemmer), files, signal)) {
    const far = distance(other);
    if (far === Infinity) continue;
    const likely = Math.log(commonness(other, index.documents)) - SLIP * far;
    const { term, used } = other;
    if (!(found.get(term)?.likely >= likely)) found.set(term, { word: other.word, term, likely, isUsed: used > 0 });
  }
  const best = [...found.values()].sort((a, b) => b.likely - a.likely).slice(0, MOST);
  const odds = best.map(({ likely }) => Math.exp(likely - best[0].likely));
  const all = odds.reduce((sum, one) => sum + one, 0);
  return best.map((one, at) => ({ ...one, share: odds[at] / all })).filter(({ share }) => share >= LEAST);
}

/** Whether a word is one in which slips are looked for. */
export function mayBeMended(word) {
  return SPELT.test(word) && !UNSPACED_ONE.test(word);
}

/** The words that a slip, two in a long word, may have made this one, or its stem, of. */
async function ofSimilarLength(index, word, stemmed, files, signal) {
  const longest = word.length + mostSlips(word);
  const shortest = stemmed.length - mostSlips(word);
  const parse = (buffer) => read(buffer, index.stemmers[0]);
  const parts = index.spelling.filter(([from], at) => from <= longest && !(index.spelling[at + 1]?.[0] <= shortest));
  return (await Promise.all(parts.map(([, hash]) => files.get(`spelling-${hash}.bin`, parse, signal)))).flat();
}

/** How many slips a word is from this one: as they are written, as stems, or in the ending. */
function distanceFrom(word, stemmer) {
  const most = mostSlips(word);
  const stemmed = stem(word, stemmer);
  const endings = mendedEndings(word, stemmer);
  const starts = new Set([...endings].map((stem) => stem.slice(0, START)));
  const own = lettersOf(stemmed);
  const written = slipsFrom(word, most);
  const bare = slipsFrom(stemmed, most);
  return (other) => {
    const far = written(other.word, other.letters);
    const mayEnd = starts.has(other.word.slice(0, START));
    if (!mayEnd && bits(own & ~other.letters) > most + 1) return far; // one more: a stem may end in a letter of its own
    const stemFar = Math.min(far, bare(other.term, lettersOf(other.term)) + STEM);
    return mayEnd && endings.has(other.term) ? Math.min(stemFar, ENDING) : stemFar;
  };
}

function slipsFrom(word, most) {
  const own = lettersOf(word);
  return (other, letters) => {
    if (Math.abs(word.length - other.length) > most || bits(own ^ letters) > 2 * most) return Infinity;
    const far = slips(word, other, most);
    if (far > most) return Infinity;
    const isEasy = other.length > word.length || (other.length === word.length && letters === own);
    return far === 1 && isEasy ? far - EASY : far;
  };
}

/** The stems of the words that it is if it has one slip, in its ending. */
function mendedEndings(word, stemmer) {
  const lengths = ({ length }) => [length - 1, length, length + 1].filter((at) => at > 0);
  const cuts = ENDINGS.flatMap((ending) => lengths(ending).map((length) => [word.slice(0, -length), word.slice(-length), ending]));
  return new Set(cuts.filter(([, end, ending]) => slips(end, ending, 1) <= 1).map(([start, , ending]) => stem(start + ending, stemmer)));
}

/** A share of all questions, more or less. */
function commonness({ used, elsewhere }, documents) {
  return (used && 2 ** (used - 1) / documents) + ELSEWHERE * (elsewhere && 2 ** (elsewhere - 15));
}

function mostSlips({ length }) {
  return length < LONG ? 1 : 2;
}

/** A bit for each letter: words with too different letters need not be compared. */
function lettersOf(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bits(number) {
  let count = 0;
  for (let left = number; left; left &= left - 1) count++;
  return count;
}

/** A word; of one that the site does not use the stem is all that is known. To stem all words would take too long. */
function spelt(word, used, elsewhere, stemmer) {
  let term = used ? null : word;
  return {
    word,
    letters: lettersOf(word),
    used,
    elsewhere,
    get term() {
      return (term ??= stem(word, stemmer));
    },
  };
}

function read(buffer, stemmer) {
  const entry = (from, word) => {
    const [byte] = from.bytes(1);
    return spelt(word, byte & 15, byte >> 4, stemmer);
  };
  return [...readShard(reader(buffer), entry).values()];
}
