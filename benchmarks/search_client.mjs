// Runs the shipped search client (theme/assets/faq/search-core.js) under Node: one JSON task on stdin, one answer on
// stdout. Tasks: {stemmer, texts} -> the terms of each text by the rules of a stemmer; {sent} -> each text as the
// company may be told it, or null; {index, queries, typing, language, limit, cold, meaning} -> for each query
// {results, total, marked, requests, bytes, packed}; `cold` gives every query a client that has loaded nothing yet.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const core = await import(module("search-core.js"));

/** The module as data, and so all that it imports: Node then needs no package.json to see modules. */
function module(name) {
  const file = fileURLToPath(new URL(`../theme/assets/faq/${name}`, import.meta.url));
  const source = readFileSync(file, "utf8").replace(/ from "\.\/(.+?)"/g, (_, other) => ` from "${module(other)}"`);
  return `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
}

async function search({ index, queries, typing = false, language, limit = 10, cold = false, meaning = true }) {
  let loaded = [];
  const load = async (name) => {
    const bytes = await readFile(join(index, name));
    loaded.push(bytes);
    return bytes;
  };
  let client = core.createSearch(load);
  const answers = [];
  for (const query of queries) {
    loaded = [];
    if (cold) client = core.createSearch(load);
    let found = await client.search(query, { typing, language, limit });
    if (meaning) found = (await found.understood) ?? found;
    answers.push({
      results: found.results,
      total: found.total,
      marked: found.results.map(({ question }) => found.pieces(question)),
      requests: loaded.length,
      bytes: loaded.reduce((sum, bytes) => sum + bytes.length, 0),
      packed: cold ? loaded.reduce((sum, bytes) => sum + Math.min(bytes.length, gzipSync(bytes).length), 0) : null,
    });
  }
  return answers;
}

/** Each text as it may be sent to the company, or null. */
async function sent(texts) {
  const { harmless } = await import(module("search-misses.js"));
  return texts.map(harmless);
}

const task = JSON.parse(readFileSync(0, "utf8"));
const terms = ({ texts, stemmer }) => texts.map((text) => core.terms(text, stemmer));
const answer = task.sent ? await sent(task.sent) : task.texts ? terms(task) : await search(task);
process.stdout.write(JSON.stringify(answer));
