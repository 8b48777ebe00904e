// The review page: shows the question of the session, and sends what a person presses. All texts of threads reach the
// page as text only (textContent).

/**
 * @typedef {object} Passage
 * @property {number | null} number the key that chooses it
 * @property {string} head
 * @property {string} title
 * @property {string} text
 * @property {string | null} url of the original
 *
 * @typedef {{by: string, choice: string, words: string, why: string}} Proposal
 *
 * @typedef {object} Question
 * @property {string} id
 * @property {string} kind
 * @property {string} question
 * @property {string} origin
 * @property {Passage[]} texts
 * @property {[string, boolean][][]} titles the words of each title, and whether only this title has the word
 * @property {{key: string, words: string}[]} choices
 * @property {string[]} skipped_by
 * @property {Proposal[]} proposed
 * @property {string} benefit
 * @property {boolean} compares whether the numbers say which topics ask the same
 * @property {string | null} decided the verdict that was given before
 * @property {string | null} setting the line for mkdocs.yml, for tags
 *
 * @typedef {object} State
 * @property {string} reviewer
 * @property {number} left
 * @property {number} minutes
 * @property {number} decided
 * @property {number} steps
 * @property {Question | null} question
 * @property {string[]} [problems]
 */

const MOST_OPENED = 2; // originals that one key opens

/** What the page shows now. */
const page = {
  /** @type {State | null} */ state: null,
  /** @type {Set<string>} */ selected: new Set(), // numbers of the topics that ask the same
  isSending: false,
};

document.addEventListener("keydown", onKey);
send("state");

/** Asks the server for something and shows the state that it answers. @param {string} action @param {object} [body] */
async function send(action, body) {
  if (page.isSending) return;
  page.isSending = true;
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(action, options || {});
    if (answer.ok) show(await answer.json());
    else notice("The page is too old for this. Reload it.");
  } catch {
    notice("faq review does not run any more. Start it again in the terminal.");
  } finally {
    page.isSending = false;
  }
}

/** Shows a state. @param {State} state */
function show(state) {
  const before = page.state?.question?.id;
  page.state = state;
  const { question } = state;
  byId("progress").textContent = `${state.left} left, about ${state.minutes} min · ${state.decided} decided · `
    + `written into the file of ${state.reviewer}`;
  notice((state.problems || []).join(" "));
  if (!question || question.id !== before) {
    page.selected = new Set(question?.texts.flatMap((text) => (text.number ? [String(text.number)] : [])));
    /** @type {HTMLInputElement} */ (byId("why")).value = "";
  }
  byId("question").textContent = question ? question.question : "Nothing is left. You can close this page.";
  byId("facts").textContent = question ? facts(question).join(" · ") : "";
  byId("passages").replaceChildren(...(question ? question.texts.map((text, n) => article(question, text, n)) : []));
  byId("setting").textContent = question?.setting ? `If so, write into mkdocs.yml, under faq: and tags: ${question.setting}` : "";
  byId("origin").textContent = question?.origin || "";
  byId("why-label").hidden = !question;
  byId("choices").replaceChildren(...buttons(state));
  if (before && question?.id !== before) {
    byId("question").focus();
    scrollTo(0, 0);
  }
}

/** Returns what to know beside the texts. @param {Question} question */
function facts(question) {
  const parts = [question.kind, question.benefit];
  if (question.decided) parts.push(`You decided: ${question.decided}. A new verdict replaces that.`);
  if (question.skipped_by.length) parts.push(`Skipped by ${question.skipped_by.join(", ")}.`);
  for (const { by, words, why } of question.proposed) parts.push(`A program (${by}) proposes: ${words}, because: ${why}`);
  return parts;
}

/** Returns the box of one text. @param {Question} question @param {Passage} passage @param {number} at */
function article(question, passage, at) {
  const key = String(passage.number);
  const isOut = question.compares && !page.selected.has(key);
  const box = element("article", isOut ? "out" : "");
  const head = element("p", "head", ...(passage.number ? [element("kbd", "", key), " "] : []), passage.head);
  const title = element("h2", "", ...question.titles[at].flatMap(([word, differs]) => [
    differs ? element("mark", "", word) : word, " ",
  ]));
  const text = element("div", "text", passage.text);
  text.tabIndex = 0;
  box.append(head, ...(passage.title ? [title] : []), ...(passage.text ? [text] : []));
  if (passage.number && question.compares) {
    const taken = button("", isOut ? "not the same; take it in" : "one of the same; take it out", () => toggle(key));
    taken.setAttribute("aria-pressed", String(!isOut));
    box.append(taken, " ");
  } else if (passage.number && question.choices.some((choice) => choice.key === key)) {
    box.append(button("verdict", "this reply", () => press(key)), " ");
  }
  if (passage.url) {
    const original = /** @type {HTMLAnchorElement} */ (element("a", "", "original"));
    original.href = passage.url;
    original.target = "_blank";
    original.rel = "noopener noreferrer";
    box.append(original);
  }
  return box;
}

