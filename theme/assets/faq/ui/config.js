// What the page tells the search: where the site is, and what the company configured.
//
// The page may contain <script type="application/json" id="faq-config"> with {ask: [{name, url}], contact, misses,
// labels}. In the URLs `{question}` is replaced by what was asked. Every label can be replaced.

/** The root of the site, at any path of its host. */
export const ROOT = new URL(import.meta.url.replace(/assets\/faq\/[^?#]*$/, ""));

/** The configuration of the page; without it, all settings are missing. */
export const config = JSON.parse(document.getElementById("faq-config")?.textContent || "{}");

/** Returns the URL of a topic's page, given its site path; the site's root if the path points to another origin. */
export function topicUrl(path) {
  const url = new URL(path, ROOT);
  return url.origin === ROOT.origin ? url : ROOT;
}

/** Returns the URL of an open question's discussion; the list of open questions if it is none of the web. */
export function discussionUrl(address) {
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  return isWeb ? new URL(address) : new URL("open/", ROOT);
}
