// The word index: which topics hold the words of a query, and how much that says (faq_builder/search/index/build.py).
import { joined, split } from "./compounds.js";
import { position, rarity, readShard, reader, visit } from "./files.js";
import { knows } from "./meaning.js";
import { formsOf } from "./query.js";
import { mayBeMended, probable } from "./spelling.js";

const MOST_MENDED = 20; // words that the site does not use, of which others are tried; each may cost some requests
const FEW = 3; // topics that hold a word, below which its parts are tried too
const WITHIN = 0.7; // what 4.2.1 counts for 4.2
const MOST_ENDINGS = 24; // words that begin with what was typed
const VERSION = /^\d+(?:\.\d+)+$/;

/**
 * {groups, corrected}: for each word of the query the index entries that match it, each with its worth; words nobody used
 * have those that were probably meant, which `corrected` names: word -> [{term, share}], the most probable first.
 */
export async function lookUp(index, query, files, signal) {
  const corrected = new Map();
  if (!index.terms.length) return { groups: [], corrected };
  const shard = (at) => files.spare(shardAt(at, index, files, signal), new Map());
  const exact = async (forms, times = 1) =>
    (await Promise.all(forms.map((form) => entriesOf(index, form, times, shard)))).flat();
  const typed = query.prefix ? formsOf([query.prefix], index.stemmers) : [];
  const isTyped = ({ forms }) => forms.join() === typed.join();
  const words = query.groups.filter((group) => !isTyped(group));
  const [ends, ...found] = await Promise.all([
    query.prefix ? beginnings(index, query.prefix, typed, shard, exact) : [],
    ...words.map(({ forms, times }) => exact(forms, times)),
  ]);
  const last = { word: query.prefix, forms: typed };
  if (query.prefix && !ends.length) {
    words.push(last); // nothing begins like it: it may be whole, and mistyped
    found.push([]);
  }
  const lacking = words.map((_, at) => at).filter((at) => sum(found[at].map(({ count }) => count)) < FEW);
  const mend = async (at) => {
    const { word, forms } = words[at];
    const isWord = !mayBeMended(word) || found[at].length || (await files.spare(knows(index, forms[0], files, signal), false));
    const meant = isWord ? [] : await files.spare(probable(index, word, files, signal), []);
    if (!meant.length) return found[at].push(...(await split(index, words[at], found[at], shard)));
    corrected.set(forms[0], meant);
    const used = meant.filter(({ isUsed }) => isUsed);
    const entries = used.map(({ word, share }) => exact(formsOf([word], index.stemmers), share));
    found[at].push(...(await Promise.all(entries)).flat());
  };
  await Promise.all(lacking.slice(0, MOST_MENDED).map(mend));
  if (ends.length) {
    words.push(last);
    found.push(ends);
  }
  await joined(index, query, words, found, { shard, exact });
  return { groups: found, corrected };
}

/** Loads the shards of the words of a query, and of those that begin like the last. */
export function loadShards(index, { groups, prefix }, files) {
  const whole = groups.flatMap(({ forms }) => forms.map((form) => position(index.first, form)));
  const needed = index.terms.length ? new Set([...whole, ...(prefix ? reach(index, prefix) : [])]) : [];
  return Promise.all([...needed].map((at) => shardAt(at, index, files)));
}

function shardAt(at, index, files, signal) {
  return files.get(`terms-${index.terms[at]}.bin`, parseShard, signal);
}

/** The entry of a term as written; for a version also those of the versions within it. */
async function entriesOf(index, form, times, shard) {
  const known = await shard(position(index.first, form));
  const worth = ({ count }) => rarity(count, index.documents) * times;
  const entry = known.get(form);
  const found = entry ? [{ ...entry, worth: worth(entry) }] : [];
  if (!VERSION.test(form)) return found;
  const within = [...known.values()].filter(({ term }) => term.startsWith(`${form}.`));
  return found.concat(within.map((other) => ({ ...other, worth: worth(other) * WITHIN })));
}

function sum(numbers) {
  return numbers.reduce((all, number) => all + number, 0);
}

/** The entries for a word that is being typed: the word itself, those that begin like it, else its own beginning. */
async function beginnings(index, prefix, typed, shard, exact) {
  const shards = await Promise.all(reach(index, prefix).map(shard));
  const entries = shards
    .flatMap((known) => [...known.values()])
    .filter(({ term }) => term.startsWith(prefix))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_ENDINGS);
  const together = entries.reduce((sum, { count }) => sum + count, 0);
  const worth = rarity(Math.min(together, index.documents), index.documents);
  const found = entries.map((entry) => ({ ...entry, worth: (worth * (1 + prefix.length / entry.term.length)) / 2 }));
  found.push(...(await exact(typed)));
  const isCode = /\d/.test(prefix);
  for (let cut = prefix.length - 1; !isCode && !found.length && cut >= Math.max(4, prefix.length - 3); cut--) {
    found.push(...(await exact([prefix.slice(0, cut)])));
  }
  return found;
}

/** The shards in which words begin like that; two are enough to go on typing. */
function reach({ first }, prefix) {
  const start = position(first, prefix);
  return start < position(first, `${prefix}\uffff`) ? [start, start + 1] : [start];
}

/** Map of document -> score, of so many documents; of several entries for one word the best counts. */
export function scores(groups, documents) {
  const sums = new Float64Array(documents);
  const best = new Float64Array(documents);
  for (const entries of groups) {
    const held = [];
    for (const { worth, postings, only } of entries) {
      visit(postings, (number, impact) => {
        if (only && !only.has(number)) return;
        if (!best[number]) held.push(number);
        best[number] = Math.max(best[number], worth * impact);
      });
    }
    for (const number of held) {
      sums[number] += best[number];
      best[number] = 0;
    }
  }
  const found = new Map();
  sums.forEach((score, number) => score && found.set(number, score));
  return found;
}

/** What all words of the query are worth: the score of a document that says nothing else. Nobody used the rarest of them. */
export function worthOfAll(index, groups) {
  const unused = rarity(0, index.documents);
  return sum(groups.map((found) => (found.length ? Math.max(...found.map(({ worth }) => worth)) : unused)));
}

function parseShard(buffer) {
  return readShard(reader(buffer), (from, term) => {
    const count = from.number();
    return { term, count, postings: from.bytes(from.number()) };
  });
}