/** Returns the buttons below the texts. @param {State} state */
function buttons({ question, steps }) {
  const undo = withKey("", "u", "take back", () => press("u"));
  undo.disabled = steps === 0;
  if (!question) return [undo];
  const numbered = new Set(question.texts.map((text) => String(text.number)));
  const own = question.choices.filter(({ key }) => !numbered.has(key));
  return [
    ...question.proposed.slice(0, 1).map(({ words }) => withKey("verdict", "y", `approve: ${words}`, () => press("y"))),
    ...own.map(({ key, words }) => withKey("verdict", key, words, () => press(key))),
    withKey("", "n", "skip", () => press("n")),
    withKey("", "b", "back", () => press("b")),
    undo,
  ];
}

/** Carries out a key. @param {string} key */
function press(key) {
  const question = page.state?.question;
  if (key === "u") send("undo", {});
  else if (key === "b") send("back", {});
  else if (!question) return;
  else if (key === "n") send("skip", { id: question.id });
  else if (key === "o") openOriginals(question);
  else if (key === "r") byId("why").focus();
  else if (key === "?") toggleHelp();
  else if (question.compares && /^[1-9]$/.test(key)) toggle(key);
  else decide(question, key);
}

/** Sends a verdict, if the question has this choice. @param {Question} question @param {string} key */
function decide(question, key) {
  const isApproval = key === "y" && question.proposed.length > 0;
  if (!isApproval && !question.choices.some((choice) => choice.key === key)) return;
  const numbers = question.texts.filter((text) => text.number).length;
  const isSome = question.compares && key === "s" && page.selected.size < numbers;
  if (isSome && page.selected.size < 2) {
    notice("At least two have to be the same. If none are, press a.");
    return;
  }
  const choice = isSome ? [...page.selected].sort().join("") : key;
  const why = /** @type {HTMLInputElement} */ (byId("why")).value;
  send("verdict", { id: question.id, choice, why, instead: question.decided !== null });
}

/** Takes a topic out of those that ask the same, or in again. @param {string} key */
function toggle(key) {
  const state = page.state;
  if (!state?.question?.texts.some((text) => String(text.number) === key)) return;
  if (!page.selected.delete(key)) page.selected.add(key);
  const { question } = state;
  const hadFocus = byId("passages").contains(document.activeElement);
  byId("passages").replaceChildren(...question.texts.map((text, n) => article(question, text, n)));
  const at = question.texts.findIndex((text) => String(text.number) === key);
  if (hadFocus) byId("passages").querySelectorAll("article")[at].querySelector("button")?.focus();
}

/** Opens the originals of a question in new tabs. @param {Question} question */
function openOriginals({ kind, texts }) {
  const urls = new Set((kind === "answer" ? texts.slice(0, 1) : texts).flatMap((text) => text.url || []));
  for (const url of [...urls].slice(0, MOST_OPENED)) open(url, "_blank", "noopener,noreferrer");
}

/** Opens or closes the explanation. */
function toggleHelp() {
  const help = /** @type {HTMLDetailsElement} */ (byId("help"));
  help.open = !help.open;
}

/** Handles a key of the keyboard; not while the person writes a reason. @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.id === "why") {
    if (event.key === "Escape" || event.key === "Enter") target.blur();
    return;
  }
  if (event.key.length !== 1 || event.key === " ") return;
  if (event.key === "r") event.preventDefault(); // it would be typed into the reason
  press(event.key.toLowerCase());
}

/** Shows what went wrong, or nothing. @param {string} text */
function notice(text) {
  byId("notices").textContent = text;
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** Returns an element with children. @param {string} name @param {string} className @param {...(Node | string)} children */
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @param {string} className @param {string} words @param {() => void} run @returns {HTMLButtonElement} */
function button(className, words, run) {
  const made = /** @type {HTMLButtonElement} */ (element("button", className, words));
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}

/** Returns a button that names its key. @param {string} className @param {string} key @param {string} words @param {() => void} run */
function withKey(className, key, words, run) {
  const made = button(className, "", run);
  made.append(element("kbd", "", key), ` ${words}`);
  return made;
}
