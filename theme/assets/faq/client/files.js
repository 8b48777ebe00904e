// The files of the index, each loaded once and cancelled when nobody waits for it; how shards are read
// (faq_builder/search/index/shards.py).

const VERSION = 3; // of the files (faq_builder/search/index/build.py)
const HASH = 10; // characters in the name of a file
const SHORT_HASH = 6; // in one that has a number, too

/** The files of one state of the index; a request is cancelled when nobody waits for it any more. */
export function openFiles(load) {
  const known = new Map(); // name -> {value, controller, waiting, done}
  let meta = null;
  const open = (name, parse) => {
    const controller = new AbortController();
    const entry = { controller, waiting: 0, done: false, value: load(name, { signal: controller.signal }).then(parse) };
    entry.drop = () => known.get(name) === entry && known.delete(name);
    entry.value.then(() => (entry.done = true), entry.drop);
    known.set(name, entry);
    return entry;
  };
  return {
    meta() {
      meta ??= load("meta.json", { fresh: true }).then(parseMeta);
      meta.catch(() => (meta = null));
      return meta;
    },
    get(name, parse, signal) {
      const entry = known.get(name) ?? open(name, parse);
      return new Promise((resolve, reject) => {
        const leave = () => {
          entry.waiting -= 1;
          if (!entry.waiting && !entry.done) {
            entry.drop();
            entry.controller.abort();
          }
          reject(signal.reason);
        };
        if (signal?.aborted) return reject(signal.reason);
        entry.waiting += 1;
        signal?.addEventListener("abort", leave, { once: true });
        entry.value.then(resolve, reject).finally(() => signal?.removeEventListener("abort", leave));
      });
    },
    spare: (promise) => promise,
  };
}

/**
 * The same files for a search that has to do with what can be had: `spare` gives what stands for nothing in place of what a
 * file that cannot be had would tell, and `lacks` says whether it did. Nothing is kept of it: the next search asks again.
 */
export function sparing(files, signal) {
  const asked = new Map(); // each file once, whether it can be had or not
  const get = (name, ...how) => asked.get(name) ?? asked.set(name, files.get(name, ...how)).get(name);
  const spared = { ...files, get, lacks: false, spare: (promise, nothing) => promise.catch((error) => without(error, nothing)) };
  const without = (error, nothing) => {
    if (signal?.aborted) throw error;
    spared.lacks = true;
    return nothing;
  };
  return spared;
}

/** The number of the shard that holds a term, if any does: the last whose first text is not above it. */
export function position(first, term) {
  let low = 0;
  let high = first.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] <= term) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** meta.json, in which the hashes of files stand without anything between them. */
function parseMeta(buffer) {
  const text = new TextDecoder().decode(buffer);
  const index = { ...JSON.parse(text), text };
  if (index.version !== VERSION) throw new Error(`an index of version ${index.version}, not ${VERSION}`); // an old client, from a cache
  const cut = (from, kind, length) => (from[kind] = from[kind].match(new RegExp(`.{${length}}`, "g")) ?? []);
  cut(index, "terms", HASH);
  for (const kind of ["topics", "passages"]) cut(index, kind, SHORT_HASH);
  for (const kind of ["meaning", "rows"]) if (index.meaning) cut(index.meaning, kind, SHORT_HASH);
  index.starts = [0]; // of each cell the first number, and that of the later documents
  for (const size of index.sizes) index.starts.push(index.starts.at(-1) + size);
  index.guests = new Map(); // number -> what is shown of a document, as it is found elsewhere than at home (client/blocks.js)
  return index;
}

export function parseJson(buffer) {
  return JSON.parse(new TextDecoder().decode(buffer));
}

/** Reads numbers and bytes of a file, one after the other. */
export function reader(buffer) {
  const all = new Uint8Array(buffer);
  let at = 0;
  return {
    number() {
      let value = 0;
      let shift = 0;
      while (all[at] > 127) {
        value |= (all[at++] & 127) << shift;
        shift += 7;
      }
      return value | (all[at++] << shift);
    },
    bytes: (length) => all.subarray(at, (at += length)),
  };
}

/** Map of term -> what `entry` reads of it. */
export function readShard(from, entry) {
  const lines = new TextDecoder().decode(from.bytes(from.number())).split("\n");
  const found = new Map();
  let term = "";
  for (const line of lines) {
    term = term.slice(0, parseInt(line[0], 36)) + line.slice(1);
    found.set(term, entry(from, term));
  }
  return found;
}

/** BM25's weight of a word that occurs in `count` of all documents. */
export function rarity(count, documents) {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}

/** Visits each document of packed postings with its impact, between 0 and 1. */
export function visit(postings, visitor) {
  let document = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < postings.length; at++) {
    const byte = postings[at];
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    document += value >> 4;
    visitor(document, (value & 15) / 15);
    value = shift = 0;
  }
}

/** The documents of an index entry; of a very common word not all. */
export function documentsOf({ postings }) {
  const found = [];
  visit(postings, (number) => found.push(number));
  return found;
}
