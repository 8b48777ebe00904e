// A result card on the page of results: what it shows at once, and what its page adds once the card is in sight.
import { discussionUrl, topicUrl } from "./config.js";
import { element, highlighted, link } from "./elements.js";
import { label, monthName, waitingInWords } from "./labels.js";
import { readTopic } from "./topic-page.js";

const CHOSEN_BY_PEOPLE = ["decision", "written", "marked", "confirmed"]; // other answers were chosen by a program

/**
 * Returns {item, result, found, passage, also, tags}: the card of a result, and the elements that are filled in
 * later.
 */
export function createResultCard(result, found) {
  const title = link("", topicUrl(result.path), ...highlighted(result.question, found));
  const flag = result.standing === "outdated" ? [" ", element("span", "faq-flag", label("outdated"))] : [];
  const question = element("h2", "faq-result__question", title, ...flag);
  const passage = element("p", "faq-result__passage", ...highlighted(result.passage, found));
  passage.classList.toggle("faq-result__passage--cut", isCut(result));
  const also = element("p", "faq-result__also", label("other-ways").replace("{n}", result.wordings));
  also.hidden = !result.wordings;
  const tags = element("span", "faq-result__tags");
  const reason = result.chosen ? [element("span", reasonClass(result), label(`chosen.${result.chosen}`))] : [];
  const facts = [...factTexts(result).map((fact) => element("span", "", fact)), ...reason];
  for (const part of [title, passage, also]) part.dir = "auto";
  const likely = likelyLines(result, "same-question");
  const place = element("p", "faq-result__facts", ...facts, tags);
  const item = element("li", "faq-result", question, passage, also, ...likely, place);
  return { item, result, found, passage, also, tags };
}

/** Returns the item of an open question: it leads to the discussion, and says in words that it is not answered. */
export function createWaitingCard(waiting, found) {
  const title = link("", discussionUrl(waiting.url), ...highlighted(waiting.question, found));
  title.rel = "noopener";
  title.dir = "auto";
  const flag = element("p", "faq-result__waiting", waitingInWords(waiting));
  const facts = factTexts({ ...waiting, standing: "" }).map((fact) => element("span", "", fact));
  const question = element("h2", "faq-result__question", title);
  const likely = likelyLines(waiting, "probably-answered");
  return element("li", "faq-result", question, flag, ...likely, element("p", "faq-result__facts", ...facts));
}

/** Returns a line for each topic that probably asks the same, which says who thinks so. */
function likelyLines({ likely, places }, heading) {
  return likely.map(({ question, path, because }) => {
    const other = link("", topicUrl(path), question);
    other.dir = "auto";
    const why = label(`likely.${because}`).replace("{place}", () => places[0] ?? "");
    return element("p", "faq-result__likely", `${label(heading)} `, other, " ", element("small", "", why));
  });
}

/** Returns how many people asked, where and when, and whether staff checked the answer since. */
function factTexts({ asked, places, month, standing }) {
  const often = asked > 1 ? [label("asked").replace("{n}", asked)] : [];
  const where = places.length > 2 ? [label("places").replace("{n}", places.length)] : places;
  const when = month ? [label(asked > 1 ? "first-asked-in" : "asked-in").replace("{date}", monthName(month))] : [];
  const checked = standing === "confirmed" ? [label("confirmed")] : [];
  return [...often, ...where, ...when, ...checked];
}

function reasonClass({ chosen }) {
  return CHOSEN_BY_PEOPLE.includes(chosen) ? "faq-result__how" : "faq-result__how faq-result__how--guess";
}

function isCut({ passage }) {
  return /…$/.test(passage);
}

/** Returns `watch(card)`, which completes a card from its page once it is in sight, and `forgetAll()`. */
export function createCardCompleter() {
  const cards = new WeakMap(); // item of the list -> its card
  let controller = new AbortController();
  const observer = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
      observer.unobserve(target);
      completeCard(cards.get(target), controller.signal);
    }
  });
  return {
    watch(card) {
      const hasMore = isCut(card.result) || card.result.wordings;
      if (!hasMore || cards.has(card.item) || navigator.connection?.saveData) return;
      cards.set(card.item, card);
      card.also.classList.add("faq-result__also--kept");
      observer.observe(card.item);
    },
    forgetAll() {
      observer.disconnect();
      controller.abort();
      controller = new AbortController();
    },
  };
}

/**
 * Shows a better passage of the answer, and the wording that comes nearest to the query, if the topic's page has
 * them.
 */
async function completeCard({ result, found, passage, also }, signal) {
  const page = await readTopic(result.path, signal).catch(() => null);
  if (!page) return;
  const best = isCut(result) ? found.passage(page.parts, document.documentElement.lang) : null;
  if (best && best.worth > found.weigh(result.passage)) {
    const nodes = highlighted(best.text, found);
    const before = best.before ? [...highlighted(best.before, found), " "] : [];
    passage.replaceChildren(...before, ...(best.kind === "code" ? [element("code", "", ...nodes)] : nodes));
  }
  const wording = result.wordings ? found.wording(result.question, page.wordings) : null;
  if (wording) also.replaceChildren(`${label("also-asked")} `, element("q", "", ...highlighted(wording, found)));
}
