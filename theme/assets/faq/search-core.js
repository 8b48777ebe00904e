// The search itself, without the DOM: the same file runs in the browser, in tests and under Node.
// Text -> terms as in faq_builder/search/words.py (a test holds them equal); the files are described in search/index.py.

const LONGEST = 40;
const DROPPED =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const SYMBOLIC = /(?:--?|[.#])?[a-z0-9]+(?:[-.+#_][a-z0-9]+)*(?:\+\+|#)?/g;
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]+/gu;
const UNSPACED_ONE = new RegExp(UNSPACED.source, "u"); // without the memory of a /g

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

/** The stem of a folded word; only plain a-z words of four letters or more have one. */
export function stem(word, stemmer) {
  if (stemmer !== "english" || word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  word = singular(word);
  const ending = word.match(/(?:ing|edly|ed|ly)$/);
  if (ending && ending.index >= 3 && /[aeiouy]/.test(word.slice(0, ending.index))) {
    word = word.slice(0, ending.index);
    const doubled = word.length > 3 && word.at(-1) === word.at(-2) && !"lsz".includes(word.at(-1));
    if (doubled) word = word.slice(0, -1);
  }
  if (word.length > 4 && word.endsWith("e")) word = word.slice(0, -1);
  return word.length > 3 && word.endsWith("y") ? `${word.slice(0, -1)}i` : word;
}

function singular(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith("es") && "sxzh".includes(word.at(-3))) return word.slice(0, -2);
  return word.endsWith("s") && !"us".includes(word.at(-2)) ? word.slice(0, -1) : word;
}

function symbolic(folded) {
  return (folded.match(SYMBOLIC) || []).filter((word) => fits(word) && !/^[a-z0-9]+$/.test(word));
}

function fits(word) {
  return word.length <= LONGEST || Array.from(word).length <= LONGEST;
}

const MOST_WORDS = 24; // of a question that is pasted whole; each may cost a request
const MOST_ENDINGS = 24; // words that begin with what was typed
const WEAKEST = 0.2; // of the best score; what lies below shares a common word and nothing else

/**
 * A search over the index that `load` reads.
 *
 * load(name, {signal, fresh}) -> Promise<ArrayBuffer> of one file of the index; `fresh` asks whether it changed.
 * `ready()` loads meta.json, once; each other file is loaded when it is needed, and once.
 * `search(text, {limit, typing, signal})` -> {results: [{question, address, passage, asked, places, number, score}],
 * total, pieces(text) -> [{text, hit}]}, best first. While `typing` the last word stands for all that begin like it.
 */
export function createSearch(load) {
  let files = openFiles(load);
  const once = async (text, { limit = 10, typing = false, signal } = {}) => {
    const index = await files.meta();
    const query = parseQuery(text, index, typing);
    const groups = await lookUp(index, query, files, signal);
    const ranked = rank(groups, index.documents);
    if (!ranked.length && !typing && query.terms.length) return once(text, { limit, typing: true, signal });
    const matched = new Set(groups.flat().map((entry) => entry.term));
    return {
      results: await documents(index, ranked.slice(0, limit), files, signal),
      total: ranked.length,
      pieces: (shown) => pieces(shown, matched, index.stemmer),
    };
  };
  return {
    ready: () => files.meta(),
    async search(text, options = {}) {
      const used = files;
      try {
        return await once(text, options);
      } catch (error) {
        if (options.signal?.aborted) throw error;
        if (files === used) files = openFiles(load); // the site was published anew: what meta.json named is gone
        return once(text, options);
      }
    },
  };
}

/** The files of one state of the index; a request is cancelled when nobody waits for it any more. */
function openFiles(load) {
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
      meta ??= load("meta.json", { fresh: true }).then(parseJson);
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
  };
}

/** {terms, prefix}: what is looked up; `prefix` is the word that is still being typed, or "". */
function parseQuery(text, index, typing) {
  const all = [...new Set(terms(text, index.stemmer))];
  const common = new Set(index.common);
  const telling = all.filter((term) => !common.has(term));
  const asked = telling.length ? telling : all;
  const longest = [...asked].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
  const folded = fold(text);
  const last = typing && /[\p{L}\p{N}\p{M}]$/u.test(folded) ? words(folded).at(-1) : "";
  const long = last.length > 1 || UNSPACED_ONE.test(last);
  return { terms: asked.filter((term) => longest.includes(term)), prefix: long ? last : "" };
}

