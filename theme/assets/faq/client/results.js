// Turns ranked documents into results: a named page or exact phrases first, filtered, with what a result card shows.
import { loadRow } from "./blocks.js";
import {
  browsingOrder, countValues, failedKinds, hasFilters, loadFacets, totalsWithoutEachKind, valuesOf,
} from "./facets.js";
import { parseJson } from "./files.js";
import { functionWordTerms } from "./function-words.js";
import { likelyTopics, sitePathOf, withoutTwins } from "./likely.js";
import { answersAbove } from "./open-questions.js";
import { bestPassage, bestWording } from "./passages.js";
import { containAllPhrases, documentsWithWords, quotedPhrases, slugOrIdIn, termsInAnyLanguage } from "./phrases.js";
import { highlightedPieces } from "./text.js";
/** @import { Index } from "./files.js" */
/** @import { LikelyTopic } from "./likely.js" */
/** @import { OpenQuestion } from "./open-questions.js" */
/** @import { PageReader, SearchOptions } from "./search.js" */
/** @import { Entry } from "./word-index.js" */

const MIN_WEIGHT_SHARE = 0.3; // share of the weight of the query's best word; words with less are not highlighted
const MAX_CANDIDATES = 30; // topics that are searched for a phrase, or for the page that was named
// after so many topics in a row that fail to load, more than one file has, no more are tried
const MAX_FAILED_LOADS = 72;
const NEAREST_SHOWN = 3; // topics that are offered if nothing was found
const MIN_SIMILARITY = 0.2; // a topic with a lower cosine has nothing to do with the query

/**
 * A topic as a result card shows it.
 *
 * @typedef {object} Result
 * @property {string} question
 * @property {string} path site path of the topic's page
 * @property {number} asked how often it was asked
 * @property {string[]} places where it was asked
 * @property {number} month when it was first asked, counted from January 1970; 0 if unknown
 * @property {string} chosen the reason why the answer was chosen, or ""
 * @property {string} standing what staff said of the answer since: "outdated", "confirmed" or ""
 * @property {number} wordings how many other wordings the page has
 * @property {LikelyTopic[]} likely topics that probably ask the same; they have no result of their own
 * @property {string} passage the beginning of the answer; "" unless `thorough`
 * @property {number} number of the document; -1 if only its page is known
 * @property {number} score
 */

/**
 * What a search found. For `passage`, `wording` and `weigh` see client/passages.js, for `facets` client/facets.js.
 *
 * @typedef {object} Found
 * @property {Result[]} results the best ones, at most `limit`
 * @property {number} total how many answers there are, with those that are named by a result as the same question
 * @property {boolean} isAll whether no more results would be shown with a greater `limit`
 * @property {(OpenQuestion & {above: number})[]} waiting open questions, and how many of `results` stand above each
 * @property {number} unfiltered how many results there would be without filters
 * @property {Promise<Found> | null} withMeaning the same search with the meaning; null if there is nothing to wait
 *   for
 * @property {boolean} isSure false: only similar topics were found, none that says what was asked
 * @property {boolean} isIncomplete true: a file failed to load, and results may be missing
 * @property {boolean | null} isExact true: all results contain the phrases; false: no topic does; null: there are
 *   no phrases
 * @property {Result[]} nearest the topics with the most similar meaning, if there are no results
 * @property {(text: string) => {text: string, hit: boolean}[]} highlight
 * @property {(text: string) => number} weigh
 * @property {(parts: object[], language: string) => object | null} passage
 * @property {(question: string, wordings: string[]) => string | null} wording
 * @property {() => Promise<{kinds: object[], without: object, tagsOf: (result: Result) => string[]}>} facets
 * @property {(limit: number) => Promise<Result[]>} popular the most asked topics of the site
 */

/**
 * Returns `presentDocuments(ranked, groups, similarity, isSure)` and `presentAll()`, which both promise what a
 * search found.
 *
 * @param {SearchOptions & {index: Index, files: object, text: string, read: PageReader | null}} search
 */
