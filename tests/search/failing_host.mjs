// Runs searches one after the other with one client, on a host where some files fail to load. stdin: {"steps":
// [{"index", "failing", "query", "options"}]}; `failing` is a regular expression for the names of these files.
// stdout, for each step: [site paths of the results by words, site paths of the results with the meaning, whether
// meta.json was loaded, whether the last results are incomplete]; null means missing results.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { createSearch } from "../../theme/assets/faq/client/search.js";

const { steps } = JSON.parse(await text(process.stdin));
let step = {};
let isMetaLoaded = false;
const search = createSearch((name) => {
  isMetaLoaded ||= name === "meta.json";
  if (step.failing && new RegExp(step.failing).test(name)) return Promise.reject(new Error(`503 for ${name}`));
  return readFile(`${step.index}/${name}`);
});
const paths = (found) => found?.results.map(({ path }) => path) ?? null;
const answers = [];
for (step of steps) {
  const found = await search.search(step.query, step.options).catch(() => null);
  const withMeaning = (await found?.withMeaning?.catch(() => null)) ?? null;
  await new Promise((resolve) => setTimeout(resolve, 20)); // a client that retries may request files after it answered
  answers.push([paths(found), paths(withMeaning), isMetaLoaded, (withMeaning ?? found)?.isIncomplete ?? null]);
  isMetaLoaded = false;
}
process.stdout.write(JSON.stringify(answers));
