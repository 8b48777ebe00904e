// The meaning index: which topics mean alike, whatever their words (faq_builder/search/meaning.py).
import { neighbours, position, readShard, reader } from "./search-files.js";
import { mostSlips, slips } from "./search-text.js";

const NEAREST = 4; // cells that are loaded, of some 72 topics each
const SHORTEST = 4; // letters of a part of a word
const CROWD = 0.4 / 256; // share of how crowded the place of a topic is that counts against it (faq_builder/search/crowding.py)
const BY_WORDS = 6; // topics found by words whose cells are loaded too

/**
 * Map of document -> how near it is (cosine, less in a crowd), for the topics of the nearest cells and of those in which the best by words
 * lie; empty where no word is known. `byWords` promises {ranked: [[document, score]], corrected: Map of word -> word}.
 */
export async function meant(index, { all: terms, bigrams }, byWords, files, signal) {
  const open = opener(index, files, signal);
  const head = await open("meaning", 0, readHead);
  const rows = await Promise.all(
    terms.map(async (term) => {
      const row = await rowOf(index.meaning, head, term, open);
      if (row) return row;
      const siteWord = (await byWords).corrected.get(term);
      if (siteWord) return rowOf(index.meaning, head, siteWord, open);
      return (await rowsOfParts(index.meaning, head, term, open)) ?? rowSpeltAlike(index.meaning, head, term, open);
    }),
  );
  rows.push(...(await Promise.all(bigrams.map((bigram) => rowOfBigram(index.meaning, head, bigram, open)))));
  const vector = sum(rows.flat().filter((row) => row), index.meaning.dimensions);
  if (!vector.some((number) => number)) return new Map();
  const cells = head.middles.map((middle, cell) => [cell, cosine(vector, middle)]).sort((a, b) => b[1] - a[1]);
  const near = cells.slice(0, NEAREST).map(([cell]) => open("cells", cell, readCell));
  for (const promise of near) promise.catch(() => {}); // whoever waits for all of them hears of it
  const best = (await byWords).ranked.slice(0, BY_WORDS).map(([number]) => number);
  const found = await cellsOf(index.meaning, best, open);
  near.push(...found.map((cell) => open("cells", cell, readCell)));
  const nearness = ({ numbers, crowded }) => cosine(vector, numbers) - CROWD * crowded;
  return new Map((await Promise.all(near)).flat().map((topic) => [topic.number, nearness(topic)]));
}

/** Loads what every search by meaning needs first. */
export function loadHead(index, files) {
  return opener(index, files)("meaning", 0, readHead);
}

function opener({ meaning }, files, signal) {
  return (kind, at, read) => {
    const name = `${kind}-${at}-${meaning[kind][at]}.bin`;
    return files.get(name, (buffer) => read(reader(buffer), meaning), signal);
  };
}

async function rowOf({ first, rows }, head, term, open) {
  if (head.common.has(term)) return head.common.get(term);
  if (!rows.length) return undefined;
  return (await open("rows", position(first, term), readRows)).get(term);
}

/** The row of two neighbouring words: it lies beside the one that is not common. */
async function rowOfBigram(meaning, head, [word, after], open) {
  const common = head.common.get(`${word} ${after}`);
  if (common || !head.common.has(word)) return common ?? rowOf(meaning, head, `${word} ${after}`, open);
  return head.common.has(after) ? undefined : rowOf(meaning, head, `${after} <${word}`, open);
}

/** The rows of the two words of which a word is made, the first as long as possible: "waterproof"; undefined where there are none. */
async function rowsOfParts(meaning, head, term, open) {
  if (!/^[a-z]{8,}$/.test(term)) return undefined;
  for (let cut = term.length - SHORTEST; cut >= SHORTEST; cut--) {
    const first = await rowOf(meaning, head, term.slice(0, cut), open); // they begin alike: one or two files
    const second = first && (await rowOf(meaning, head, term.slice(cut), open));
    if (second) return [first, second];
  }
  return undefined;
}

/**
 * The row of the word that is one slip of the finger away, two in a long word; undefined where there is none. Of several with
 * as few slips the one that counts least: it is the most common.
 */
async function rowSpeltAlike({ first, rows }, head, term, open) {
  if (!rows.length || !/^\p{L}{4,}$/u.test(term)) return undefined;
  const shards = await Promise.all(neighbours(first, term).map((at) => open("rows", at, readRows)));
  const most = mostSlips(term);
  let [found, least] = [undefined, most + 1];
  for (const [word, row] of [head.common, ...shards].flatMap((shard) => [...shard])) {
    const far = slips(term, word, most);
    if (far < least || (far === least && row.scale < found?.scale)) [found, least] = [row, far];
  }
  return found;
}

function sum(rows, dimensions) {
  const vector = new Float64Array(dimensions);
  for (const { scale, numbers } of rows) numbers.forEach((number, at) => (vector[at] += scale * number));
  return vector;
}

async function cellsOf({ at, cells }, numbers, open) {
  const found = await Promise.all(
    numbers.map(async (number) => (await open("where", Math.floor(number / at), readWhere))[number % at]),
  );
  return found.filter((cell) => cell < cells.length);
}

function readWhere(from) {
  const bytes = from.rest();
  return Array.from({ length: bytes.length / 2 }, (_, at) => bytes[2 * at] | (bytes[2 * at + 1] << 8));
}

function readCell(from, { dimensions }) {
  let number = 0;
  const held = Array.from({ length: from.number() }, () => (number += from.number()));
  const crowds = from.bytes(held.length);
  return held.map((number, at) => ({ number, crowded: crowds[at] - 128, numbers: vectorOf(from, dimensions) }));
}

function readHead(from, meaning) {
  return { middles: meaning.cells.map(() => vectorOf(from, meaning.dimensions)), common: readRows(from, meaning) };
}

function readRows(from, { dimensions }) {
  return readShard(from, () => ({ scale: from.bytes(1)[0], numbers: vectorOf(from, dimensions) }));
}

/** Two numbers from -7 to 7 a byte (faq_builder/search/quantised.py). */
function vectorOf(from, dimensions) {
  const numbers = new Int8Array(dimensions);
  from.bytes(dimensions / 2).forEach((byte, at) => {
    numbers[2 * at] = (byte & 15) - 8;
    numbers[2 * at + 1] = (byte >> 4) - 8;
  });
  return numbers;
}

function cosine(one, other) {
  let product = 0;
  let squares = 0;
  let others = 0;
  for (let at = 0; at < one.length; at++) {
    product += one[at] * other[at];
    squares += one[at] * one[at];
    others += other[at] * other[at];
  }
  return squares && others ? product / Math.sqrt(squares * others) : 0;
}
