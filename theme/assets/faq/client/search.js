// The search itself, without the DOM: the same modules run in the browser, in tests and under Node.
import { hasFilters, loadFacets } from "./facets.js";
import { idf, openFiles, withFallbacks } from "./files.js";
import { loadCentroids, similarTopics } from "./meaning.js";
import { findOpenQuestions } from "./open-questions.js";
import { quotedPhrases, slugOrIdIn } from "./phrases.js";
import { parseQuery } from "./query.js";
import { createPresenter } from "./results.js";
import { primaryLanguage, termsIn } from "./text.js";
import { bestPossibleScore, findEntries, preloadShards, scoreDocuments } from "./word-index.js";
/** @import { Filters } from "./facets.js" */
/** @import { Found } from "./results.js" */

export { termsIn };

const MIN_SCORE_SHARE = 0.2; // share of the best BM25 score; topics with less share a common word and nothing else
// weight of a BM25 score relative to a cosine, before it is multiplied by the square of the IDF of a word nobody used
const LEXICAL_WEIGHT = 0.009;
const CODE_FACTOR = 3; // multiplies LEXICAL_WEIGHT if the query has a code, whose embedding tells only how it is spelt
const MIN_SIMILARITY = 0.35; // minimum cosine for a topic that shares no word with the query
const MAX_WITHOUT_SHARED_WORD = 30; // results that share no word with the query
// a topic says what was asked if its cosine + WORD_SHARE_WEIGHT * its share of the words is at least this
const SURE_SIMILARITY = 0.42;
const WORD_SHARE_WEIGHT = 0.3;
const SURE_WORD_SHARE = 0.35; // share that is enough without the cosine, for languages that the embeddings do not cover
// an answer from which an open question stands below it, by the same sum: on the example, right answers have .63 to .83
// and wrong ones up to .6 (five queries, by hand)
const STRONG_SIMILARITY = 0.62;
const MAX_DOCUMENTS = 2 ** 21; // more than a site has; packs a score and a document number into one number
const FOREIGN_FACTOR = 0.8; // multiplies the BM25 score of a topic that is not in the visitor's language

/**
 * @typedef {object} SearchOptions
 * @property {number} [limit] results that are wanted; 10 unless given
 * @property {boolean | "guess"} [typing] whether the last word is unfinished, as in `parseQuery`
 * @property {string | readonly string[]} [language] of the visitor, the best first; of equally good topics those in
 *   it come first
 * @property {Filters} [filters]
 * @property {boolean} [thorough] whether results have passages, and phrases are looked up on the pages of topics
 * @property {AbortSignal} [signal]
 */

/**
 * Reads the page of a topic, given its site path, for what the index alone cannot tell.
 *
 * @typedef {(path: string, signal: AbortSignal) => Promise<Page>} PageReader
 *
 * @typedef {{question: string, wordings: string[], answers: string[]}} Page
 */

/**
 * Returns a search over the index that `loadFile` reads.
 *
 * `search` gives the results by words; their `withMeaning` promises the results with the meaning. If a file fails to
 * load and no other index was published since, the search does without that file.
 *
 * @param {(name: string, how: {signal?: AbortSignal, fresh?: boolean}) => Promise<ArrayBuffer>} loadFile fetches a
 *   file of the index; `fresh` asks the host whether it changed
 * @param {PageReader | null} readPage
 */
