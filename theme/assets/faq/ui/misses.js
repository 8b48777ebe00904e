// Reports searches without results, without tracking: it sends what was searched for and how many results there were,
// nothing else, to the URL that the company chose (`misses` in mkdocs.yml). Without that setting this file is not
// even loaded.

const MAX_CHARACTERS = 150; // a longer text was pasted, and may say anything
const OPTION = ".faq-suggest__option";

// Whatever may be about a person. The whole text is withheld, as the words around an e-mail address may be as private.
const PRIVATE = [
  /@|＠/u, // e-mail addresses, names of accounts
  /\bat\b.*\b(?:dot|punkt|point)\b|[[({]\s*at\s*[\])}]|_at_|\bat\s+[\w-]+\.[a-z]{2,}\b/iu, // disguised e-mail addresses
  /:\/\/|\bwww\.|[\w-]\.[a-z]{2,}\//iu, // URLs
  /\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){5,}/u, // six digits in a row, however they are grouped: telephone, card, order
  /\b[a-z]{2}\p{Nd}{2}(?: ?[a-z\p{Nd}]{4}){2,}/iu, // IBAN
  /\b\p{Nd}{1,3}(?:\.\p{Nd}{1,3}){3}\b|(?:[\da-f]{1,4}:){3}|\b[\da-f]{3,4}::[\da-f]/iu, // IP addresses
  /(?:[\da-f]{2}[:-]){5}[\da-f]{2}/iu, // hardware addresses
  /[\w+/=-]{24,}|\b(?:sk|pk|gh[pousr]|glpat|xox[abp])[_-]\w{4,}/iu, // keys and tokens
  /\b(?:password|passwort|passwd|pin|secret|token|kennwort)\b\W+(?=\S*\p{Nd})\S+/iu, // passwords, if named as such
];
const HEXADECIMAL = /\b0x[\da-f]{1,8}\b/giu; // error codes, which people search for, are not private

/** Returns a text as it may be sent to the company, or null if it has to stay in the browser. */
export function sendableText(text) {
  const plain = text.normalize("NFKC").trim().replace(/\s+/gu, " ");
  const checked = plain.replace(HEXADECIMAL, "");
  const isPrivate = PRIVATE.some((pattern) => pattern.test(checked));
  return plain && plain.length <= MAX_CHARACTERS && !isPrivate ? plain : null;
}

/**
 * Returns `report(text, total)`, to be called with the number of results of each search. A total is sent to the
 * endpoint once somebody has read the results: on the page of results when they are shown, under a search box when
 * the box is left without a choice. Each text is sent once. If the browser asks not to be tracked, nothing is sent.
 */
export function reportMisses(endpoint) {
  const url = new URL(endpoint, location.href);
  if (navigator.doNotTrack === "1" || navigator.globalPrivacyControl || !isSafe(url)) return () => {};
  const sent = new Set();
  let last = null;
  let isSubmitted = false;
  const forget = () => (last = null);
  const sendLast = () => {
    const query = last && sendableText(last.text);
    if (query && !sent.has(query)) postRecord(url, { query, results: last.total });
    if (query) sent.add(query);
    forget();
  };
  addEventListener("pagehide", sendLast);
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const form = target.closest?.("form.faq-search");
    if (form && !form.contains(relatedTarget)) sendLast();
  });
  document.addEventListener("click", ({ target }) => target.closest?.(OPTION) && forget(), { capture: true });
  document.addEventListener("submit", ({ defaultPrevented }) => {
    forget(); // the page of results, which opens next, reports it
    isSubmitted = defaultPrevented; // this is the page of results
  });
  return (text, total) => {
    last = { text, total };
    const isBoxLeft = !document.activeElement?.closest("form.faq-search");
    if (isSubmitted || (isBoxLeft && !isRepeatedVisit())) sendLast();
    isSubmitted = false;
  };
}

function isSafe(url) {
  return url.protocol === "https:" || url.origin === location.origin;
}

/** Returns whether the page was reloaded or returned to, which does not count as a new search. */
function isRepeatedVisit() {
  return performance.getEntriesByType("navigation").some(({ type }) => type === "back_forward" || type === "reload");
}

/** Sends a record without cookies and referrer, and reads no answer; it is sent even if the page is left. */
function postRecord(url, record) {
  const body = JSON.stringify(record);
  const privacy = { mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
  fetch(url, { method: "POST", body, keepalive: true, ...privacy }).catch(() => {}); // a lost record does no harm
}