export function createPresenter({ limit = 10, filters = {}, language = [], thorough = false, ...search }) {
  const languages = [language, Object.keys(search.index.languages)].flat();
  const context = { ...search, limit, filters, thorough, functionWords: functionWordTerms(search.index, languages) };
  return {
    presentDocuments: (ranked, groups, similarity = new Map(), isSure = true) =>
      presentDocuments(context, ranked, groups, similarity, isSure),
    /** Adds open questions to what was found, each below the answers that are as strong. */
    withWaiting: (found, waiting, isAsStrong) => ({
      ...found,
      waiting: waiting.map((one) => ({ ...one, above: answersAbove(one, found.results, isAsStrong) })),
    }),
    presentAll: async () => presentRanked(context, withZeroScores(await siteOrder(context)), new Map()),
  };
}

/** @param {Entry[][]} groups the entries of each word of the query */
async function presentDocuments(context, ranked, groups, similarity, isSure) {
  const { index, text, thorough } = context;
  const entries = groups.flat();
  const matched = highlightedTerms(entries, context.functionWords);
  const page = slugOrIdIn(text);
  if (page) return presentNamedPage(context, page, ranked, entries, matched);
  const phrases = quotedPhrases(text);
  const candidates = phrases.length ? documentsWithWords(ranked, phrases, groups, index.stemmers) : [];
  const exact = await documentsWithPhrases(context, candidates, phrases);
  const isExact = phrases.length ? exact.length > 0 : null;
  const nearest = ranked.length ? [] : await firstShowable(context, nearestTopics(similarity), NEAREST_SHOWN, thorough);
  const more = { isExact, nearest, isSure: isSure || isExact === true };
  return presentRanked(context, isExact ? exact : ranked, matched, more);
}

/** Puts the topic whose page or id was given first, even if its slug does not match its current question. */
async function presentNamedPage(context, page, ranked, entries, matched) {
  const path = `q/${page}/`;
  const candidates = await loadDocuments(context, ranked.slice(0, MAX_CANDIDATES));
  const at = candidates.findIndex((candidate) => candidate?.path === path);
  if (at > 0) return presentRanked(context, [ranked[at], ...ranked.slice(0, at), ...ranked.slice(at + 1)], matched);
  const others = await presentRanked(context, ranked, matched);
  const isFound = at === 0 || entries.some(({ term }) => term === page);
  const read = isFound ? null : context.read;
  const content = await read?.(path, context.signal).catch(() => null);
  if (!content?.answers.length) return others;
  const results = [resultOfPage(content.question, path), ...others.results];
  return { ...others, results, total: others.total + 1 };
}

/**
 * Presents documents in their order, filtered; `more` replaces members of what is returned.
 *
 * @param {[number, number][]} ranked documents with their scores, best first
 * @param {Map<string, number>} matched weight of each term that is highlighted
 * @returns {Promise<Found>}
 */
async function presentRanked(context, ranked, matched, more = {}) {
  const { index, limit, thorough } = context;
  const passed = hasFilters(context.filters) ? await passFilters(context, ranked) : ranked;
  const weigh = (text) => weightOfText(text, matched, index.stemmers);
  const { results, isAll } = await loadShowable(context, passed, limit, thorough);
  return {
    results,
    isAll,
    waiting: [],
    total: passed.length,
    unfiltered: ranked.length,
    withMeaning: null,
    isSure: true,
    isIncomplete: context.files.isIncomplete,
    isExact: null,
    nearest: [],
    highlight: (text) => highlightedPieces(text, matched, index.stemmers),
    weigh,
    passage: (parts, language) => bestPassage(parts, weigh, language),
    wording: (question, wordings) => bestWording(question, wordings, weigh),
    facets: () => facetsOf(context, ranked),
    popular: async (most) => firstShowable(context, withZeroScores(await siteOrder(context)), most),
    ...more,
  };
}

function siteFacets({ index, files, signal }) {
  return loadFacets(index, files, signal);
}

async function siteOrder(context) {
  return browsingOrder(await siteFacets(context), context.index.documents);
}

async function passFilters(context, ranked) {
  const failed = failedKinds(await siteFacets(context), context.filters, context.index.documents);
  return ranked.filter(([number]) => !failed[number]);
}

async function facetsOf(context, ranked) {
  const { filters, index } = context;
  const facets = await siteFacets(context);
  const failed = failedKinds(facets, filters, index.documents);
  const numbers = ranked.map(([number]) => number);
  return {
    kinds: countValues(facets, numbers, failed, filters),
    without: totalsWithoutEachKind(facets, numbers, failed, filters),
    tagsOf: ({ number }) => valuesOf(facets, "tag", number),
  };
}

