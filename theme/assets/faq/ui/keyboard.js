// The keyboard on the page of results: arrows move from the search box to the first result and on, Esc returns to the
// box.

const STOPS = ".faq-result__question a, .faq-results__more";

/**
 * Lets the arrow keys move the focus between the search box and the links in `place`, and Esc move it back. As the
 * focus itself moves, Enter, Tab and screen readers work as always.
 */
export function enableArrowKeys(input, place) {
  const isVisible = (stop) => stop.getClientRects().length > 0;
  const moveFocus = (event, by) => {
    const stops = [input, ...place.querySelectorAll(STOPS)].filter(isVisible);
    const at = stops.indexOf(event.target);
    const next = at < 0 ? null : stops[at + by];
    if (!next) return;
    event.preventDefault(); // the page would scroll, too
    next.focus();
    next.closest("li")?.scrollIntoView({ block: "nearest" });
  };
  const returnOrClear = ({ target }) => {
    if (target !== input) return input.focus();
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const handleKey = (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowDown") moveFocus(event, 1);
    else if (event.key === "ArrowUp") moveFocus(event, -1);
    else if (event.key === "Escape") returnOrClear(event);
  };
  input.addEventListener("keydown", handleKey);
  place.addEventListener("keydown", handleKey);
}
