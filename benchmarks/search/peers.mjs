// Other static searches under Node, set up as in their own first examples: one JSON task on stdin, one answer on stdout.
// {peer, folder, documents: [{address, question, wordings, tags, answers}], queries, limit, out} -> {found: [[address]],
// build_cpu_s, bytes}; `address` is a site path, `folder` holds node_modules, Pagefind's files stay in `out` if it is given.
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const FIELDS = ["question", "wordings", "tags", "answers"];
const task = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(join(task.folder, "x.js"));

const peers = {
  lunr() {
    const lunr = require("lunr");
    const index = lunr(function () {
      this.ref("address");
      for (const field of FIELDS) this.field(field);
      for (const document of texts()) this.add(document);
    });
    const ask = (text) => index.query((query) => query.term(lunr.tokenizer(text), {})).map(({ ref }) => ref);
    return { ask, bytes: JSON.stringify(index).length };
  },

  minisearch() {
    const MiniSearch = require("minisearch");
    const index = new MiniSearch({
      idField: "address",
      fields: FIELDS,
      searchOptions: { boost: { question: 2 }, fuzzy: 0.2, prefix: true },
    });
    index.addAll(texts());
    return { ask: (text) => index.search(text).map(({ id }) => id), bytes: JSON.stringify(index).length };
  },

  async pagefind() {
    const out = task.out ?? (await mkdtemp(join(tmpdir(), "faq-pagefind-")));
    await indexed(out);
    const address = await addresses(join(out, "fragment"));
    globalThis.fetch = async (url) => new Response(await readFile(new URL(new URL(url).pathname, "file:///")));
    const source = await readFile(join(out, "pagefind.js"));
    const pagefind = await import(`data:text/javascript;base64,${source.toString("base64")}`);
    await pagefind.options({ basePath: `${pathToFileURL(out).href}/`, baseUrl: "/" });
    await pagefind.init("en");
    const ask = async (text) => (await pagefind.search(text)).results.map(({ id }) => address.get(id));
    return { ask, end: () => (task.out ? null : rm(out, { recursive: true })) };
  },
};

/** Return the documents with one text for each field, as lunr and MiniSearch take them. */
function texts() {
  const joined = (field, value) => [field, Array.isArray(value) ? value.join("\n") : value];
  return task.documents.map((document) => Object.fromEntries(Object.entries(document).map(([k, v]) => joined(k, v))));
}

/** Let Pagefind index the documents as pages. */
async function indexed(out) {
  const { createIndex, close } = await import(pathToFileURL(join(task.folder, "node_modules/pagefind/lib/index.js")));
  const { index } = await createIndex({});
  for (const { address, question, wordings, tags, answers } of task.documents) {
    const others = [...wordings, ...tags, ...answers].map((text) => `<p>${escaped(text)}</p>`);
    const content = `<!doctype html><html lang="en"><body><h1>${escaped(question)}</h1>${others.join("")}</body></html>`;
    await index.addHTMLFile({ url: `/${address}`, content });
  }
  await index.writeFiles({ outputPath: out });
  await close();
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

/** Return a Map of Pagefind's ids -> site paths, which a page would load one by one. */
async function addresses(folder) {
  const named = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const text = gunzipSync(await readFile(join(folder, name))).toString();
      return [name.replace(/\.pf_fragment$/, ""), JSON.parse(text.slice(text.indexOf("{"))).url.replace(/^\//, "")];
    }),
  );
  return new Map(named);
}

const started = process.cpuUsage();
const peer = await peers[task.peer]();
const used = process.cpuUsage(started);
const found = [];
for (const query of task.queries) found.push((await peer.ask(query)).slice(0, task.limit));
await peer.end?.();
process.stdout.write(JSON.stringify({ found, build_cpu_s: (used.user + used.system) / 1e6, bytes: peer.bytes ?? null }));
