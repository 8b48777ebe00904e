// Compound words, written as one word or as two: "water proof" finds waterproof, and waterproof finds "water proof".
//
// The index contains words as they are written, so that a changed topic changes its own shards only. So the client
// finds the parts of a word itself: among the words of the site, in shards that are loaded anyway or are near the
// word's own.
import { documentNumbers, idf, shardOf } from "./files.js";
import { formsOf } from "./query.js";

const MIN_PART_LETTERS = 4; // shorter parts begin or end too many words by chance
const MAX_LINKING_LETTERS = 2; // between the two parts: Schraube-n-schlüssel
const SPLIT_FACTOR = 0.8; // a topic with both parts counts less than one with the whole word
const MAX_SHARDS_PER_SIDE = 3; // shards that are loaded for the first parts, and as many for the second parts
const FEW_WORDS = 3; // in a query of so few words a possible compound is worth a request

/** Returns entries for both parts of a word, limited to the documents that contain both: waterproof -> water, proof. */
export async function entriesOfParts(index, { word }, entries, loadShard) {
  const entryOf = async (form) => (await loadShard(shardOf(index.first, form))).get(form);
  const entriesOf = async (forms) => (await Promise.all(forms.map(entryOf))).filter((entry) => entry);
  const cuts = possibleCuts(word).map((parts) => parts.map((part) => formsOf([part], index.stemmers)));
  const affordable = withinShardBudget(index, cuts, ([left]) => left);
  const lookedUp = await Promise.all(affordable.map(async ([left, right]) => [await entriesOf(left), right]));
  const known = lookedUp.filter(([left]) => left.length);
  const both = await Promise.all(
    withinShardBudget(index, known, ([, right]) => right).map(async ([left, right]) => [left, await entriesOf(right)]),
  );
  const mostAllowed = Math.min(...entries.map(({ weight }) => weight));
  return both.flatMap(([left, right]) => {
    const onlyIn = documentsWithBoth(left, right);
    const weight = Math.min(mostAllowed, idf(onlyIn.size, index.documents)) * SPLIT_FACTOR;
    return onlyIn.size ? [...left, ...right].map((entry) => ({ ...entry, weight, onlyIn })) : [];
  });
}

/**
 * Adds the entries of compound words to the entries of both their parts: "water proof" -> waterproof. A compound is
 * looked up if its shard is loaded anyway, if one of its parts is not used alone, or if the query is short.
 *
 * `groups` are words of the query; `found` has the entries of each and is changed.
 */
export async function addCompounds(index, { compounds }, groups, found, { loadShard, exactEntries }) {
  const loaded = new Set(groups.flatMap(({ forms }) => forms.map((form) => shardOf(index.first, form))));
  const add = (at, entries) => {
    const most = found[at].length ? Math.max(...found[at].map(({ weight }) => weight)) : Infinity;
    for (const entry of entries) found[at].push({ ...entry, weight: Math.min(entry.weight, most) });
  };
  const isUnused = found.map((entries) => !entries.length);
  for (const [one, other, entry] of await entriesOfTwoWords(index, groups, loadShard)) {
    const weight = idf(entry.count, index.documents);
    for (const at of [one, other]) add(at, [{ ...entry, weight }]);
  }
  await Promise.all(
    compounds.map(async ({ parts, forms }) => {
      const known = parts.map((part) => groups.findIndex(({ word }) => word === part?.word)).filter((at) => at >= 0);
      const isLoaded = forms.every((form) => loaded.has(shardOf(index.first, form)));
      const isWorthIt = known.some((at) => isUnused[at]) || (known.length > 1 && groups.length <= FEW_WORDS);
      if (!isLoaded && !isWorthIt) return;
      const entries = await exactEntries(forms);
      for (const at of known) add(at, entries);
    }),
  );
}

/**
 * Returns [number of one word, number of another, entry] for each entry that begins with the one and ends with the
 * other.
 */
async function entriesOfTwoWords(index, groups, loadShard) {
  const found = [];
  for (const [one, { forms }] of groups.entries()) {
    for (const form of forms.filter(({ length }) => length >= MIN_PART_LETTERS - 1)) {
      const shard = await loadShard(shardOf(index.first, form));
      const isLonger = ({ term }) => term.startsWith(form) && term.length >= form.length + MIN_PART_LETTERS;
      for (const entry of [...shard.values()].filter(isLonger)) {
        const rest = entry.term.slice(form.length);
        const endsRest = (end) =>
          end.length >= MIN_PART_LETTERS && rest.endsWith(end) && rest.length - end.length <= MAX_LINKING_LETTERS;
        groups.forEach((group, other) => {
          if (other !== one && group.forms.some(endsRest)) found.push([one, other, entry]);
        });
      }
    }
  }
  return found;
}

/** Returns the ways to cut a word in two: a mixed one only between letters and digits, "64gb" -> [["64", "gb"]]. */
function possibleCuts(word) {
  const mixed = word.match(/^(?:(\d+)([a-z]{1,4})|([a-z]{2,})(\d+))$/);
  if (mixed) return [mixed.slice(1).filter((part) => part)];
  if (!/^[a-z\u0370-\u04ff]+$/.test(word)) return [];
  const count = Math.max(0, word.length - 2 * MIN_PART_LETTERS + 1);
  const cuts = Array.from({ length: count }, (_, at) => MIN_PART_LETTERS + at);
  return cuts.map((cut) => [word.slice(0, cut), word.slice(cut)]);
}

/** Returns the cuts that together need no more than MAX_SHARDS_PER_SIDE shards, the first ones first. */
function withinShardBudget(index, cuts, formsOfCut) {
  const loaded = new Set();
  return cuts.filter((cut) => {
    const needed = formsOfCut(cut).map((form) => shardOf(index.first, form));
    if (new Set([...loaded, ...needed]).size > MAX_SHARDS_PER_SIDE) return false;
    needed.forEach((at) => loaded.add(at));
    return true;
  });
}

/** Returns the documents that contain an entry of the left part and one of the right part. */
function documentsWithBoth(left, right) {
  const numbersOf = (entries) => new Set(entries.flatMap(documentNumbers));
  const others = numbersOf(right);
  return new Set([...numbersOf(left)].filter((number) => others.has(number)));
}
