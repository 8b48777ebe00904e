// Which part of an answer says most about a query, and which wording of a question comes nearest to it.

const LENGTH = 130; // characters of a passage: three lines of a phone, and no more room is kept for it
const SHORT = 50; // characters, below which what stands before is shown, too
const ROOM = 25; // characters, from which on a part of the next sentence fills them
const OPENING = /^@?\[(?:name|e-mail) removed\](?: (?:is|was) right)?\s*[,:.!;–-]+\s+/i; // as in faq_builder/render/opening.py
const LEAD = 40; // characters before the first match in a sentence that has to be cut

/**
 * {before, text, kind} of the best part of the answers, or null where no word of the query stands in them. `parts` are [{text,
 * kind, answer}] in reading order; of kind "text" neighbours are joined, "code" and "row" stand alone, but for what is said
 * `before` them where they are short. `weigh(text)` says what the words of the query in it are worth.
 */
export function bestPassage(parts, weigh, language) {
  const sentences = parts.flatMap((part) => split(part, language).map((text) => ({ ...part, text })));
  let best = null;
  sentences.forEach((sentence, at) => {
    if (!weigh(sentence.text)) return; // a passage begins with what it is shown for
    const passage = sentence.text.length > LENGTH ? cut(sentence, weigh) : joined(sentences, at);
    const worth = weigh(passage.text);
    if (!best || worth > best.worth) best = { ...passage, worth, before: before(sentences, at, passage.text) };
  });
  return best;
}

/** The wording that says more about the query than the question does, or null. */
export function bestWording(question, wordings, weigh) {
  let [best, most] = [null, weigh(question)];
  for (const wording of wordings) {
    const worth = weigh(wording);
    if (worth > most) [best, most] = [wording, worth];
  }
  return best;
}

function split({ text, kind }, language) {
  if (kind === "code") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (kind !== "text" || !Intl.Segmenter) return [text];
  const sentences = new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(text);
  return [...sentences].map(({ segment }) => segment.trim()).filter(Boolean);
}

function joined(sentences, at) {
  const { kind, answer, text } = sentences[at];
  let whole = kind === "text" ? text.replace(OPENING, "") : text;
  for (let next = at + 1; kind === "text" && next < sentences.length; next++) {
    const after = sentences[next];
    if (after.kind !== "text" || after.answer !== answer) break;
    const room = LENGTH - whole.length - 1;
    const part = after.text.length <= room ? after.text : room < ROOM ? "" : beginning(after.text, room);
    if (part) whole += ` ${part}`;
    if (part !== after.text) break;
  }
  return { kind, text: whole };
}

/** Up to a word's end. */
function beginning(text, room) {
  const end = text.lastIndexOf(" ", room - 2);
  return end < 0 ? "" : `${text.slice(0, end)} …`;
}

/** The sentence before a short passage, so that it is understood and its room is not left blank; "" where there is none. */
function before(sentences, at, passage) {
  const last = sentences[at - 1];
  const fits = last?.kind === "text" && last.answer === sentences[at].answer && last.text.length + passage.length < LENGTH;
  return fits && passage.length < SHORT ? last.text.replace(OPENING, "") : "";
}

/** A long sentence from a little before the words that are worth most. */
function cut({ text, kind }, weigh) {
  const starts = [0, ...[...text.matchAll(/\s+|\S{20}/g)].map((match) => match.index + match[0].length)];
  let best = { at: 0, worth: -1 };
  for (const at of starts) {
    const worth = weigh(text.slice(at, at + LENGTH - LEAD));
    if (worth >= best.worth) best = { at, worth }; // the last of equals begins with a match
  }
  const from = starts.find((at) => at >= best.at - LEAD);
  const space = text.lastIndexOf(" ", from + LENGTH);
  const to = from + LENGTH >= text.length ? text.length : space > from + LEAD ? space : from + LENGTH;
  return { kind, text: `${from ? "… " : ""}${text.slice(from, to).trim()}${to < text.length ? " …" : ""}` };
}
