// Open questions: asked before, without a confirmed answer (faq_builder/search/index/open_questions.py). They are found
// by words alone and never change which answers are found.
import { idf, parseJson, shardOf } from "./files.js";
import { functionWordTerms } from "./function-words.js";
import { likelyTopics } from "./likely.js";
import { containAllPhrases, termsInAnyLanguage } from "./phrases.js";
import { formsOf } from "./query.js";
import { bestPossibleScore, loadOpenShard, scoreDocuments, shardsOfPrefix, wholeAndUnfinished } from "./word-index.js";
/** @import { Index } from "./files.js" */
/** @import { LikelyTopic } from "./likely.js" */

const MAX_SHOWN = 2; // open questions of one search, so that they do not crowd out answers
const MIN_SHARE = 0.2; // share of the best possible score; with less, the question shares a minor word and nothing else
const MIN_SHARE_OF_BEST = 0.6; // share of the score of the best open question
const MIN_SAME_TERMS = 0.8; // Dice coefficient of the telling terms from which query and question are nearly the same

/**
 * An open question as a result shows it.
 *
 * @typedef {object} OpenQuestion
 * @property {string} question
 * @property {string} url of the discussion, or ""
 * @property {number} replies in the discussion
 * @property {string[]} places where it was asked, that of the discussion first
 * @property {number} month when it was first asked, counted from January 1970; 0 if unknown
 * @property {number} asked how often it was asked
 * @property {LikelyTopic[]} likely where it is probably answered
 * @property {string[]} wordings
 * @property {number} share of the best possible score, comparable with that of an answered topic
 * @property {boolean} isSame whether query and question consist of nearly the same words
 */

/**
 * Returns the open questions that a query finds, the best first.
 *
 * @param {Index} index
 * @param {{text: string, phrases: string[], language: string | readonly string[]}} asked
 * @returns {Promise<OpenQuestion[]>}
 */
export async function findOpenQuestions(index, query, corrections, asked, files, signal) {
  if (!index.open || !index.terms.length) return [];
  const entries = await openEntries(index, query, corrections, files, signal);
  const bestPossible = bestPossibleScore({ documents: allDocuments(index) }, entries) || 1;
  const scores = [...scoreDocuments(entries, index.open.documents)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const least = Math.max(MIN_SHARE * bestPossible, MIN_SHARE_OF_BEST * (scores[0]?.[1] ?? 0));
  const best = scores.filter(([, score]) => score >= least).slice(0, MAX_SHOWN);
  const cards = await Promise.all(best.map(([number, score]) => loadCard(number, score / bestPossible)));
  return cards.filter(({ question, wordings }) => containAllPhrases([question, ...wordings], asked.phrases));

  async function loadCard(number, share) {
    const { block, files: hashes } = index.open;
    const at = Math.floor(number / block);
    const rows = await files.load(`open-${at}-${hashes[at]}.json`, parseJson, signal);
    const [question, url = "", replies = 0, places = [], month = 0, often = 1, likely = 0, wordings = []] =
      rows[number % block];
    const isSame = [question, ...wordings].some((text) => isNearlySame(index, asked, text));
    const names = places.map((place) => index.places[place]);
    const told = { question, url, replies, places: names, month, asked: often, wordings };
    return { ...told, likely: likelyTopics(likely, index), share, isSame };
  }
}

/**
 * Returns how many answers stand above an open question: the first ones as far as they are as strong; none if the
 * question is nearly what was asked.
 *
 * @param {OpenQuestion} question
 * @param {{number: number}[]} results
 * @param {(number: number, share: number) => boolean} isAsStrong
 */
export function answersAbove({ isSame, share }, results, isAsStrong) {
  const first = isSame ? 0 : results.findIndex(({ number }) => !isAsStrong(number, share));
  return first < 0 ? results.length : first;
}

function allDocuments(index) {
  return index.documents + index.open.documents;
}

/** Returns the entries of open questions for each word of a query. */
async function openEntries(index, query, corrections, files, signal) {
  const { unfinished, groups } = wholeAndUnfinished(index, query);
  const loadShard = (at) => loadOpenShard(at, index, files, signal);
  const weighted = (entry, boost) => ({ ...entry, weight: idf(entry.count, allDocuments(index)) * boost });
  const entriesOf = async ({ forms, boost }) => {
    const corrected = (corrections.get(forms[0]) ?? []).map(({ word }) => word);
    const wanted = [...forms, ...formsOf(corrected, index.stemmers)];
    const found = await Promise.all(wanted.map(async (form) => (await loadShard(shardOf(index.first, form))).get(form)));
    return found.filter((entry) => entry).map((entry) => weighted(entry, boost));
  };
  const completions = async () => {
    const shards = await Promise.all(shardsOfPrefix(index, unfinished.word).map(loadShard));
    const begun = shards.flatMap((shard) => [...shard.values()].filter(({ term }) => term.startsWith(unfinished.word)));
    return [...begun.map((entry) => weighted(entry, 1)), ...(await entriesOf(unfinished))];
  };
  return Promise.all([...groups.map(entriesOf), ...(unfinished.word ? [completions()] : [])]);
}

/** Returns whether two texts consist of nearly the same words, function words aside. */
function isNearlySame(index, { text, language }, question) {
  const functionWords = functionWordTerms(index, [language, Object.keys(index.languages)].flat());
  const telling = (words) => {
    const all = termsInAnyLanguage(words, index.stemmers);
    const kept = all.filter((term) => !functionWords.has(term));
    return new Set(kept.length ? kept : all);
  };
  const [one, other] = [telling(text), telling(question)];
  const both = [...one].filter((term) => other.has(term)).length;
  return (2 * both) / (one.size + other.size || 1) >= MIN_SAME_TERMS;
}
