// The search itself, without the DOM: the same files run in the browser, in tests and under Node.
import { isFiltered, loadFacets } from "./facets.js";
import { openFiles, rarity, sparing } from "./files.js";
import { loadHead, meant } from "./meaning.js";
import { pageNamed, phrasesOf } from "./phrases.js";
import { parseQuery } from "./query.js";
import { presenter } from "./results.js";
import { primaryLanguage, terms } from "./text.js";
import { loadShards, lookUp, scores, worthOfAll } from "./words.js";

export { terms };

const WEAKEST = 0.2; // of the best score; what lies below shares a common word and nothing else
const WORDS = 0.009; // how much the words count beside the nearness of the meaning, by the square of what a word nobody used would say
const NEAR = 0.35; // of the meaning, from which on a topic is a result though it shares no word
const MOST_NEAR = 30; // results that share no word
const CODES = 3; // times that words count more where one of them is a code: its meaning is only what it is spelt like
const SURE = 0.42; // of the meaning and a share of the words, from which on a topic says what was asked and is not only near it
const SHARE = 0.3; // what the share of the words counts for that
const ENOUGH = 0.35; // share of the words that is enough by itself: in a language that the meaning does not know
const PLACES = 2 ** 21; // for documents, more than there are
const FOREIGN = 0.8; // what words count in a topic that is not in the visitor's language

/**
 * A search over the index that `load` reads.
 *
 * load(name, {signal, fresh}) -> Promise<ArrayBuffer> of one file of the index; `fresh` asks whether it changed.
 * read(address, signal) -> Promise<{question, wordings, answers}> of the page of a topic, for what the index alone cannot tell.
 * `ready()` loads meta.json and what the meaning needs first, once; each other file is loaded when it is needed, and once.
 * `search(text, {limit, typing, language, filters, thorough, signal})` gives, best first, what client/results.js says. While
 * `typing` the last word stands for all that begin like it. Of topics equally good those in `language` (one or several, the best
 * first) lead. `filters` are {kind: [values]}; `thorough` gives passages, and looks phrases up on the pages. The results are
 * those of the words; `understood` promises the same with the meaning taken in, or null where there is nothing to wait for.
 * Where a file cannot be had, and meta.json does not name others by now, the results are those that there are without it.
 */
export function createSearch(load, read = null) {
  let files = openFiles(load);
  /** Takes over what was published anew; where nothing was, what was loaded is kept. */
  const renew = async (used) => {
    if (files !== used) return;
    const fresh = openFiles(load);
    const isNew = (await fresh.meta()).text !== (await used.meta()).text;
    if (isNew && files === used) files = fresh;
  };
  const once = async (text, options, used) => {
    const { typing = false, language = [], filters = {}, signal } = options;
    const index = await used.meta();
    const show = presenter({ index, files: used, read, text, ...options });
    if (!text.trim()) return isFiltered(filters) || options.thorough ? show.everything() : show.ranked([], []);
    const page = pageNamed(text);
    const query = parseQuery(page ? page.replaceAll("-", " ") : text, index, typing);
    const looked = lookUp(index, query, used, signal);
    const isForeign = foreign(index, [language].flat(), used, signal).catch(() => null); // it only orders what is equally good
    const weakest = query.groups.length > 1 && !phrasesOf(text).length ? WEAKEST : 0; // one word shares all that there is
    const scored = Promise.all([looked, isForeign]).then(([{ groups }, away]) => weighed(scores(groups, index.documents), away));
    const ranking = scored.then((found) => sorted(found, weakest));
    const byWords = Promise.all([looked, ranking]).then(([{ corrected }, ranked]) => ({ corrected, ranked }));
    const meaning = index.meaning && query.all.length ? meant(index, query, byWords, used, signal) : null;
    for (const promise of [isForeign, scored, byWords, meaning]) promise?.catch(() => {}); // whoever waits for the results hears of it
    const { groups } = await looked;
    const found = await scored;
    if (!found.size && !typing && query.groups.length) return once(text, { ...options, typing: "guess" }, used);
    const weight = WORDS * rarity(0, index.documents) ** 2 * (query.groups.some(({ times }) => times > 1) ? CODES : 1);
    const all = worthOfAll(index, groups) || 1;
    const byWordsAlone = await ranking;
    const withMeaning = (near) => {
      const ranked = merged(byWordsAlone, found, weight / all, near);
      const sure = (found.size && query.groups.length < 2) || isSaid(ranked, found, all, near);
      return show.ranked(ranked, groups, near, Boolean(sure));
    };
    const understood = meaning && used.spare(meaning, new Map()).then(withMeaning);
    understood?.catch(() => {});
    return { ...(await show.ranked(byWordsAlone, groups)), understood };
  };
  return {
    async ready() {
      const index = await files.meta();
      if (index.meaning) loadHead(index, files).catch(() => {}); // a head start; a search that needs it hears of it
      return index;
    },
    facets: async () => loadFacets(await files.meta(), files), // a head start, too
    /** Loads what a search for a text that is being typed would ask for first; a head start, too. */
    async ahead(text) {
      const index = await files.meta();
      return loadShards(index, parseQuery(text, index, true), files);
    },
    async search(text, options = {}) {
      const used = files;
      const again = async (error) => {
        if (options.signal?.aborted) throw error;
        await renew(used).catch(() => {}); // offline what was loaded has to do
        const found = await once(text, options, sparing(files, options.signal));
        const whole = (await found.understood) ?? found;
        if (whole.lacks && !whole.results.length && !whole.nearest.length) throw error; // nobody knows whether there is nothing
        return whole;
      };
      const found = await once(text, options, used).catch(again);
      const understood = found.understood?.catch(again) ?? null;
      understood?.catch(() => {}); // whoever waits for it hears of it
      return { ...found, understood };
    },
  };
}

