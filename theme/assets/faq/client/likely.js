// Likely duplicates: answered topics that probably ask the same and that nobody confirmed (columns `likely` of
// faq_builder/search/index/snippets.py).

/**
 * @typedef {object} LikelyTopic
 * @property {string} question
 * @property {string} path site path of the topic's page
 * @property {string} because who thinks so: "meaning" (a program), "source" (a mark) or "link" (a reply)
 */

/**
 * Decodes the likely duplicates of a row.
 *
 * @param {0 | [string, string | number, number][]} columns
 * @returns {LikelyTopic[]}
 */
export function likelyTopics(columns, index) {
  return (columns || []).map(([question, address, because]) => ({
    question,
    path: sitePathOf(address, question),
    because: index.because[because],
  }));
}

/**
 * Returns results without those that probably ask the same as one before them, which names them.
 *
 * @template {{path: string, likely: LikelyTopic[]}} T
 * @param {T[]} results
 * @returns {T[]}
 */
export function withoutTwins(results) {
  const shown = [];
  for (const result of results) {
    const first = shown.find((one) => names(one, result) || names(result, one));
    if (!first) shown.push({ ...result });
    else if (!names(first, result)) {
      const { question, path } = result;
      const { because } = result.likely.find((one) => one.path === first.path);
      first.likely = [...first.likely, { question, path, because }];
    }
  }
  return shown;
}

function names({ likely }, { path }) {
  return likely.some((other) => other.path === path);
}

/**
 * Returns the site path of a topic, which the index stores as a difference from the slug of its question: "6:-2/" for
 * the question "My widget broke!" -> "q/my-widget-2/", and 0 -> "q/my-widget-broke/"
 * (faq_builder/search/index/snippets.py).
 */
export function sitePathOf(difference, question) {
  const [dropped, tail = "/"] = String(difference).split(/:(.*)/s);
  const plain = `q/${question.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase()}`;
  return plain.slice(0, plain.length - Number(dropped)) + tail;
}
