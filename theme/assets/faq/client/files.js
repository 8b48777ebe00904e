// Loads the files of the index, each once, and decodes the shards of faq_builder/search/index/shards.py.

const INDEX_VERSION = 4; // as VERSION of faq_builder/search/index/build.py
const HASH_LENGTH = 10; // characters of the hash in the name of a file
const SHORT_HASH_LENGTH = 6; // characters of the hash if the name contains a number, too

/**
 * meta.json, decoded. Fields are named as in the file, except `text`, `clusterStarts` and `spilledRows`.
 *
 * @typedef {object} Index
 * @property {number} version
 * @property {string} text meta.json as it was loaded, to tell whether another index was published since
 * @property {number} documents how many documents there are
 * @property {[string, string][][][]} stemmers the rules of each language of the site, its own language first
 * @property {Record<string, string>} languages language code -> end of the name of its bitmap; empty if there is one
 *   language
 * @property {string} facets hash of the file of facets
 * @property {string[]} common terms that are skipped unless nothing else is asked
 * @property {string[]} first the text with which each shard of terms begins, ascending
 * @property {string[]} terms hash of each shard of terms
 * @property {string[]} topics hash of each file of topics
 * @property {string[]} passages hash of each file of passages
 * @property {number} passage_block documents of a file of passages
 * @property {string[]} columns names of the values in a row of a document
 * @property {string[]} places
 * @property {string[]} chosen
 * @property {string[]} standing
 * @property {string[]} because why a topic is a likely duplicate
 * @property {{documents: number, block: number, files: string[]}} [open] how many open questions there are, how many
 *   a file has, and the hash of each file; only if there are any
 * @property {[number, string][]} spelling shortest word length and hash of each file of words
 * @property {number[]} sizes documents of each cluster; empty without a fit
 * @property {number} block documents of each file of topics that follows the clusters
 * @property {Meaning} [meaning] only with a fit
 * @property {number[]} clusterStarts number of the first document of each cluster, then of the first later document
 * @property {Map<number, unknown[]>} spilledRows document number -> its row, for the spilled rows of all loaded files
 *
 * @typedef {object} Meaning
 * @property {number} dimensions of an embedding
 * @property {1 | 2} bits of each number of a centroid
 * @property {string[]} first the text with which each shard of embeddings begins, ascending
 * @property {string[]} common terms and bigrams whose embeddings are in the file of centroids
 * @property {string[]} meaning hash of the file of centroids
 * @property {string[]} rows hash of each shard of embeddings
 */

/**
 * Returns a cache of the files of one state of the index. `load(name, {signal, fresh})` fetches one file.
 * A request is aborted when the last search that waits for it is aborted.
 */
export function openFiles(load) {
  const entries = new Map(); // name -> {value, controller, waiting, isDone, forget}
  let meta = null;
  const open = (name, parse) => {
    const controller = new AbortController();
    const value = load(name, { signal: controller.signal }).then(parse);
    const entry = { controller, waiting: 0, isDone: false, value };
    entry.forget = () => entries.get(name) === entry && entries.delete(name);
    entry.value.then(() => (entry.isDone = true), entry.forget);
    entries.set(name, entry);
    return entry;
  };
  return {
    isIncomplete: false,
    loadMeta() {
      meta ??= load("meta.json", { fresh: true }).then(parseMeta);
      meta.catch(() => (meta = null));
      return meta;
    },
    load(name, parse, signal) {
      const entry = entries.get(name) ?? open(name, parse);
      return new Promise((resolve, reject) => {
        const leave = () => {
          entry.waiting -= 1;
          if (!entry.waiting && !entry.isDone) {
            entry.forget();
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
    /** Passes a failure on; with `withFallbacks` it returns the fallback instead. */
    orFallback: (promise) => promise,
  };
}

/**
 * Returns the same files for a search that has to work without files that fail to load: `orFallback` gives the fallback
 * instead of a failure and sets `isIncomplete`. Failures are remembered for this search only: the next one tries again.
 */
export function withFallbacks(files, signal) {
  const requested = new Map(); // name -> promise; a file that failed is not requested twice
  const load = (name, ...rest) => {
    if (!requested.has(name)) requested.set(name, files.load(name, ...rest));
    return requested.get(name);
  };
  const orFallback = (promise, fallback) =>
    promise.catch((error) => {
      if (signal?.aborted) throw error;
      tolerant.isIncomplete = true;
      return fallback;
    });
  const tolerant = { ...files, load, orFallback };
  return tolerant;
}

/** Returns the number of the shard that may contain a term: the last whose first text is not above the term. */
export function shardOf(first, term) {
  let low = 0;
  let high = first.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] <= term) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Decodes meta.json, which joins the hashes of files without separators. */
function parseMeta(buffer) {
  const text = new TextDecoder().decode(buffer);
  const index = { ...JSON.parse(text), text };
  // a cached old client may meet a newer index
  if (index.version !== INDEX_VERSION) throw new Error(`an index of version ${index.version}, not ${INDEX_VERSION}`);
  const split = (from, kind, length) => (from[kind] = from[kind].match(new RegExp(`.{${length}}`, "g")) ?? []);
  split(index, "terms", HASH_LENGTH);
  for (const kind of ["topics", "passages"]) split(index, kind, SHORT_HASH_LENGTH);
  if (index.open) split(index.open, "files", SHORT_HASH_LENGTH);
  for (const kind of ["meaning", "rows"]) if (index.meaning) split(index.meaning, kind, SHORT_HASH_LENGTH);
  index.clusterStarts = [0];
  for (const size of index.sizes) index.clusterStarts.push(index.clusterStarts.at(-1) + size);
  index.spilledRows = new Map(); // filled by client/blocks.js
  return index;
}

/** Decodes a JSON file. */
export function parseJson(buffer) {
  return JSON.parse(new TextDecoder().decode(buffer));
}

/** Returns a reader of the varints and byte runs of a file, one after the other. */
export function byteReader(buffer) {
  const all = new Uint8Array(buffer);
  let at = 0;
  return {
    varint() {
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

/** Decodes a shard: Map of term -> what `readEntry(reader, term)` returns for it. */
export function readShard(reader, readEntry) {
  const lines = new TextDecoder().decode(reader.bytes(reader.varint())).split("\n");
  const entries = new Map();
  let term = "";
  for (const line of lines) {
    term = term.slice(0, parseInt(line[0], 36)) + line.slice(1);
    entries.set(term, readEntry(reader, term));
  }
  return entries;
}

/** Returns the inverse document frequency of a word that occurs in `count` of all documents, as BM25 defines it. */
export function idf(count, documents) {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}

/** Calls `visit(document number, impact between 0 and 1)` for each of the packed postings. */
export function forEachPosting(postings, visit) {
  let document = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < postings.length; at++) {
    const byte = postings[at];
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    document += value >> 4;
    visit(document, (value & 15) / 15);
    value = shift = 0;
  }
}

/**
 * Returns the numbers of the documents of an index entry; for a very common word only those with the highest impact.
 */
export function documentNumbers({ postings }) {
  const numbers = [];
  forEachPosting(postings, (number) => numbers.push(number));
  return numbers;
}
