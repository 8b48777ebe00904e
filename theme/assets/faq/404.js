// Resolves /q/<id> on the page that the host shows for unknown addresses: ids are looked up in a small file.

const script = document.querySelector("script[data-faq-base]");
const base = new URL(`${script.dataset.faqBase || "."}/`.replace(/\/+$/, "/"), location.href);

/** The topic id in an address below the site's root, null where it names none. */
function topicId(address) {
  if (!address.startsWith(base.pathname)) return null;
  const match = /^q\/([a-z0-9-]{1,80})\/?(?:index\.html)?$/i.exec(address.slice(base.pathname.length));
  return match && match[1].toLowerCase(); // ids are read out and typed again
}

const id = topicId(location.pathname);
if (id) {
  const answer = await fetch(new URL(`assets/faq/ids/${id.slice(0, 2)}.json`, base));
  const slugs = answer.ok ? await answer.json() : {};
  if (Object.hasOwn(slugs, id)) location.replace(new URL(`q/${slugs[id]}/${location.hash}`, base));
}
