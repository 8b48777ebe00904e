// Learning from misses, without tracking: sends what was searched for and how many results there were, nothing else, to
// the address that the company chose (`misses` in mkdocs.yml). Without that setting this file is not even loaded.

const LONGEST = 150; // characters; what is longer was pasted, and may say anything
const OPTION = ".faq-suggest__option";

// Whatever may be about somebody. The whole text is kept back, as what stands beside an address may be as private as it.
const PRIVATE = [
  /@|＠/u, // mail addresses, names of accounts
  /\bat\b.*\b(?:dot|punkt|point)\b|[[({]\s*at\s*[\])}]|_at_|\bat\s+[\w-]+\.[a-z]{2,}\b/iu, // mail addresses in disguise
  /:\/\/|\bwww\.|[\w-]\.[a-z]{2,}\//iu, // addresses of pages
  /\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){5,}/u, // six digits in a row, however they are grouped: telephone, card, order
  /\b[a-z]{2}\p{Nd}{2}(?: ?[a-z\p{Nd}]{4}){2,}/iu, // IBAN
  /\b\p{Nd}{1,3}(?:\.\p{Nd}{1,3}){3}\b|(?:[\da-f]{1,4}:){3}|\b[\da-f]{3,4}::[\da-f]/iu, // internet addresses
  /(?:[\da-f]{2}[:-]){5}[\da-f]{2}/iu, // hardware addresses
  /[\w+/=-]{24,}|\b(?:sk|pk|gh[pousr]|glpat|xox[abp])[_-]\w{4,}/iu, // keys and tokens
  /\b(?:password|passwort|passwd|pin|secret|token|kennwort)\b\W+(?=\S*\p{Nd})\S+/iu, // and what may be one
];
const HEXADECIMAL = /\b0x[\da-f]{1,8}\b/giu; // error codes are what people search for

/** The text as it may be sent, or null where it has to stay in the browser. */
export function harmless(text) {
  const plain = text.normalize("NFKC").trim().replace(/\s+/gu, " ");
  const checked = plain.replace(HEXADECIMAL, "");
  return plain && plain.length <= LONGEST && !PRIVATE.some((what) => what.test(checked)) ? plain : null;
}

/**
 * `settled(text, total)` is to be called with the results of each search, and gives them to the endpoint once somebody
 * read them: those of the page of results when they are shown, those under a box when the box is left without a choice,
 * each text once. Where the browser asks not to be tracked nothing is sent.
 */
export function watchMisses(endpoint) {
  const address = new URL(endpoint, location.href);
  if (navigator.doNotTrack === "1" || navigator.globalPrivacyControl || !isOurs(address)) return () => {};
  const sent = new Set();
  let last = null;
  let isAsked = false;
  const drop = () => (last = null);
  const flush = () => {
    const query = last && harmless(last.text);
    if (query && !sent.has(query)) post(address, { query, results: last.total });
    if (query) sent.add(query);
    drop();
  };
  addEventListener("pagehide", flush);
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const form = target.closest?.("form.faq-search");
    if (form && !form.contains(relatedTarget)) flush();
  });
  document.addEventListener("click", ({ target }) => target.closest?.(OPTION) && drop(), { capture: true });
  document.addEventListener("submit", ({ defaultPrevented }) => {
    drop(); // the page of results, where it leads, tells
    isAsked = defaultPrevented; // this is that page
  });
  return (text, total) => {
    last = { text, total };
    const isLeft = !document.activeElement?.closest("form.faq-search");
    if (isAsked || (isLeft && !isSeenAgain())) flush();
    isAsked = false;
  };
}

function isOurs(address) {
  return address.protocol === "https:" || address.origin === location.origin;
}

/** Whoever comes back from an answer, or loads the page again, does not ask again. */
function isSeenAgain() {
  return performance.getEntriesByType("navigation").some(({ type }) => type === "back_forward" || type === "reload");
}

/** No cookies, no referrer, no answer is read; it arrives although the page is left. */
function post(address, record) {
  const body = JSON.stringify(record);
  const quiet = { mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
  fetch(address, { method: "POST", body, keepalive: true, ...quiet }).catch(() => {}); // a lost one is no loss
}
