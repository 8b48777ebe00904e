// From ranked documents to results: pages and phrases first, filtered, with what is shown of each.
import { shownOf } from "./blocks.js";
import { browsed, counts, failures, isFiltered, loadFacets, valuesOf, withoutEach } from "./facets.js";
import { documentsOf, parseJson } from "./files.js";
import { functionTerms } from "./function-words.js";
import { bestPassage, bestWording } from "./passages.js";
import { havingWords, holdsAll, pageNamed, phrasesOf, termsOf } from "./phrases.js";
import { pieces } from "./text.js";

const TELLING = 0.3; // of what the best word of the query is worth, from which on a word is marked
const CANDIDATES = 30; // topics that may be looked through for a phrase, or for the page that was named
const LOST = 72; // topics in a row that cannot be shown, after which no more are asked for: more than a file holds
const NEAREST = 3; // questions that are offered where nothing was found
const NEAR_ENOUGH = 0.2; // of the meaning; what is farther has nothing to do with what was asked

/**
 * {ranked(ranked, groups, near), everything()}, both promising
 *
 *   {results,                                    [{question, address, passage, asked, places, month, chosen, standing, wordings,
 *                                                number, score}]
 *    total, unfiltered,                          how many there are, and how many there would be without filters
 *    understood: null,
 *    sure,                                       false: no word that tells anything matched, and the meaning is far
 *    lacks,                                      true: some file could not be had, and what it would tell is missing
 *    isExact,                                    true: all hold the phrases; false: nothing does; null: there is none
 *    nearest,                                    results that are near in meaning where there are no others
 *    pieces(text) -> [{text, hit}],
 *    passage(parts, language), wording(question, wordings), weigh(text),      see client/passages.js
 *    facets() -> Promise<{kinds, without, tagsOf(result)}>,                   see client/facets.js
 *    popular(limit) -> Promise<results>}                                      the most asked topics of all
 */
export function presenter({ index, files, read, text, limit = 10, filters = {}, language = [], thorough = false, signal }) {
  const plain = functionTerms(index, [language, Object.keys(index.languages)].flat());
  const facetsOfSite = () => loadFacets(index, files, signal);
  const described = (ranked, hasPassages = false) => documents(index, ranked, files, hasPassages, signal);
  /** The first of them that can be shown: all, but where a file cannot be had. */
  const first = async (ranked, most, hasPassages = false) => {
    const found = [];
    for (let at = 0, inVain = 0; found.length < most && at < ranked.length && inVain < LOST; at += most) {
      const shown = (await described(ranked.slice(at, at + most), hasPassages)).filter((one) => one);
      inVain = shown.length ? 0 : inVain + most;
      found.push(...shown);
    }
    return found.slice(0, most);
  };

  const present = async (ranked, matched, more = {}) => {
    const passed = isFiltered(filters) ? await passing(ranked) : ranked;
    const weigh = (part) => worthOf(part, matched, index.stemmers);
    return {
      results: await first(passed, limit, thorough),
      total: passed.length,
      unfiltered: ranked.length,
      understood: null,
      sure: true,
      lacks: Boolean(files.lacks),
      isExact: null,
      nearest: [],
      pieces: (part) => pieces(part, matched, index.stemmers),
      weigh,
      passage: (parts, language) => bestPassage(parts, weigh, language),
      wording: (question, wordings) => bestWording(question, wordings, weigh),
      facets: () => facetsOf(ranked),
      popular: async (most) => first(withScores(browsed(await facetsOfSite(), index.documents)), most),
      ...more,
    };
  };
  const passing = async (ranked) => {
    const failed = failures(await facetsOfSite(), filters, index.documents);
    return ranked.filter(([number]) => !failed[number]);
  };
  const facetsOf = async (ranked) => {
    const facets = await facetsOfSite();
    const failed = failures(facets, filters, index.documents);
    const found = ranked.map(([number]) => number);
    return {
      kinds: counts(facets, found, failed, filters),
      without: withoutEach(facets, found, failed, filters),
      tagsOf: ({ number }) => valuesOf(facets, "tag", number),
    };
  };
  /** The topic whose page or id was given comes first, also where its slug says nothing of its present question. */
  const named = async (page, ranked, entries) => {
    const matched = telling(entries, plain);
    const address = `q/${page}/`;
    const candidates = await described(ranked.slice(0, CANDIDATES));
    const at = candidates.findIndex((candidate) => candidate?.address === address);
    if (at > 0) return present([ranked[at], ...ranked.slice(0, at), ...ranked.slice(at + 1)], matched);
    const shown = await present(ranked, matched);
    const isFound = at === 0 || entries.some(({ term }) => term === page);
    const { question, answers } = (!isFound && (await read?.(address, signal).catch(() => null))) || { answers: [] };
    return answers.length ? { ...shown, results: [stranger(question, address), ...shown.results], total: shown.total + 1 } : shown;
  };
  return {
    async ranked(ranked, groups, near = new Map(), sure = true) {
      const entries = groups.flat();
      const matched = telling(entries, plain);
      const page = pageNamed(text);
      if (page) return named(page, ranked, entries);
      const phrases = phrasesOf(text);
      const having = phrases.length ? havingWords(ranked, phrases, groups, index.stemmers, documentsOf) : [];
      const exact = await holding(having, phrases, { described, read: thorough && read, limit, signal });
      const isExact = phrases.length ? exact.length > 0 : null;
      const nearest = ranked.length ? [] : await first(nearestOf(near), NEAREST, thorough);
      return present(isExact ? exact : ranked, matched, { isExact, nearest, sure: sure || isExact === true });
    },
    everything: async () => present(withScores(browsed(await facetsOfSite(), index.documents)), new Map()),
  };
}

