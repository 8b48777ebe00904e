// The meaning index: which topics mean alike, whatever their words (faq_builder/search/meaning.py).
import { position, readShard, reader } from "./search-files.js";

const NEAREST = 6; // cells that are loaded, of some 96 topics each

/** Map of document -> how near it is (cosine), for the topics of the nearest cells; empty where no word is known. */
export async function meant(index, terms, files, signal) {
  const { dimensions } = index.meaning;
  const head = await files.get(`meaning-${index.meaning.head}.bin`, (buffer) => readHead(buffer, index.meaning), signal);
  const vector = new Float64Array(dimensions);
  for (const row of await Promise.all(terms.map((term) => rowOf(index, head, term, files, signal)))) {
    if (row) row.numbers.forEach((number, at) => (vector[at] += row.scale * number));
  }
  if (!vector.some((number) => number)) return new Map();
  const near = head.middles
    .map((middle, cell) => [cell, cosine(vector, middle)])
    .sort((a, b) => b[1] - a[1])
    .slice(0, NEAREST);
  const cells = await Promise.all(near.map(([cell]) => cellOf(index, cell, files, signal)));
  return new Map(cells.flat().map(([number, numbers]) => [number, cosine(vector, numbers)]));
}

async function rowOf(index, head, term, files, signal) {
  const { first, rows, dimensions } = index.meaning;
  if (head.common.has(term)) return head.common.get(term);
  if (!rows.length) return undefined;
  const at = position(first, term);
  const shard = await files.get(`rows-${at}-${rows[at]}.bin`, (buffer) => readRows(reader(buffer), dimensions), signal);
  return shard.get(term);
}

function cellOf(index, cell, files, signal) {
  return files.get(
    `cells-${cell}-${index.meaning.cells[cell]}.bin`,
    (buffer) => {
      const from = reader(buffer);
      let number = 0;
      const numbers = Array.from({ length: from.number() }, () => (number += from.number()));
      return numbers.map((document) => [document, vectorOf(from, index.meaning.dimensions)]);
    },
    signal,
  );
}

function readHead(buffer, { cells, dimensions }) {
  const from = reader(buffer);
  return { middles: cells.map(() => vectorOf(from, dimensions)), common: readRows(from, dimensions) };
}

function readRows(from, dimensions) {
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
