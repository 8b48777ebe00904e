// What suggestions and the page of results share: only the newest search is shown, and nothing moves under the pointer.
import { config } from "./config.js";

const PAUSE = 90; // milliseconds without a key press before a search begins
// milliseconds that results by words wait for the meaning, so that none moves, unless somebody types
const MEANING_WAIT = 1000;
const MAX_QUESTION_CHARACTERS = 1000; // the rest is not searched
const LANGUAGES = [document.documentElement.lang || navigator.languages].flat(); // that of the page, else the visitor's
const missReporter =
  config.misses && import("./misses.js").then(({ reportMisses }) => reportMisses(config.misses), () => null);

/**
 * Returns `run(text, options)`, which searches and calls `show(text, found, signal)`, or `fail(text)`, for the newest
 * search only. While somebody types, `show` is called with the results by words at once, and again with the meaning.
 *
 * A new search aborts the previous one only after requesting its own files, so a file that both need is not aborted.
 */
export function newestSearch(search, show, fail) {
  let current = null;
  const run = (text, options) => {
    const previous = current;
    const mine = (current = new AbortController());
    const isNewest = () => mine === current;
    const showIfNewest = (found) => isNewest() && show(text, found, mine.signal);
    const failIfNewest = () => isNewest() && fail(text);
    const isUnfiltered = text && !Object.keys(options.filters ?? {}).length; // what filters leave out is not missing
    const finish = (found) => {
      showIfNewest(found);
      if (isNewest() && isUnfiltered && !found.isIncomplete) reportTotal(text, found.isSure ? found.total : 0);
    };
    search.search(text, { ...options, language: LANGUAGES, signal: mine.signal }).then(async (found) => {
      if (!found.withMeaning) return finish(found);
      const whole = options.typing ? null : await resolvedSoon(found.withMeaning);
      if (whole) return finish(whole);
      const isShown = found.total || found.waiting.length;
      if (isShown) showIfNewest(found);
      found.withMeaning.then(finish, () => isShown || failIfNewest());
    }, failIfNewest);
    setTimeout(() => previous?.abort());
  };
  /** Aborts the newest search. */
  run.stop = () => {
    current?.abort();
    current = null;
  };
  return run;
}

/** Reports the final number of results of a search, for companies that want to know what is not found. */
function reportTotal(text, total) {
  missReporter?.then((report) => report?.(text, total));
}

/** Returns what a promise resolves to, or undefined or null if it takes longer than MEANING_WAIT or fails. */
function resolvedSoon(promise) {
  const late = new Promise((resolve) => setTimeout(resolve, MEANING_WAIT));
  return Promise.race([promise.catch(() => null), late]);
}

/**
 * Returns the new results, but while somebody points at or has chosen a result, the ones that are shown stay on top.
 */
export function keepInPlace(shown, results, isHeld) {
  if (!isHeld || !shown.length) return results;
  const kept = shown.map((old) => results.find(({ path }) => path === old.path) ?? old);
  return [...kept, ...results.filter(({ path }) => !kept.some((old) => old.path === path))];
}

/**
 * Returns the items of answers with an item for each open question, made by `create`, below the answers that are as
 * strong.
 */
export function withWaiting(items, found, create) {
  const made = [...items];
  for (const one of found.waiting.toReversed()) made.splice(Math.min(one.above, items.length), 0, create(one, found));
  return made;
}

/** Replaces the children of an element; a child that is in its place is not touched, so that it keeps the focus. */
export function setChildren(parent, children) {
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

/**
 * Returns a function that calls `search` once nobody has typed for a while. With the first key press after a pause it
 * calls `preload`, so that files arrive in the meantime; not with each key press, as words in between need no files.
 */
export function searchAfterPause(search, preload) {
  let timer = null;
  const schedule = () => {
    if (!timer) preload().catch(() => {}); // the search itself reports failures
    clearTimeout(timer);
    timer = setTimeout(schedule.now, PAUSE);
  };
  schedule.stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  schedule.now = () => {
    schedule.stop();
    search();
  };
  return schedule;
}

/** Returns the text in a search box, "" if it is blank. */
export function typedText(input) {
  return input.value.trim() && input.value.slice(0, MAX_QUESTION_CHARACTERS);
}
