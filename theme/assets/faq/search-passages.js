// Which part of an answer says most about a query, and which wording of a question comes nearest to it.

const LENGTH = 160; // characters of a passage, as in the index
const LEAD = 40; // characters before the first match in a sentence that has to be cut

/**
 * {text, kind} of the best part of the answers, or null where no word of the query stands in them. `parts` are [{text, kind,
 * answer}] in reading order; of kind "text" neighbours are joined, "code" and "row" stand alone. `weigh(text)` says what
 * the words of the query in it are worth.
 */
export function bestPassage(parts, weigh, language) {
  const sentences = parts.flatMap((part) => split(part, language).map((text) => ({ ...part, text })));
  let best = null;
  sentences.forEach((sentence, at) => {
    if (!weigh(sentence.text)) return; // a passage begins with what it is shown for
    const passage = sentence.text.length > LENGTH ? cut(sentence, weigh) : joined(sentences, at);
    const worth = weigh(passage.text);
    if (!best || worth > best.worth) best = { ...passage, worth };
  });
  return best && { text: best.text, kind: best.kind, worth: best.worth };
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
  let whole = text;
  for (let next = at + 1; kind === "text" && next < sentences.length; next++) {
    const after = sentences[next];
    if (after.kind !== "text" || after.answer !== answer || whole.length + 1 + after.text.length > LENGTH) break;
    whole += ` ${after.text}`;
  }
  return { kind, text: whole };
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
