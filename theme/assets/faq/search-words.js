// The word index: which topics hold the words of a query, and how much that says (faq_builder/search/index.py).
import { neighbours, position, readShard, reader } from "./search-files.js";
import { UNSPACED_ONE, fold, mostSlips, slips, stem, terms, words } from "./search-text.js";

const MOST_WORDS = 24; // of a question that is pasted whole; each may cost a request
const MOST_MEANT = 48; // words of which the meaning counts
const MOST_ALIKE = 3; // words that are taken for one that was mistyped
const ALIKE = 0.8; // what such a word counts
const MOST_ENDINGS = 24; // words that begin with what was typed

/** {terms, all, prefix}: what is looked up, of all terms, and the word that is still being typed, or "". */
export function parseQuery(text, index, typing) {
  const all = [...new Set(terms(text, index.stemmer))];
  const common = new Set(index.common);
  const telling = all.filter((term) => !common.has(term));
  const asked = telling.length ? telling : all;
  const longest = [...asked].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
  const folded = fold(text);
  const last = typing && /[\p{L}\p{N}\p{M}]$/u.test(folded) ? words(folded).at(-1) : "";
  const long = last.length > 1 || UNSPACED_ONE.test(last);
  return { terms: asked.filter((term) => longest.includes(term)), all: all.slice(0, MOST_MEANT), prefix: long ? last : "" };
}

/**
 * {groups, corrected}: for each word of the query the index entries that match it, each with its worth; words nobody used
 * have those that are spelt alike, which `corrected` (word -> the most common of them) names.
 */
export async function lookUp(index, query, files, signal) {
  const corrected = new Map();
  if (!index.terms.length) return { groups: [], corrected };
  const shard = (at) => files.get(`terms-${index.terms[at]}.bin`, parseShard, signal);
  const exact = async (term) => {
    const entry = (await shard(position(index.first, term))).get(term);
    return entry ? [{ ...entry, worth: rarity(entry.count, index.documents) }] : [];
  };
  const found = async (term) => {
    const entries = await exact(term);
    if (entries.length) return entries;
    const alike = await speltAlike(index, term, shard);
    if (alike.length) corrected.set(term, alike[0].term);
    return alike;
  };
  const typed = query.prefix && stem(query.prefix, index.stemmer);
  const groups = query.terms.filter((term) => term !== typed).map(found);
  if (query.prefix) groups.push(beginnings(index, query.prefix, typed, shard, exact));
  return { groups: await Promise.all(groups), corrected };
}

/** The entries that a slip of the finger away could be meant: those with the fewest slips, the most common first. */
async function speltAlike(index, term, shard) {
  if (!/^\p{L}{4,}$/u.test(term) || UNSPACED_ONE.test(term)) return [];
  const shards = await Promise.all(neighbours(index.first, term).map(shard));
  const most = mostSlips(term);
  const alike = shards
    .flatMap((known) => [...known.values()])
    .map((entry) => ({ ...entry, slips: slips(term, entry.term, most) }))
    .filter((entry) => entry.slips <= most);
  const least = Math.min(...alike.map((entry) => entry.slips));
  return alike
    .filter((entry) => entry.slips === least)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_ALIKE)
    .map((entry) => ({ ...entry, worth: rarity(entry.count, index.documents) * ALIKE }));
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

/** Map of document -> score; of several entries for one word the best counts. */
export function scores(groups) {
  const sums = new Map();
  for (const entries of groups) {
    const best = new Map();
    for (const { worth, postings } of entries) {
      for (const [number, impact] of unpacked(postings)) {
        const score = worth * impact;
        if (score > (best.get(number) ?? 0)) best.set(number, score);
      }
    }
    for (const [number, score] of best) sums.set(number, (sums.get(number) ?? 0) + score);
  }
  return sums;
}

/** What all words of the query are worth: the score of a document that says nothing else. Nobody used the rarest of them. */
export function worthOfAll(index, groups) {
  const unused = rarity(0, index.documents);
  return groups.reduce((sum, found) => sum + (found.length ? Math.max(...found.map(({ worth }) => worth)) : unused), 0);
}

/** BM25's weight of a word that occurs in `count` of all documents. */
export function rarity(count, documents) {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}

function parseShard(buffer) {
  return readShard(reader(buffer), (from, term) => {
    const count = from.number();
    return { term, count, postings: from.bytes(from.number()) };
  });
}

/** The documents of an index entry; of a very common word not all. */
export function documentsOf({ postings }) {
  return [...unpacked(postings)].map(([number]) => number);
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