export function createSearch(loadFile, readPage = null) {
  let files = openFiles(loadFile);
  /** Opens the files again if another index was published; otherwise keeps what was loaded. */
  const reopenIfPublished = async (used) => {
    if (files !== used) return;
    const fresh = openFiles(loadFile);
    const isNew = (await fresh.loadMeta()).text !== (await used.loadMeta()).text;
    if (isNew && files === used) files = fresh;
  };
  return {
    /** Loads meta.json, and requests the centroids, which every search needs. */
    async loadMeta() {
      const index = await files.loadMeta();
      if (index.meaning) loadCentroids(index, files).catch(() => {}); // a search that needs them reports the failure
      return index;
    },
    /** Loads the facets before a search needs them. */
    loadFacets: async () => loadFacets(await files.loadMeta(), files),
    /** Loads the shards that a search for an unfinished text would load first. */
    async preload(text) {
      const index = await files.loadMeta();
      return preloadShards(index, parseQuery(text, index, true), files);
    },
    /**
     * @param {string} text
     * @param {SearchOptions} options
     * @returns {Promise<Found>}
     */
    async search(text, options = {}) {
      const used = files;
      const retry = async (error) => {
        if (options.signal?.aborted) throw error;
        await reopenIfPublished(used).catch(() => {}); // offline: the files that were loaded have to do
        const found = await searchOnce(text, options, withFallbacks(files, options.signal), readPage);
        const whole = (await found.withMeaning) ?? found;
        const isEmpty = !whole.results.length && !whole.nearest.length;
        if (whole.isIncomplete && isEmpty) throw error; // "nothing was found" might be false
        return whole;
      };
      const found = await searchOnce(text, options, used, readPage).catch(retry);
      const withMeaning = found.withMeaning?.catch(retry) ?? null;
      withMeaning?.catch(() => {}); // reported to whoever awaits it
      return { ...found, withMeaning };
    },
  };
}

/** Searches once, with the files as they are; a file that fails to load rejects the search. */
async function searchOnce(text, options, files, read) {
  const { typing = false, language = [], filters = {}, signal } = options;
  const index = await files.loadMeta();
  const presenter = createPresenter({ index, files, read, text, ...options });
  const isListing = !text.trim() && (hasFilters(filters) || options.thorough);
  if (isListing) return presenter.presentAll();
  if (!text.trim()) return presenter.presentDocuments([], []);
  const page = slugOrIdIn(text);
  const query = parseQuery(page ? page.replaceAll("-", " ") : text, index, typing);

  const phrases = quotedPhrases(text);
  const matching = findEntries(index, query, files, signal);
  // without it, only the order of equally good topics is lost
  const languageTest = foreignTest(index, [language].flat(), files, signal).catch(() => null);
  const scoring = Promise.all([matching, languageTest]).then(([{ groups }, isForeign]) =>
    discountForeign(scoreDocuments(groups, index.documents), isForeign),
  );
  // every topic with the only word of a query is wanted, and a phrase is matched as a whole
  const minShare = query.groups.length > 1 && !phrases.length ? MIN_SCORE_SHARE : 0;
  const ranking = scoring.then((scores) => bestFirst(scores, minShare));
  const lexical = Promise.all([matching, ranking]).then(([{ corrections }, ranked]) => ({ corrections, ranked }));
  const hasMeaning = index.meaning && query.meaningTerms.length;
  const similarityLoading = hasMeaning ? similarTopics(index, query, lexical, files, signal) : null;
  // filters know answers only, and a query that names a page wants that page
  const findWaiting = ({ corrections }) =>
    findOpenQuestions(index, query, corrections, { text, phrases, language }, files, signal);
  const hasWaiting = index.open && !page && !hasFilters(filters);
  const waitingLoading = hasWaiting ? matching.then(findWaiting).catch(() => []) : []; // answers do without them
  for (const promise of [scoring, lexical, similarityLoading]) promise?.catch(() => {}); // reported by what awaits them

  const { groups } = await matching;
  const scores = await scoring;
  const waiting = await waitingLoading;
  if (!scores.size && !waiting.length && !typing && query.groups.length) {
    return searchOnce(text, { ...options, typing: "guess" }, files, read);
  }
  const ranked = await ranking;
  const bestPossible = bestPossibleScore(index, groups) || 1;
  const weight = lexicalWeight(index, query) / bestPossible;
  const isAsStrong = (similarity) => (number, share) => {
    const own = (scores.get(number) ?? 0) / bestPossible;
    return own >= share || (similarity.get(number) ?? 0) + WORD_SHARE_WEIGHT * own >= STRONG_SIMILARITY;
  };
  const present = async (documents, similarity, isSure) =>
    presenter.withWaiting(
      await presenter.presentDocuments(documents, groups, similarity, isSure), waiting, isAsStrong(similarity),
    );
  const presentWithMeaning = (similarity) => {
    const fused = fusedRanking(ranked, scores, weight, similarity);
    const isSingleWord = scores.size > 0 && query.groups.length < 2;
    const isSure = isSingleWord || isAnswered(fused, scores, bestPossible, similarity);
    return present(fused, similarity, isSure);
  };
  const withMeaning = similarityLoading && files.orFallback(similarityLoading, new Map()).then(presentWithMeaning);
  withMeaning?.catch(() => {});
  return { ...(await present(ranked, new Map(), true)), withMeaning };
}