/** For each word of the query the index entries that match it, each with its worth; words nobody used have none. */
async function lookUp(index, query, files, signal) {
  if (!index.terms.length) return [];
  const shard = (at) => files.get(`terms-${index.terms[at]}.bin`, parseShard, signal);
  const exact = async (term) => {
    const entry = (await shard(position(index.first, term))).get(term);
    return entry ? [{ ...entry, worth: rarity(entry.count, index.documents) }] : [];
  };
  const typed = query.prefix && stem(query.prefix, index.stemmer);
  const groups = query.terms.filter((term) => term !== typed).map(exact);
  if (query.prefix) groups.push(beginnings(index, query.prefix, typed, shard, exact));
  return Promise.all(groups);
}

/** The entries for a word that is being typed: the word itself, those that begin like it, else its own beginning. */
async function beginnings(index, prefix, typed, shard, exact) {
  const start = position(index.first, prefix);
  const stop = Math.min(start + 1, position(index.first, `${prefix}\uffff`)); // two shards are enough to go on typing
  const shards = await Promise.all(start < stop ? [shard(start), shard(stop)] : [shard(start)]);
  const entries = shards
    .flatMap((known) => [...known.values()])
    .filter(({ term }) => term.startsWith(prefix))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_ENDINGS);
  const together = entries.reduce((sum, { count }) => sum + count, 0);
  const worth = rarity(Math.min(together, index.documents), index.documents);
  const found = entries.map((entry) => ({ ...entry, worth: (worth * (1 + prefix.length / entry.term.length)) / 2 }));
  found.push(...(await exact(typed)));
  for (let cut = prefix.length - 1; !found.length && cut >= Math.max(4, prefix.length - 3); cut--) {
    found.push(...(await exact(prefix.slice(0, cut))));
  }
  return found;
}

/** [[document, score]], best first; of several entries for one word the best counts. */
function rank(groups) {
  const scores = new Map();
  for (const entries of groups) {
    const best = new Map();
    for (const { worth, postings } of entries) {
      for (const [number, impact] of unpacked(postings)) {
        const score = worth * impact;
        if (score > (best.get(number) ?? 0)) best.set(number, score);
      }
    }
    for (const [number, score] of best) scores.set(number, (scores.get(number) ?? 0) + score);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return ranked.filter(([, score]) => score >= ranked[0][1] * WEAKEST);
}

/** BM25's weight of a word that occurs in `count` of all documents. */
function rarity(count, documents) {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}

async function documents(index, ranked, files, signal) {
  const block = (at) => files.get(`topics-${at}-${index.topics[at]}.json`, parseJson, signal);
  return Promise.all(
    ranked.map(async ([number, score]) => {
      const row = (await block(Math.floor(number / index.block)))[number % index.block];
      const document = Object.fromEntries(index.columns.map((column, at) => [column, row[at]]));
      return { ...document, places: document.places.map((place) => index.places[place]), number, score };
    }),
  );
}

/** The text cut where matched words begin and end: [{text, hit}]. */
export function pieces(text, matched, stemmer) {
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
      add(match[0], terms(match[0], stemmer).some((term) => matched.has(term)));
    }
  }
  add(text.slice(end), false);
  return found;
}

/** The number of the shard that holds a term, if any does: the last whose first text is not above it. */
function position(first, term) {
  let low = 0;
  let high = first.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] <= term) low = middle;
    else high = middle - 1;
  }
  return low;
}

function parseJson(buffer) {
  return JSON.parse(new TextDecoder().decode(buffer));
}

/** Map of term -> {term, count, postings}. */
function parseShard(buffer) {
  const bytes = new Uint8Array(buffer);
  let at = 0;
  const number = () => {
    let value = 0;
    let shift = 0;
    while (bytes[at] > 127) {
      value |= (bytes[at++] & 127) << shift;
      shift += 7;
    }
    return value | (bytes[at++] << shift);
  };
  const length = number();
  const lines = new TextDecoder().decode(bytes.subarray(at, (at += length))).split("\n");
  const found = new Map();
  let term = "";
  for (const line of lines) {
    term = term.slice(0, parseInt(line[0], 36)) + line.slice(1);
    const count = number();
    const size = number();
    found.set(term, { term, count, postings: bytes.subarray(at, (at += size)) });
  }
  return found;
}

/** [[document, impact between 0 and 1]] of packed postings. */
function* unpacked(postings) {
  let document = 0;
  let value = 0;
  let shift = 0;
  for (const byte of postings) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    document += value >> 4;
    yield [document, (value & 15) / 15];
    value = shift = 0;
  }
}
