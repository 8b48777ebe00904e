// Runs the shipped search client (theme/assets/faq/client/search.js) under Node: one JSON task on stdin, one JSON
// answer on stdout. The tasks are:
//
// - {stemmer, texts} -> the terms of each text by the rules of a stemmer
// - {sent} -> each text as it may be sent to the company, or null
// - {tags} -> the primary subtag of each language tag
// - {index, queries, typing, language, limit, cold, meaning, options, pages, facets} -> for each query {results, total,
//   waiting, isAll, sure, marked, requests, bytes, packed}
//
// Of the last task, `cold` asks for a new client for every query, which has loaded nothing; `meaning` waits for the
// results with the meaning; `options` are further options of the search; `pages` has the pages of topics by their site
// paths; with `facets` the answers also have the facets, and the best passage and wording of the first result.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";

const core = await importModule("client/search.js");

/** Imports a module of the theme with all its imports as data URLs: then Node needs no package.json to see modules. */
function importModule(name) {
  return import(dataUrl(name));
}

function dataUrl(name) {
  const file = fileURLToPath(new URL(`../theme/assets/faq/${name}`, import.meta.url));
  const source = readFileSync(file, "utf8").replace(
    /^(import [^"]*from )"(\.{1,2}\/.+?)"/gm,
    (_, names, path) => `${names}"${dataUrl(posix.join(posix.dirname(name), path))}"`,
  );
  return `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
}

/** Runs the queries one after the other. */
async function search({ index, queries, typing = false, language, limit = 10, cold = false, meaning = true, ...more }) {
  let loaded = [];
  const load = async (name) => {
    const bytes = await readFile(join(index, name));
    loaded.push(bytes);
    return bytes;
  };
  const read = more.pages ? async (address) => more.pages[address] ?? Promise.reject(new Error(address)) : null;
  let client = core.createSearch(load, read);
  const answers = [];
  for (const query of queries) {
    loaded = [];
    if (cold) client = core.createSearch(load, read);
    let found = await client.search(query, { typing, language, limit, ...more.options });
    if (meaning) found = (await found.withMeaning) ?? found;
    answers.push({
      results: found.results.map(record),
      total: found.total,
      waiting: found.waiting,
      isAll: found.isAll,
      sure: found.isSure,
      marked: found.results.map(({ question }) => found.highlight(question)),
      requests: loaded.length,
      bytes: loaded.reduce((sum, bytes) => sum + bytes.length, 0),
      ...(more.facets ? await details(found, more.pages ?? {}) : {}),
      packed: cold ? loaded.reduce((sum, bytes) => sum + Math.min(bytes.length, gzipSync(bytes).length), 0) : null,
    });
  }
  return answers;
}

/** Returns a result with its site path named as in the index. */
function record({ path, ...result }) {
  return { ...result, address: path };
}

/** Returns what the page of results shows in addition to the results. */
async function details(found, pages) {
  const { isExact, results } = found;
  const facets = await found.facets();
  const kinds = Object.fromEntries(facets.kinds.map(({ kind, values }) => [kind, values]));
  const page = pages[results[0]?.path];
  return {
    isExact, kinds,
    nearest: found.nearest.map(record),
    tags: results.map((result) => facets.tagsOf(result)),
    popular: (await found.popular(5)).map(record),
    passage: page ? found.passage(page.parts, "en") : null,
    wording: page ? found.wording(results[0].question, page.wordings) : null,
  };
}

async function sendableTexts(texts) {
  const { sendableText } = await importModule("ui/misses.js");
  return texts.map(sendableText);
}

async function primaryLanguages(tags) {
  const { primaryLanguage } = await importModule("client/text.js");
  return tags.map(primaryLanguage);
}

const task = JSON.parse(readFileSync(0, "utf8"));
const answer = task.sent ? await sendableTexts(task.sent)
  : task.tags ? await primaryLanguages(task.tags)
  : task.texts ? task.texts.map((text) => core.termsIn(text, task.stemmer))
  : await search(task);
process.stdout.write(JSON.stringify(answer));
