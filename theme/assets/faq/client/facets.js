// Filters results by tags, products, versions, places and years (faq_builder/search/index/facets.py).
import { byteReader, parseJson } from "./files.js";

/**
 * The file of facets, decoded.
 *
 * @typedef {object} Facets
 * @property {{kind: string, values: {name: string, numbers: Int32Array}[]}[]} kinds documents of each value, ascending
 * @property {number[]} first the documents that are listed first when nothing is asked
 */

/** @typedef {Record<string, string[]>} Filters the values that a visitor chose, by kind */

/** Loads the facets of the site. */
export async function loadFacets(index, files, signal) {
  return files.load(`facets-${index.facets}.bin`, (buffer) => decodeFacets(buffer, index.documents), signal);
}

/** @returns {Facets} */
function decodeFacets(buffer, documents) {
  const reader = byteReader(buffer);
  const named = Object.entries(parseJson(reader.bytes(reader.varint())));
  const numbersOf = (count) => decodeRice(reader.bytes(reader.varint()), count, documents);
  const kinds = named.map(([kind, values]) => ({
    kind,
    values: values.map(([name, count]) => ({ name, numbers: numbersOf(count) })),
  }));
  return { kinds, first: Array.from({ length: reader.varint() }, () => reader.varint()) };
}

/** Decodes `count` ascending numbers below `documents`, stored as Rice codes of their distances. */
function decodeRice(bytes, count, documents) {
  const numbers = new Int32Array(count);
  const lowBits = 31 - Math.clz32(Math.floor(documents / count));
  let at = 0;
  const bit = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  let previous = -1;
  for (let number = 0; number < count; number++) {
    let distance = 0;
    while (bit()) distance++;
    for (let left = 0; left < lowBits; left++) distance = distance * 2 + bit();
    numbers[number] = previous += distance + 1;
  }
  return numbers;
}

/** Returns whether a value of any kind is chosen. */
export function hasFilters(filters) {
  return Object.values(filters).some((names) => names.length);
}

/** Returns one number for each document: bit i is set if the document has none of the chosen values of kind i. */
export function failedKinds({ kinds }, filters, documents) {
  const failed = new Uint8Array(documents);
  kinds.forEach(({ kind, values }, at) => {
    if (!filters[kind]?.length) return;
    const bit = 1 << at;
    for (let number = 0; number < documents; number++) failed[number] |= bit;
    for (const { numbers } of values.filter(({ name }) => isChosen(filters, kind, name))) {
      for (const number of numbers) failed[number] &= ~bit;
    }
  });
  return failed;
}

/**
 * Returns [{kind, values: [{name, count, chosen}]}] of the found documents, the most frequent value first. `count` is
 * how many results there would be with this value instead of the chosen values of its kind.
 */
export function countValues({ kinds }, found, failed, filters) {
  const isFound = new Uint8Array(failed.length);
  for (const number of found) isFound[number] = 1;
  return kinds.map(({ kind, values }, at) => {
    const others = ~(1 << at);
    const counted = values.map(({ name, numbers }) => {
      let count = 0;
      for (const number of numbers) if (isFound[number] && !(failed[number] & others)) count++;
      return { name, count, chosen: isChosen(filters, kind, name) };
    });
    const kept = counted.filter(({ count, chosen }) => count || chosen);
    return { kind, values: kept.sort((a, b) => b.count - a.count) };
  });
}

/** Returns {kind: how many of the found documents would remain without the filters of this kind}. */
export function totalsWithoutEachKind({ kinds }, found, failed, filters) {
  const totalWith = (others) => found.filter((number) => !(failed[number] & others)).length;
  const totals = kinds.map(({ kind }, at) => [kind, totalWith(~(1 << at))]);
  return Object.fromEntries(totals.filter(([kind]) => filters[kind]?.length));
}

/** Returns the values of one kind that a document has. */
export function valuesOf({ kinds }, kind, number) {
  const values = kinds.find((other) => other.kind === kind)?.values ?? [];
  return values.filter(({ numbers }) => includesSorted(numbers, number)).map(({ name }) => name);
}

/**
 * Returns all documents in the order of a list without a query: the most asked, then the newest, then all that are
 * left.
 */
export function browsingOrder({ first }, documents) {
  const listed = new Set(first);
  return [...first, ...Array.from({ length: documents }, (_, at) => at).filter((number) => !listed.has(number))];
}

function isChosen(filters, kind, name) {
  return Boolean(filters[kind]?.some((chosen) => chosen.toLowerCase() === name.toLowerCase()));
}

function includesSorted(numbers, wanted) {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted;
}
