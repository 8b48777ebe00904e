// Elements of which suggestions and results are built. Texts of the index and of visitors reach the page as text only
// (textContent).
import { label } from "./labels.js";

/** Returns an element with the children, which are nodes or strings. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Sets all these attributes of an element. */
export function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}

/** Returns a link. */
export function link(className, url, ...children) {
  const made = element("a", className, ...children);
  made.href = url;
  return made;
}

/** Returns an empty line whose changes screen readers announce. */
export function statusLine() {
  const status = element("p", "faq-status");
  status.setAttribute("role", "status");
  return status;
}

/** Returns the nodes of a text in which the words of the query are marked. */
export function highlighted(text, found) {
  return found.highlight(text).map((piece) => (piece.hit ? element("mark", "", piece.text) : piece.text));
}

/** Returns how often and where a topic was asked, on one line: "asked 3 times · Widget forum +1". */
export function factsLine({ asked, places, standing }, className) {
  const where = places.length > 1 ? [`${places[0]} +${places.length - 1}`] : places;
  const parts = asked > 1 ? [label("asked").replace("{n}", asked), ...where] : where;
  const flag = standing === "outdated" ? [element("span", "faq-flag", label("outdated"))] : [];
  return element("span", className, ...flag, parts.join(" · "));
}
