// The word index: which topics contain the words of a query, and how much each word tells
// (faq_builder/search/index/build.py).
import { addCompounds, entriesOfParts } from "./compounds.js";
import { byteReader, forEachPosting, idf, readShard, shardOf } from "./files.js";
import { hasEmbedding } from "./meaning.js";
import { formsOf } from "./query.js";
import { isCorrectable, probableCorrections } from "./spelling.js";
/** @import { Index } from "./files.js" */
/** @import { Query } from "./query.js" */
/** @import { Correction } from "./spelling.js" */

const MAX_CORRECTED_WORDS = 20; // words of a query that are corrected or split; each may cost some requests
const FEW_TOPICS = 3; // a word in fewer topics is corrected or split
const SUBVERSION_FACTOR = 0.7; // 4.2.1 counts less than 4.2 if 4.2 was asked for
const MAX_COMPLETIONS = 24; // the most common words that begin with the unfinished word
const MIN_PREFIX_LETTERS = 4; // an unknown prefix is not cut to fewer
const MAX_CUT_LETTERS = 3; // letters that are cut off an unknown prefix at most
const OPEN_MARK = "?"; // as in faq_builder/search/index/open_questions.py
const VERSION_NUMBER = /^\d+(?:\.\d+)+$/;

/**
 * A term of the index, as it matches a word of a query.
 *
 * @typedef {object} Entry
 * @property {string} term
 * @property {number} count documents that contain the term
 * @property {Uint8Array} postings the documents and their impacts, packed
 * @property {number} weight the BM25 weight of the term for this query
 * @property {Set<number>} [onlyIn] the documents that count, if not all do
 */

/**
 * Finds the entries that match each word of a query, and the corrections of words that nobody used, by their terms.
 *
 * @param {Index} index
 * @param {Query} query
 * @returns {Promise<{groups: Entry[][], corrections: Map<string, Correction[]>}>}
 */
export async function findEntries(index, query, files, signal) {
  const corrections = new Map();
  if (!index.terms.length) return { groups: [], corrections };
  const loadShard = (at) => files.orFallback(loadTermShard(at, index, files, signal), new Map());
  const exactEntries = async (forms, boost = 1) =>
    (await Promise.all(forms.map((form) => entriesOfForm(index, form, boost, loadShard)))).flat();
  const lookups = { loadShard, exactEntries };
  const { prefix } = query;
  const { unfinished, groups } = wholeAndUnfinished(index, query);
  const [completions, ...found] = await Promise.all([
    prefix ? entriesOfPrefix(index, unfinished, lookups) : [],
    ...groups.map(({ forms, boost }) => exactEntries(forms, boost)),
  ]);
  if (prefix && !completions.length) {
    groups.push(unfinished); // no word begins with it: it may be whole, and mistyped
    found.push([]);
  }
  const rare = groups.map((_, at) => at).filter((at) => sum(found[at].map(({ count }) => count)) < FEW_TOPICS);
  const addOthers = async (at) => {
    const likely = found[at].length ? [] : await correctionsOf(index, groups[at], files, signal);
    if (likely.length) corrections.set(groups[at].forms[0], likely);
    const others = likely.length
      ? await entriesOfCorrections(index, likely, lookups)
      : await entriesOfParts(index, groups[at], found[at], loadShard);
    found[at].push(...others);
  };
  await Promise.all(rare.slice(0, MAX_CORRECTED_WORDS).map(addOthers));
  if (completions.length) {
    groups.push(unfinished);
    found.push(completions);
  }
  await addCompounds(index, query, groups, found, lookups);
  return { groups: found, corrections };
}

/** Loads the shards of the words of a query and of the words that complete its last one. */
export function preloadShards(index, { groups, prefix }, files) {
  const whole = groups.flatMap(({ forms }) => forms.map((form) => shardOf(index.first, form)));
  const needed = index.terms.length ? new Set([...whole, ...(prefix ? shardsOfPrefix(index, prefix) : [])]) : [];
  return Promise.all([...needed].map((at) => loadTermShard(at, index, files)));
}

/** Returns the words of a query without the one that is still being typed, and that word as a group. */
export function wholeAndUnfinished(index, { groups, prefix }) {
  const unfinished = { word: prefix, forms: prefix ? formsOf([prefix], index.stemmers) : [], boost: 1 };
  return { unfinished, groups: groups.filter(({ forms }) => forms.join() !== unfinished.forms.join()) };
}

async function loadTermShard(at, index, files, signal) {
  return (await loadBothShards(at, index, files, signal)).answered;
}

/** Loads the entries of open questions in a shard: Map of term -> entry. */
export async function loadOpenShard(at, index, files, signal) {
  return (await loadBothShards(at, index, files, signal)).open;
}

