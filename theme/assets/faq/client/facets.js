// By what results can be filtered: tags, products, versions, places, years (faq_builder/search/index/facets.py).
import { parseJson, reader } from "./files.js";

/** {kinds: [{kind, values: [{name, numbers}]}], first}: the documents of each value, ascending, and the first that are browsed. */
export async function loadFacets(index, files, signal) {
  return files.get(`facets-${index.facets}.bin`, (buffer) => readFacets(buffer, index.documents), signal);
}

function readFacets(buffer, documents) {
  const from = reader(buffer);
  const named = Object.entries(parseJson(from.bytes(from.number())));
  const kinds = named.map(([kind, values]) => ({
    kind,
    values: values.map(([name, count]) => ({ name, numbers: unpacked(from.bytes(from.number()), count, documents) })),
  }));
  return { kinds, first: Array.from({ length: from.number() }, () => from.number()) };
}

/** Numbers of their distances as Rice codes. */
function unpacked(bytes, count, documents) {
  const numbers = new Int32Array(count);
  const low = 31 - Math.clz32(Math.floor(documents / count));
  let at = 0;
  const bit = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  let before = -1;
  for (let number = 0; number < count; number++) {
    let distance = 0;
    while (bit()) distance++;
    for (let rest = 0; rest < low; rest++) distance = distance * 2 + bit();
    numbers[number] = before += distance + 1;
  }
  return numbers;
}

/** Whether anything was chosen; filters are {kind: [names]}. */
export function isFiltered(filters) {
  return Object.values(filters).some((names) => names.length);
}

/** One number a document: a bit for each kind of which something was chosen that the document does not have. */
export function failures({ kinds }, filters, documents) {
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
 * [{kind, values: [{name, count, chosen}]}] of the found documents, the most frequent first: how many results there would
 * be with this value in place of what else was chosen of its kind.
 */
export function counts({ kinds }, found, failed, filters) {
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

/** {kind: how many of the found documents there would be without what was chosen of it}. */
export function withoutEach({ kinds }, found, failed, filters) {
  const left = (others) => found.filter((number) => !(failed[number] & others)).length;
  const each = kinds.map(({ kind }, at) => [kind, left(~(1 << at))]);
  return Object.fromEntries(each.filter(([kind]) => filters[kind]?.length));
}

/** The values of one kind that a document has. */
export function valuesOf({ kinds }, kind, number) {
  const values = kinds.find((known) => known.kind === kind)?.values ?? [];
  return values.filter(({ numbers }) => holds(numbers, number)).map(({ name }) => name);
}

/** All documents for somebody who asks for nothing: the most asked first, then the newest; of many the rest as it comes. */
export function browsed({ first }, documents) {
  const listed = new Set(first);
  return [...first, ...Array.from({ length: documents }, (_, at) => at).filter((number) => !listed.has(number))];
}

function isChosen(filters, kind, name) {
  return Boolean(filters[kind]?.some((chosen) => chosen.toLowerCase() === name.toLowerCase()));
}

function holds(numbers, wanted) {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted;
}
