// Words written together and apart: "water proof" finds waterproof, and waterproof finds "water proof".
//
// The index holds words as they are written, so that a changed topic touches its own shards only; which parts a word has
// is found out here, by what the site uses, in shards that hold neighbours of the word or are loaded anyhow.
import { documentsOf, position, rarity } from "./files.js";
import { formsOf } from "./query.js";

const SHORTEST = 4; // letters of a part
const LINKING = 2; // letters between the parts: Schraube-n-schlüssel
const APART = 0.8; // what a topic with both parts counts
const MOST_SHARDS = 3; // that are read for first parts, and again for the others
const ALWAYS = 3; // words of a query up to which two that may be one are worth a request

/** Entries for both parts of a word, of the topics that hold both. */
export async function split(index, { word }, entries, shard) {
  const one = async (form) => (await shard(position(index.first, form))).get(form);
  const any = async (forms) => (await Promise.all(forms.map(one))).filter((entry) => entry);
  const cuts = cutsOf(word).map(([left, right]) => [formsOf([left], index.stemmers), formsOf([right], index.stemmers)]);
  const firsts = within(index, cuts, ([left]) => left);
  const known = (await Promise.all(firsts.map(async ([left, right]) => [await any(left), right]))).filter(([left]) => left.length);
  const both = await Promise.all(within(index, known, ([, right]) => right).map(async ([left, right]) => [left, await any(right)]));
  const most = Math.min(...entries.map(({ worth }) => worth));
  return both.flatMap(([left, right]) => {
    const only = shared(left, right);
    const worth = Math.min(most, rarity(only.size, index.documents)) * APART;
    return only.size ? [...left, ...right].map((entry) => ({ ...entry, worth, only })) : [];
  });
}

/**
 * Adds to two words of the query the entries in which they are one: in shards that were read for them anyhow, or where one
 * of them is not used alone.
 */
export async function joined(index, { pairs }, words, found, { shard, exact }) {
  const read = new Set(words.flatMap(({ forms }) => forms.map((form) => position(index.first, form))));
  const add = (at, entries) => {
    const most = found[at].length ? Math.max(...found[at].map(({ worth }) => worth)) : Infinity;
    for (const entry of entries) found[at].push({ ...entry, worth: Math.min(entry.worth, most) });
  };
  const apart = found.map((entries) => !entries.length);
  for (const [one, other, entry] of await together(index, words, shard)) {
    const worth = rarity(entry.count, index.documents);
    for (const at of [one, other]) add(at, [{ ...entry, worth }]);
  }
  await Promise.all(
    pairs.map(async ({ of, forms }) => {
      const held = of.map((group) => words.findIndex(({ word }) => word === group?.word)).filter((at) => at >= 0);
      const isCheap = forms.every((form) => read.has(position(index.first, form)));
      const isWorth = held.some((at) => apart[at]) || (held.length > 1 && words.length <= ALWAYS);
      if (!isCheap && !isWorth) return;
      const entries = await exact(forms);
      for (const at of held) add(at, entries);
    }),
  );
}

/** [[number of one word, of another, entry]] of entries that begin with one and end with the other. */
async function together(index, words, shard) {
  const found = [];
  for (const [one, { forms }] of words.entries()) {
    for (const form of forms.filter(({ length }) => length >= SHORTEST - 1)) {
      const known = await shard(position(index.first, form));
      const longer = [...known.values()].filter(({ term }) => term.startsWith(form) && term.length >= form.length + SHORTEST);
      for (const entry of longer) {
        const rest = entry.term.slice(form.length);
        const isEnd = (end) => end.length >= SHORTEST && rest.endsWith(end) && rest.length - end.length <= LINKING;
        words.forEach((word, other) => other !== one && word.forms.some(isEnd) && found.push([one, other, entry]));
      }
    }
  }
  return found;
}

/** Where a word may be cut: between its letters, or only between letters and digits. */
function cutsOf(word) {
  const mixed = word.match(/^(?:(\d+)([a-z]{1,4})|([a-z]{2,})(\d+))$/);
  if (mixed) return [mixed.slice(1).filter((part) => part)];
  if (!/^[a-z\u0370-\u04ff]+$/.test(word)) return [];
  const cuts = Math.max(0, word.length - 2 * SHORTEST + 1);
  return Array.from({ length: cuts }, (_, at) => [word.slice(0, SHORTEST + at), word.slice(SHORTEST + at)]);
}

/** Those whose forms lie in the first few shards. */
function within(index, cuts, formsOfCut) {
  const read = new Set();
  return cuts.filter((cut) => {
    const needed = formsOfCut(cut).map((form) => position(index.first, form));
    if (new Set([...read, ...needed]).size > MOST_SHARDS) return false;
    needed.forEach((at) => read.add(at));
    return true;
  });
}

/** The documents that hold one of the entries of each side. */
function shared(left, right) {
  const numbers = (entries) => new Set(entries.flatMap(documentsOf));
  const others = numbers(right);
  return new Set([...numbers(left)].filter((number) => others.has(number)));
}