function loadBothShards(at, index, files, signal) {
  return files.load(`terms-${index.terms[at]}.bin`, decodeShard, signal);
}

/** Returns the corrections of a word that the site does not use; [] if it has an embedding, so is not mistyped. */
async function correctionsOf(index, { word, forms }, files, signal) {
  if (!isCorrectable(word)) return [];
  if (await files.orFallback(hasEmbedding(index, forms[0], files, signal), false)) return [];
  return files.orFallback(probableCorrections(index, word, files, signal), []);
}

async function entriesOfCorrections(index, corrections, { exactEntries }) {
  const used = corrections.filter(({ isUsed }) => isUsed);
  const entries = used.map(({ word, share }) => exactEntries(formsOf([word], index.stemmers), share));
  return (await Promise.all(entries)).flat();
}

/** Returns the entry of a form as it is written; for a version also the versions within it: 4.2 -> 4.2, 4.2.1. */
async function entriesOfForm(index, form, boost, loadShard) {
  const shard = await loadShard(shardOf(index.first, form));
  const weightOf = ({ count }) => idf(count, index.documents) * boost;
  const entry = shard.get(form);
  const found = entry ? [{ ...entry, weight: weightOf(entry) }] : [];
  if (!VERSION_NUMBER.test(form)) return found;
  const within = [...shard.values()].filter(({ term }) => term.startsWith(`${form}.`));
  return found.concat(within.map((other) => ({ ...other, weight: weightOf(other) * SUBVERSION_FACTOR })));
}

function sum(numbers) {
  return numbers.reduce((all, number) => all + number, 0);
}

/**
 * Returns the entries of an unfinished word: the words that begin with it and the word itself; if there are none,
 * the entries of its first letters. All share the weight of one word, and the longer ones get less of it.
 */
async function entriesOfPrefix(index, { word: prefix, forms }, { loadShard, exactEntries }) {
  const shards = await Promise.all(shardsOfPrefix(index, prefix).map(loadShard));
  const entries = shards
    .flatMap((shard) => [...shard.values()])
    .filter(({ term }) => term.startsWith(prefix))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_COMPLETIONS);
  const together = sum(entries.map(({ count }) => count));
  const weight = idf(Math.min(together, index.documents), index.documents);
  const found = entries.map((entry) => ({ ...entry, weight: (weight * (1 + prefix.length / entry.term.length)) / 2 }));
  found.push(...(await exactEntries(forms)));
  const isCode = /\d/.test(prefix);
  const shortest = Math.max(MIN_PREFIX_LETTERS, prefix.length - MAX_CUT_LETTERS);
  for (let cut = prefix.length - 1; !isCode && !found.length && cut >= shortest; cut--) {
    found.push(...(await exactEntries([prefix.slice(0, cut)])));
  }
  return found;
}

/** Returns the shards that contain words with a prefix; at most two, which are enough while more letters follow. */
export function shardsOfPrefix({ first }, prefix) {
  const start = shardOf(first, prefix);
  return start < shardOf(first, `${prefix}\uffff`) ? [start, start + 1] : [start];
}

/**
 * Returns the BM25 score of each document that matches: Map of document number -> score. Of several entries for one
 * word the best counts.
 *
 * @param {Entry[][]} groups
 */
export function scoreDocuments(groups, documents) {
  const sums = new Float64Array(documents);
  const best = new Float64Array(documents);
  for (const entries of groups) {
    const matched = [];
    for (const { weight, postings, onlyIn } of entries) {
      forEachPosting(postings, (number, impact) => {
        if (onlyIn && !onlyIn.has(number)) return;
        if (!best[number]) matched.push(number);
        best[number] = Math.max(best[number], weight * impact);
      });
    }
    for (const number of matched) {
      sums[number] += best[number];
      best[number] = 0;
    }
  }
  const scores = new Map();
  sums.forEach((score, number) => score && scores.set(number, score));
  return scores;
}

/**
 * Returns the score of a document that contains all words of the query and nothing else; an unused word counts as the
 * rarest.
 */
export function bestPossibleScore(index, groups) {
  const unused = idf(0, index.documents);
  return sum(groups.map((entries) => (entries.length ? Math.max(...entries.map(({ weight }) => weight)) : unused)));
}

/** Decodes a shard: the entries of answered topics, and those of open questions by the term before their mark. */
function decodeShard(buffer) {
  const all = readShard(byteReader(buffer), (reader, term) => {
    const count = reader.varint();
    return { term, count, postings: reader.bytes(reader.varint()) };
  });
  const answered = new Map();
  const open = new Map();
  for (const [key, entry] of all) {
    const term = key.slice(0, -OPEN_MARK.length);
    if (key.endsWith(OPEN_MARK)) open.set(term, { ...entry, term });
    else answered.set(key, entry);
  }
  return { answered, open };
}
