// What the suggestions and the page of results have in common: only the newest search counts, and nothing jumps.
import { settled } from "./parts.js";

const PAUSE = 90; // milliseconds without a key before a search
const HOLD = 1000; // milliseconds that results wait for the meaning where nobody types, so that none of them moves
const LONGEST = 1000; // characters of a question
const LANGUAGE = [document.documentElement.lang || navigator.languages].flat(); // of the page, else of the visitor

/**
 * Only the newest search is shown; the one before is cancelled once this one has taken over what both wait for. While one
 * types, results by words are shown at once and, when the meaning arrives, again with it.
 */
export function newest(search, show, fail) {
  let current = null;
  const run = (text, options) => {
    const previous = current;
    const mine = (current = new AbortController());
    const shown = (found) => mine === current && show(text, found, mine.signal);
    const isWhole = text && !Object.keys(options.filters ?? {}).length; // what filters leave out is no miss
    const failed = () => mine === current && fail(text);
    const last = (found) => {
      shown(found);
      if (mine === current && isWhole && !found.lacks) settled(text, found.sure ? found.total : 0); // what is only near was not found
    };
    search.search(text, { ...options, language: LANGUAGE, signal: mine.signal }).then(
      async (found) => {
        if (!found.understood) return last(found);
        const whole = options.typing ? null : await Promise.race([found.understood.catch(() => null), pause(HOLD)]);
        if (whole) return last(whole);
        if (found.total) shown(found);
        found.understood.then(last, () => found.total || failed());
      },
      failed,
    );
    setTimeout(() => previous?.abort());
  };
  run.stop = () => {
    current?.abort();
    current = null;
  };
  return run;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What was shown stays where it is while somebody points at it or chose one of it; the rest follows below. */
export function steady(shown, wanted, isHeld) {
  if (!isHeld || !shown.length) return wanted;
  const kept = shown.map((old) => wanted.find(({ address }) => address === old.address) ?? old);
  return [...kept, ...wanted.filter(({ address }) => !kept.some((old) => old.address === address))];
}

/** Makes these the children; one that is in its place is not touched, so that it keeps the focus. */
export function arrange(parent, children) {
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

/**
 * Calls once nobody has typed for a while, and `ahead` with the first key after a rest: what it loads comes in that time. Not
 * with each key: who types fast needs nothing for the words in between.
 */
export function later(call, ahead) {
  let timer = null;
  const wait = () => {
    if (!timer) ahead().catch(() => {}); // the search itself reports failures
    clearTimeout(timer);
    timer = setTimeout(wait.now, PAUSE);
  };
  wait.stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  wait.now = () => {
    wait.stop();
    call();
  };
  return wait;
}

export function typed(input) {
  return input.value.trim() && input.value.slice(0, LONGEST);
}
