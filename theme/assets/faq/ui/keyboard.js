// The keyboard on the page of results: arrows lead from the box to the first result and on to the next, Esc leads back.

const STOPS = ".faq-result__question a, .faq-results__more";

/** `place` holds results as they come and go. The focus moves, so that Enter, Tab and screen readers do what they always do. */
export function walkable(input, place) {
  const inSight = (stop) => stop.getClientRects().length > 0;
  const walk = (event, by) => {
    const stops = [input, ...place.querySelectorAll(STOPS)].filter(inSight);
    const at = stops.indexOf(event.target);
    const next = at < 0 ? null : stops[at + by];
    if (!next) return;
    event.preventDefault(); // else the page would scroll, too
    next.focus();
    next.closest("li")?.scrollIntoView({ block: "nearest" });
  };
  const leave = ({ target }) => {
    if (target !== input) return input.focus();
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowDown") walk(event, 1);
    else if (event.key === "ArrowUp") walk(event, -1);
    else if (event.key === "Escape") leave(event);
  };
  input.addEventListener("keydown", press);
  place.addEventListener("keydown", press);
}
