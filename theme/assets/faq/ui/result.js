// One result on the page of results: what it says at once, and what its page tells once it is in sight.
import { addressOfTopic, element, label, link, marked, monthName } from "./parts.js";
import { readTopic } from "./topic-page.js";

const SURE = ["decision", "written", "marked", "confirmed"]; // people chose the answer; else a program did

/** {item, result, found, passage, also, tags}: a result and the parts of it that are filled in later. */
export function resultItem(result, found) {
  const title = link("", addressOfTopic(result.address), ...marked(result.question, found));
  const flag = result.standing === "outdated" ? [" ", element("span", "faq-flag", label("outdated"))] : [];
  const question = element("h2", "faq-result__question", title, ...flag);
  const passage = element("p", "faq-result__passage", ...marked(result.passage, found));
  passage.classList.toggle("faq-result__passage--cut", isCut(result));
  const also = element("p", "faq-result__also", label("other-ways").replace("{n}", result.wordings));
  also.hidden = !result.wordings;
  const tags = element("span", "faq-result__tags");
  const how = result.chosen ? [element("span", howClass(result), label(`chosen.${result.chosen}`))] : [];
  const facts = [...factsOf(result).map((fact) => element("span", "", fact)), ...how];
  for (const part of [title, passage, also]) part.dir = "auto";
  const item = element("li", "faq-result", question, passage, also, element("p", "faq-result__facts", ...facts, tags));
  return { item, result, found, passage, also, tags };
}

/** How many asked, where and when, and whether somebody checked it since. */
function factsOf({ asked, places, month, standing }) {
  const many = asked > 1 ? [label("asked").replace("{n}", asked)] : [];
  const where = places.length > 2 ? [label("places").replace("{n}", places.length)] : places;
  const when = month ? [label(asked > 1 ? "first-asked-in" : "asked-in").replace("{date}", monthName(month))] : [];
  const checked = standing === "confirmed" ? [label("confirmed")] : [];
  return [...many, ...where, ...when, ...checked];
}

function howClass({ chosen }) {
  return SURE.includes(chosen) ? "faq-result__how" : "faq-result__how faq-result__how--guess";
}

function isCut({ passage }) {
  return /…$/.test(passage);
}

/** Reads the pages of results once they are in sight, and shows what they tell. */
export function openSight() {
  const watched = new WeakMap(); // item of the list -> what it shows
  let controller = new AbortController();
  const observer = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
      observer.unobserve(target);
      complete(watched.get(target), controller.signal);
    }
  });
  return {
    watch(shown) {
      const isWanted = isCut(shown.result) || shown.result.wordings;
      if (!isWanted || watched.has(shown.item) || navigator.connection?.saveData) return;
      watched.set(shown.item, shown);
      shown.also.classList.add("faq-result__also--kept");
      observer.observe(shown.item);
    },
    forget() {
      observer.disconnect();
      controller.abort();
      controller = new AbortController();
    },
  };
}

async function complete({ result, found, passage, also }, signal) {
  const page = await readTopic(result.address, signal).catch(() => null);
  if (!page) return;
  const best = isCut(result) ? found.passage(page.parts, document.documentElement.lang) : null;
  if (best && best.worth > found.weigh(result.passage)) {
    const pieces = marked(best.text, found);
    const before = best.before ? [...marked(best.before, found), " "] : [];
    passage.replaceChildren(...before, ...(best.kind === "code" ? [element("code", "", ...pieces)] : pieces));
  }
  const wording = result.wordings ? found.wording(result.question, page.wordings) : null;
  if (wording) also.replaceChildren(`${label("also-asked")} `, element("q", "", ...marked(wording, found)));
}
