// Searches on a host that fails now and then, one after the other with one client: stdin {"steps": [{"index", "failing",
// "query", "options"}]}, of which `failing` is what the names of files match that cannot be had; stdout for each the addresses
// of the results by words and of those with the meaning, null where there are none, whether meta.json was loaded, and whether
// the last results lack something.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { createSearch } from "../../theme/assets/faq/client/search.js";

const { steps } = JSON.parse(await text(process.stdin));
let step = {};
let isAsked = false;
const search = createSearch((name) => {
  isAsked ||= name === "meta.json";
  if (step.failing && new RegExp(step.failing).test(name)) return Promise.reject(new Error(`503 for ${name}`));
  return readFile(`${step.index}/${name}`);
});
const addresses = (found) => found?.results.map(({ address }) => address) ?? null;
const answers = [];
for (step of steps) {
  const found = await search.search(step.query, step.options).catch(() => null);
  const understood = (await found?.understood?.catch(() => null)) ?? null;
  await new Promise((resolve) => setTimeout(resolve, 20)); // what it does about a failure
  answers.push([addresses(found), addresses(understood), isAsked, (understood ?? found)?.lacks ?? null]);
  isAsked = false;
}
process.stdout.write(JSON.stringify(answers));