/** Whether a document is in another language than the first of these in which there are any; null where there is none. */
async function foreign(index, languages, files, signal) {
  const own = languages.map(primaryLanguage);
  const name = index.languages[own.find((code) => Object.hasOwn(index.languages, code))];
  if (!name) return null;
  const bits = await files.get(`language-${name}.bin`, (buffer) => new Uint8Array(buffer), signal);
  return (number) => !((bits[number >> 3] >> (number & 7)) & 1);
}

function weighed(found, isForeign) {
  if (isForeign) for (const [number, score] of found) if (isForeign(number)) found.set(number, score * FOREIGN);
  return found;
}

/** [[document, score]], best first, down to a share of the best score. */
function sorted(found, weakest) {
  const least = weakest * [...found.values()].reduce((best, score) => Math.max(best, score), 0);
  const kept = [...found].filter(([, score]) => score >= least).map(keyOf);
  const numbers = Array.from(new Float64Array(kept).sort().reverse(), (key) => (PLACES - (key % PLACES)) % PLACES);
  return numbers.map((number) => [number, found.get(number)]);
}

/** A number that is the greater the better the score, then the earlier the document: numbers are sorted far sooner than pairs. */
function keyOf([number, score]) {
  return Math.round(score * 1e6) * PLACES - number;
}

/**
 * Whether some topic says what was asked. Measured on 63 and 449 topics: of a site's own questions 19 in 20 are above SURE,
 * of those of another site 19 and 17 in 20 below.
 */
function isSaid(ranked, found, all, near) {
  const share = (number) => (found.get(number) ?? 0) / all;
  const worth = (number) => (near.get(number) ?? 0) + SHARE * share(number);
  return !near.size || ranked.some(([number]) => worth(number) >= SURE || share(number) >= ENOUGH);
}

/**
 * The same with the meaning: a weighted sum, since ranks would let the weaker of both spoil the stronger. Of the words counts
 * the share that matched of what all are worth, the less the fewer topics there are: even the rarest word tells few apart.
 */
function merged(byWords, found, weight, near) {
  if (!near.size) return byWords;
  const kept = new Set(byWords.map(([number]) => number));
  const alike = [...near].sort((a, b) => b[1] - a[1]);
  const farthest = alike[Math.min(alike.length, MOST_NEAR) - 1][1];
  for (const [number, nearness] of alike.slice(0, MOST_NEAR)) if (nearness >= NEAR) kept.add(number);
  const score = (number) => (near.get(number) ?? farthest) + weight * (found.get(number) ?? 0);
  return [...kept].map((number) => [number, score(number)]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
