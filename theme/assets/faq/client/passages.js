// Chooses the part of an answer that says most about a query, and the wording of a question that comes nearest to it.

// characters of a passage: three lines on a phone, which is all the room that a result keeps for it
const MAX_LENGTH = 130;
const SHORT_LENGTH = 50; // characters; a passage that is shorter is shown with the sentence before it
const MIN_ROOM = 25; // characters; less room is left empty rather than filled with a part of the next sentence
// faq_builder/render/opening.py
const OPENING = /^@?\[(?:name|e-mail) removed\](?: (?:is|was) right)?\s*[,:.!;–-]+\s+/i;
const LEAD_LENGTH = 40; // characters that are kept before the first match if a sentence has to be cut

/**
 * A part of an answer, in reading order.
 *
 * @typedef {object} Part
 * @property {string} text
 * @property {"text" | "code" | "row"} kind code and rows of tables are never joined with their neighbours
 * @property {number} answer which answer of the page it belongs to
 */

/**
 * Returns the best passage of the answers as {before, text, kind, worth}, or null if they contain no word of the query.
 * `before` is the sentence before a short passage, or "". `weigh(text)` returns the weight of the query's words in a
 * text.
 *
 * @param {Part[]} parts
 */
export function bestPassage(parts, weigh, language) {
  const sentences = parts.flatMap((part) => sentencesOf(part, language).map((text) => ({ ...part, text })));
  let best = null;
  sentences.forEach((sentence, at) => {
    if (!weigh(sentence.text)) return; // a passage begins with a sentence that matches
    const isLong = sentence.text.length > MAX_LENGTH;
    const passage = isLong ? cutAroundMatch(sentence, weigh) : withNextSentences(sentences, at);
    const worth = weigh(passage.text);
    if (best && worth <= best.worth) return;
    best = { ...passage, worth, before: sentenceBefore(sentences, at, passage.text) };
  });
  return best;
}

/** Returns the wording that says more about the query than the question and all other wordings, or null. */
export function bestWording(question, wordings, weigh) {
  let best = null;
  let most = weigh(question);
  for (const wording of wordings) {
    const worth = weigh(wording);
    if (worth > most) [best, most] = [wording, worth];
  }
  return best;
}

/** Returns the sentences of a text, the lines of code, or the whole row of a table. */
function sentencesOf({ text, kind }, language) {
  if (kind === "code") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (kind !== "text" || !Intl.Segmenter) return [text];
  const sentences = new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(text);
  return [...sentences].map(({ segment }) => segment.trim()).filter(Boolean);
}

/** Returns a sentence with as many of the following ones as fit. */
function withNextSentences(sentences, at) {
  const { kind, answer, text } = sentences[at];
  let whole = kind === "text" ? text.replace(OPENING, "") : text;
  for (let next = at + 1; kind === "text" && next < sentences.length; next++) {
    const after = sentences[next];
    if (after.kind !== "text" || after.answer !== answer) break;
    const room = MAX_LENGTH - whole.length - 1;
    const part = after.text.length <= room ? after.text : room < MIN_ROOM ? "" : cutAfterWord(after.text, room);
    if (part) whole += ` ${part}`;
    if (part !== after.text) break;
  }
  return { kind, text: whole };
}

/** Returns the beginning of a text, cut after a whole word: "Take the blue one", 12 -> "Take the …". */
function cutAfterWord(text, room) {
  const end = text.lastIndexOf(" ", room - 2);
  return end < 0 ? "" : `${text.slice(0, end)} …`;
}

/** Returns the sentence before a short passage, to explain it and to fill its room; "" if there is none. */
function sentenceBefore(sentences, at, passage) {
  const last = sentences[at - 1];
  const isSameText = last?.kind === "text" && last.answer === sentences[at].answer;
  const fits = isSameText && last.text.length + passage.length < MAX_LENGTH;
  return fits && passage.length < SHORT_LENGTH ? last.text.replace(OPENING, "") : "";
}

/** Returns the part of a long sentence that begins a little before the words with the greatest weight. */
function cutAroundMatch({ text, kind }, weigh) {
  const starts = [0, ...[...text.matchAll(/\s+|\S{20}/g)].map((match) => match.index + match[0].length)];
  let best = { at: 0, worth: -1 };
  for (const at of starts) {
    const worth = weigh(text.slice(at, at + MAX_LENGTH - LEAD_LENGTH));
    if (worth >= best.worth) best = { at, worth }; // of equal parts the last one begins with a match
  }
  const from = starts.find((at) => at >= best.at - LEAD_LENGTH);
  const space = text.lastIndexOf(" ", from + MAX_LENGTH);
  const to = from + MAX_LENGTH >= text.length ? text.length : space > from + LEAD_LENGTH ? space : from + MAX_LENGTH;
  return { kind, text: `${from ? "… " : ""}${text.slice(from, to).trim()}${to < text.length ? " …" : ""}` };
}
