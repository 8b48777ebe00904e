// The meaning index: which topics mean alike, whatever their words (faq_builder/search/index/meaning.py).
import { neighboursOf, topicsOf } from "./blocks.js";
import { position, readShard, reader } from "./files.js";

const NEAREST = 6; // cells that are loaded, of 36 topics on average, of a small site 72
const SHORTEST = 4; // letters of a part of a word
const CROWD = 0.4 / 256; // share of how crowded the place of a topic is that counts against it (faq_builder/search/meaning/hubness.py)
const LEVELS = { 1: [-1, 1], 2: [-10, -3, 3, 10] }; // of the numbers of a cell's middle, by their bits (faq_builder/search/meaning/quantisation.py)
const BY_WORDS = 8; // topics found by words whose cells are loaded too

/**
 * Map of document -> how near it is (cosine, less in a crowd), for the topics of the nearest cells and of those in which the best by words
 * lie; empty where no word is known. `byWords` promises {ranked: [[document, score]], corrected: Map of term -> [{term, share}]}.
 */
export async function meant(index, { all: terms, bigrams }, byWords, files, signal) {
  const open = opener(index, files, signal);
  const row = (term) => rowOf(index.meaning, term, open);
  const mended = async (term) => (await byWords).corrected.get(term);
  const rowsOf = async (term) => {
    const own = await row(term);
    const meant = own ? null : await mended(term);
    if (!meant) return own ?? rowsOfParts(row, term);
    const found = await Promise.all(meant.map((other) => row(other.term)));
    return found.map((other, at) => other && { ...other, scale: other.scale * meant[at].share });
  };
  const rowsOfBigram = async (pair) => {
    const probable = async (term) => ((await row(term)) ? term : ((await mended(term))?.[0].term ?? term));
    return rowOfBigram(row, index.meaning.common, await Promise.all(pair.map(probable)));
  };
  const [{ middles }, ...rows] = await Promise.all([
    open("meaning", 0, readHead),
    ...terms.map(rowsOf),
    ...bigrams.map(rowsOfBigram),
  ]);
  const vector = sum(rows.flat().filter((row) => row), index.meaning.dimensions);
  if (!vector.some((number) => number)) return new Map();
  const cells = middles.map((middle, cell) => [cell, cosine(vector, middle)]).sort((a, b) => b[1] - a[1]);
  const near = Promise.all(cells.slice(0, NEAREST).map(([cell]) => topicsOf(cell, index, files, signal)));
  const alike = byWords.then(({ ranked }) =>
    Promise.all(ranked.slice(0, BY_WORDS).map(([number]) => neighboursOf(number, index, files, signal))),
  );
  const nearness = ({ numbers, crowded }) => cosine(vector, numbers) - CROWD * crowded;
  return new Map((await Promise.all([near, alike])).flat(2).map((topic) => [topic.number, nearness(topic)]));
}

/** Loads what every search by meaning needs first. */
export function loadHead(index, files, signal) {
  return opener(index, files, signal)("meaning", 0, readHead);
}

/** Whether the meaning of a term is known, though the site may not use it. */
export async function knows(index, term, files, signal) {
  return Boolean(index.meaning && (await rowOf(index.meaning, term, opener(index, files, signal))));
}

function opener(index, files, signal) {
  return (kind, at, read) => {
    const name = `${kind}-${at}-${index.meaning[kind][at]}.bin`;
    return files.get(name, (buffer) => read(reader(buffer), index), signal);
  };
}

async function rowOf({ first, rows, common }, term, open) {
  if (common.includes(term)) return (await open("meaning", 0, readHead)).rows.get(term);
  if (!rows.length) return undefined;
  return (await open("rows", position(first, term), readRows)).get(term);
}

/** The row of two neighbouring words: it lies beside the one that is not common. */
async function rowOfBigram(row, common, [word, after]) {
  const bigram = `${word} ${after}`;
  if (common.includes(bigram) || !common.includes(word)) return row(bigram);
  return common.includes(after) ? undefined : row(`${after} <${word}`);
}

/** The rows of the two words of which a word is made, the first as long as possible: "waterproof"; undefined where there are none. */
async function rowsOfParts(row, term) {
  if (!/^[a-z]{8,}$/.test(term)) return undefined;
  for (let cut = term.length - SHORTEST; cut >= SHORTEST; cut--) {
    const first = await row(term.slice(0, cut)); // they begin alike: one or two files
    const second = first && (await row(term.slice(cut)));
    if (second) return [first, second];
  }
  return undefined;
}

function sum(rows, dimensions) {
  const vector = new Float64Array(dimensions);
  for (const { scale, numbers } of rows) numbers.forEach((number, at) => (vector[at] += scale * number));
  return vector;
}

function readHead(from, index) {
  return { middles: index.sizes.map(() => coarseOf(from, index.meaning)), rows: readRows(from, index) };
}

function readRows(from, { meaning: { dimensions } }) {
  return readShard(from, () => ({ scale: from.bytes(1)[0], numbers: vectorOf(from, dimensions) }));
}

/** Two numbers from -7 to 7 a byte (faq_builder/search/meaning/quantisation.py). */
function vectorOf(from, dimensions) {
  const numbers = new Int8Array(dimensions);
  from.bytes(dimensions / 2).forEach((byte, at) => {
    numbers[2 * at] = (byte & 15) - 8;
    numbers[2 * at + 1] = (byte >> 4) - 8;
  });
  return numbers;
}

/** One or two bits a number, which only tell what is nearest. */
function coarseOf(from, { dimensions, bits }) {
  const each = 8 / bits; // numbers in a byte
  const bytes = from.bytes(dimensions / each);
  const code = (at) => (bytes[Math.floor(at / each)] >> (bits * (at % each))) & (2 ** bits - 1);
  return Int8Array.from({ length: dimensions }, (_, at) => LEVELS[bits][code(at)]);
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