/**
 * Map of term -> worth, of the words that tell something beside the best one: "the" is not what a result is shown for. Where
 * nothing but function words was asked they have to do.
 */
function telling(entries, plain) {
  const full = entries.filter(({ term }) => !plain.has(term));
  const kept = full.length ? full : entries;
  const best = Math.max(...kept.map(({ worth }) => worth));
  return new Map(kept.filter(({ worth }) => worth >= best * TELLING).map(({ term, worth }) => [term, worth]));
}

function worthOf(text, matched, stemmers) {
  return termsOf(text, stemmers).reduce((sum, term) => sum + (matched.get(term) ?? 0), 0);
}

function withScores(numbers) {
  return numbers.map((number) => [number, 0]);
}

function nearestOf(near) {
  const close = [...near].filter(([, nearness]) => nearness >= NEAR_ENOUGH);
  return close.sort((a, b) => b[1] - a[1]);
}

/** A result of which only its page is known. */
function stranger(question, address) {
  const unknown = { passage: "", asked: 1, places: [], month: 0, chosen: "", standing: "", wordings: 0, number: -1, score: 0 };
  return { question, address, ...unknown };
}

/**
 * Of documents that have the words, those that hold the phrases as they stand: as far as their questions tell, and where
 * pages can be read, the pages. Where they cannot, those of which nothing is known follow.
 */
async function holding(ranked, phrases, { described, read, limit, signal }) {
  if (!ranked.length) return [];
  const candidates = ranked.slice(0, read ? CANDIDATES : limit);
  const isHeld = async (shown) => {
    if (!shown) return false;
    const { question, address } = shown;
    if (holdsAll([question], phrases)) return true;
    const page = read ? await read(address, signal).catch(() => null) : null;
    return Boolean(page) && holdsAll([question, ...page.wordings, ...page.answers], phrases);
  };
  const held = await Promise.all((await described(candidates)).map(isHeld));
  const sure = candidates.filter((_, at) => held[at]);
  return read ? sure : [...sure, ...candidates.filter((_, at) => !held[at]), ...ranked.slice(candidates.length)];
}

/** What is shown of each; null where its file cannot be had. */
async function documents(index, ranked, files, hasPassages, signal) {
  const { passages, passage_block: size } = index;
  const passageOf = async (number) => {
    const at = Math.floor(number / size);
    return (await files.get(`passages-${at}-${passages[at]}.json`, parseJson, signal))[number % size];
  };
  const described = async ([number, score]) => {
    const passed = hasPassages ? passageOf(number).catch(() => "") : "";
    const [values, passage] = await Promise.all([shownOf(number, index, files, signal), passed]);
    if (!values) return null;
    const document = Object.fromEntries(index.columns.map((column, at) => [column, values[at]]));
    const address = addressOf(document);
    const places = document.places.map((place) => index.places[place]);
    const chosen = index.chosen[document.chosen] ?? "";
    const standing = index.standing[document.standing];
    return { ...document, address, passage, places, chosen, standing, number, score };
  };
  return Promise.all(ranked.map(described));
}

/** The address below the root of the site, of which the index says how it differs from the question (faq_builder/search/index/snippets.py). */
function addressOf({ address, question }) {
  const [missing, rest = "/"] = String(address).split(/:(.*)/s);
  const plain = `q/${question.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase()}`;
  return plain.slice(0, plain.length - missing) + rest;
}