/**
 * Returns the weight of each term that is highlighted: not of words like "the" that tell much less than the best
 * word. If only function words were asked, they are highlighted.
 */
function highlightedTerms(entries, functionWords) {
  const telling = entries.filter(({ term }) => !functionWords.has(term));
  const kept = telling.length ? telling : entries;
  const best = Math.max(...kept.map(({ weight }) => weight));
  const highlighted = kept.filter(({ weight }) => weight >= best * MIN_WEIGHT_SHARE);
  return new Map(highlighted.map(({ term, weight }) => [term, weight]));
}

function weightOfText(text, matched, stemmers) {
  return termsInAnyLanguage(text, stemmers).reduce((sum, term) => sum + (matched.get(term) ?? 0), 0);
}

function withZeroScores(numbers) {
  return numbers.map((number) => [number, 0]);
}

function nearestTopics(similarity) {
  const near = [...similarity].filter(([, cosine]) => cosine >= MIN_SIMILARITY);
  return near.sort((a, b) => b[1] - a[1]);
}

/** Returns a result of which only the page is known. */
function resultOfPage(question, path) {
  const answer = { passage: "", chosen: "", standing: "" };
  return { question, path, asked: 1, places: [], month: 0, ...answer, wordings: 0, likely: [], number: -1, score: 0 };
}

/**
 * Returns the candidates that contain the phrases word for word, in their questions or, if pages can be read, on their
 * pages. If pages cannot be read, all other candidates follow, as nothing is known of their answers.
 */
async function documentsWithPhrases(context, ranked, phrases) {
  if (!ranked.length) return [];
  const read = context.thorough && context.read;
  const candidates = ranked.slice(0, read ? MAX_CANDIDATES : context.limit);
  const hasPhrases = async (document) => {
    if (!document) return false;
    const { question, path } = document;
    if (containAllPhrases([question], phrases)) return true;
    const page = read ? await read(path, context.signal).catch(() => null) : null;
    return Boolean(page) && containAllPhrases([question, ...page.wordings, ...page.answers], phrases);
  };
  const isExact = await Promise.all((await loadDocuments(context, candidates)).map(hasPhrases));
  const exact = candidates.filter((_, at) => isExact[at]);
  if (read) return exact;
  return [...exact, ...candidates.filter((_, at) => !isExact[at]), ...ranked.slice(candidates.length)];
}

/** Loads the first documents that can be shown: all, unless a file fails to load or another one asks the same. */
async function firstShowable(context, ranked, most, hasPassages = false) {
  return (await loadShowable(context, ranked, most, hasPassages)).results;
}

/** Returns {results, isAll}: `firstShowable`, and whether no document is left. */
async function loadShowable(context, ranked, most, hasPassages) {
  let shown = [];
  let at = 0;
  for (let failed = 0; shown.length < most && at < ranked.length && failed < MAX_FAILED_LOADS; at += most) {
    const loaded = await loadDocuments(context, ranked.slice(at, at + most), hasPassages);
    const showable = loaded.filter((document) => document);
    failed = showable.length ? 0 : failed + most;
    shown = withoutTwins([...shown, ...showable]);
  }
  return { results: shown.slice(0, most), isAll: at >= ranked.length && shown.length <= most };
}

/**
 * Loads what a result card shows of each document; null if its file fails to load.
 *
 * @returns {Promise<(Result | null)[]>}
 */
async function loadDocuments({ index, files, signal }, ranked, hasPassages = false) {
  const { passages, passage_block: size } = index;
  const loadPassage = async (number) => {
    const at = Math.floor(number / size);
    return (await files.load(`passages-${at}-${passages[at]}.json`, parseJson, signal))[number % size];
  };
  const loadDocument = async ([number, score]) => {
    const passageSoon = hasPassages ? loadPassage(number).catch(() => "") : "";
    const [values, passage] = await Promise.all([loadRow(number, index, files, signal), passageSoon]);
    if (!values) return null;
    /** @type {any} */
    const { address, likely, ...row } = Object.fromEntries(index.columns.map((column, at) => [column, values[at]]));
    const path = sitePathOf(address, row.question);
    const places = row.places.map((place) => index.places[place]);
    const chosen = index.chosen[row.chosen] ?? "";
    const standing = index.standing[row.standing];
    return { ...row, path, passage, places, chosen, standing, likely: likelyTopics(likely, index), number, score };
  };
  return Promise.all(ranked.map(loadDocument));
}
