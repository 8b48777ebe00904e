// Redirects /q/<id> to the page of the topic, on the page that the host shows for unknown URLs. The slugs of ids are in
// small files, by the first two characters of the id.

const script = document.querySelector("script[data-faq-base]");
const base = new URL(`${script.dataset.faqBase || "."}/`.replace(/\/+$/, "/"), location.href);

/**
 * Returns the topic id in the path of a URL: "/faq/q/AB12" -> "ab12" if the site is at /faq/; null if there is none.
 */
function topicId(path) {
  if (!path.startsWith(base.pathname)) return null;
  const match = /^q\/([a-z0-9-]{1,80})\/?(?:index\.html)?$/i.exec(path.slice(base.pathname.length));
  return match && match[1].toLowerCase(); // people read ids out and type them in any case
}

const id = topicId(location.pathname);
if (id) {
  const response = await fetch(new URL(`assets/faq/ids/${id.slice(0, 2)}.json`, base));
  const slugs = response.ok ? await response.json() : {};
  if (Object.hasOwn(slugs, id)) location.replace(new URL(`q/${slugs[id]}/${location.hash}`, base));
}