/**
 * Returns a predicate: is document n in a language other than the visitor's best language that the site has? Null if it
 * has none. `languages` are the visitor's, the best first.
 */
async function foreignTest(index, languages, files, signal) {
  const codes = languages.map(primaryLanguage);
  const name = index.languages[codes.find((code) => Object.hasOwn(index.languages, code))];
  if (!name) return null;
  const bits = await files.load(`language-${name}.bin`, (buffer) => new Uint8Array(buffer), signal);
  return (number) => !((bits[number >> 3] >> (number & 7)) & 1);
}

function discountForeign(scores, isForeign) {
  if (!isForeign) return scores;
  for (const [number, score] of scores) if (isForeign(number)) scores.set(number, score * FOREIGN_FACTOR);
  return scores;
}

/**
 * Returns [document number, score], the best score first, without scores below a share of the best.
 *
 * @returns {[number, number][]}
 */
function bestFirst(scores, minShare) {
  const least = minShare * [...scores.values()].reduce((best, score) => Math.max(best, score), 0);
  const keys = [...scores].filter(([, score]) => score >= least).map(sortKey);
  const numberOf = (key) => (MAX_DOCUMENTS - (key % MAX_DOCUMENTS)) % MAX_DOCUMENTS;
  return Array.from(new Float64Array(keys).sort().reverse(), (key) => [numberOf(key), scores.get(numberOf(key))]);
}

/**
 * Returns a number that is greater if the score is better or, for equal scores, the document earlier; numbers sort
 * fast.
 */
function sortKey([number, score]) {
  return Math.round(score * 1e6) * MAX_DOCUMENTS - number;
}

/** Returns the weight of a BM25 score relative to a cosine; low on small sites, where even rare words say little. */
function lexicalWeight(index, { groups }) {
  return LEXICAL_WEIGHT * idf(0, index.documents) ** 2 * (groups.some(({ boost }) => boost > 1) ? CODE_FACTOR : 1);
}

/**
 * Returns whether a topic says what was asked. Measured on sites of 63 and 449 topics: 19 of 20 of a site's own
 * questions reach SURE_SIMILARITY, and of the questions of another site 19 and 17 of 20 do not.
 */
function isAnswered(ranked, scores, bestPossible, similarity) {
  const wordShare = (number) => (scores.get(number) ?? 0) / bestPossible;
  const sureness = (number) => (similarity.get(number) ?? 0) + WORD_SHARE_WEIGHT * wordShare(number);
  const isSure = ([number]) => sureness(number) >= SURE_SIMILARITY || wordShare(number) >= SURE_WORD_SHARE;
  return !similarity.size || ranked.some(isSure);
}

/**
 * Returns the documents ranked by the weighted sum of similarity and BM25 score. A fusion of ranks would let the
 * weaker of both rankings spoil the stronger. Documents without a similarity get that of the farthest topic that is
 * kept.
 */
function fusedRanking(ranked, scores, weight, similarity) {
  if (!similarity.size) return ranked;
  const kept = new Set(ranked.map(([number]) => number));
  const nearest = [...similarity].sort((a, b) => b[1] - a[1]).slice(0, MAX_WITHOUT_SHARED_WORD);
  const farthest = nearest.at(-1)[1];
  for (const [number, cosine] of nearest) if (cosine >= MIN_SIMILARITY) kept.add(number);
  const score = (number) => (similarity.get(number) ?? farthest) + weight * (scores.get(number) ?? 0);
  return [...kept].map((number) => [number, score(number)]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
