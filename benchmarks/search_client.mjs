// Runs the shipped search client (theme/assets/faq/search-core.js) under Node: one JSON task on stdin, one answer on
// stdout. Tasks: {stemmer, texts} -> the terms of each text; {index, queries, typing, limit, cold} -> for each query
// {results, total, marked, requests, bytes, packed}; `cold` gives every query a client that has loaded nothing yet.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const file = fileURLToPath(new URL("../theme/assets/faq/search-core.js", import.meta.url));
const source = readFileSync(file).toString("base64"); // as data: Node then needs no package.json to see a module
const core = await import(`data:text/javascript;base64,${source}`);

async function search({ index, queries, typing = false, limit = 10, cold = false }) {
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
    const found = await client.search(query, { typing, limit });
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

const task = JSON.parse(readFileSync(0, "utf8"));
const answer = task.texts ? task.texts.map((text) => core.terms(text, task.stemmer)) : await search(task);
process.stdout.write(JSON.stringify(answer));
