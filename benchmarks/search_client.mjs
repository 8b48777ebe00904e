// Runs the shipped search client (theme/assets/faq/client/search.js) under Node: one JSON task on stdin, one answer on
// stdout. Tasks: {stemmer, texts} -> the terms of each text by the rules of a stemmer; {sent} -> each text as the
// company may be told it, or null; {tags} -> the primary subtag of each language tag; {index, queries, typing, language,
// limit, cold, meaning} -> for each query {results, total, sure, marked, requests, bytes, packed}; `cold` gives every query
// a client that has loaded nothing yet. What `options` holds goes to the search; `pages` are those of topics by address;
// with `facets` each answer has them, and the best passage and wording of the first result.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";

const core = await import(module("client/search.js"));

/** The module as data, and so all that it imports: Node then needs no package.json to see modules. */
function module(name) {
  const file = fileURLToPath(new URL(`../theme/assets/faq/${name}`, import.meta.url));
  const source = readFileSync(file, "utf8").replace(/ from "(\.{1,2}\/.+?)"/g, (_, path) => ` from "${module(posix.join(posix.dirname(name), path))}"`);
  return `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
}

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
    if (meaning) found = (await found.understood) ?? found;
    answers.push({
      results: found.results,
      total: found.total,
      sure: found.sure,
      marked: found.results.map(({ question }) => found.pieces(question)),
      requests: loaded.length,
      bytes: loaded.reduce((sum, bytes) => sum + bytes.length, 0),
      ...(more.facets ? await rest(found, more.pages ?? {}) : {}),
      packed: cold ? loaded.reduce((sum, bytes) => sum + Math.min(bytes.length, gzipSync(bytes).length), 0) : null,
    });
  }
  return answers;
}

async function rest(found, pages) {
  const { isExact, nearest, results } = found;
  const facets = await found.facets();
  const kinds = Object.fromEntries(facets.kinds.map(({ kind, values }) => [kind, values]));
  const page = pages[results[0]?.address];
  return {
    isExact, nearest, kinds,
    tags: results.map((result) => facets.tagsOf(result)),
    popular: await found.popular(5),
    passage: page ? found.passage(page.parts, "en") : null,
    wording: page ? found.wording(results[0].question, page.wordings) : null,
  };
}

/** Each text as it may be sent to the company, or null. */
async function sent(texts) {
  const { harmless } = await import(module("ui/misses.js"));
  return texts.map(harmless);
}

/** The primary subtag of each language tag. */
async function primary(tags) {
  const { primaryLanguage } = await import(module("client/text.js"));
  return tags.map(primaryLanguage);
}

const task = JSON.parse(readFileSync(0, "utf8"));
const terms = ({ texts, stemmer }) => texts.map((text) => core.terms(text, stemmer));
const answer = task.sent ? await sent(task.sent)
  : task.tags ? await primary(task.tags)
  : task.texts ? terms(task)
  : await search(task);
process.stdout.write(JSON.stringify(answer));
