// The files of topics: what is shown of each and, with a fit, where its meaning lies (faq_builder/search/index/blocks.py).
import { parseJson } from "./files.js";

const MOST = 4; // the largest number of a vector, of which a character holds two (faq_builder/search/meaning/quantisation.py)
const FIRST = 35; // "#", of the characters
const SKIPPED = 92; // the backslash

/** The values of `index.columns` for a topic, but for "cell"; undefined where its file cannot be had. */
export async function shownOf(number, index, files, signal) {
  return index.guests.get(number) ?? (await rowAtHome(number, index, files, signal));
}

/** [{number, crowded, numbers}] of the topics in the cell in which one lies; none where no word of it is known. */
export async function neighboursOf(number, index, files, signal) {
  const row = await rowAtHome(number, index, files, signal);
  const cell = row?.[index.columns.indexOf("cell")] ?? homeOf(number, index);
  return cell < 0 ? [] : topicsOf(cell, index, files, signal);
}

/** [{number, crowded, numbers}] of the topics in a cell. */
export async function topicsOf(cell, index, files, signal) {
  const block = await blockOf(cell, index, files, signal);
  block.topics ??= meaningsOf(block, index);
  return block.topics;
}

async function rowAtHome(number, index, files, signal) {
  const { start, rows } = await blockOf(homeOf(number, index), index, files, signal);
  return rows[number - start];
}

/** The block of which the number of a topic says that it is there: the last that starts with no later one. */
function homeOf(number, { starts, sizes, block }) {
  const late = number - starts.at(-1);
  if (late >= 0) return sizes.length + Math.floor(late / block);
  return starts.findLastIndex((start) => start <= number);
}

function blockOf(at, index, files, signal) {
  const { starts, sizes, block, topics, guests } = index;
  const start = at < sizes.length ? starts[at] : starts.at(-1) + (at - sizes.length) * block;
  const parse = (buffer) => {
    const found = { guests: [], ...parseJson(buffer), start };
    for (const [number, row] of found.guests) guests.set(number, row);
    return found;
  };
  const nothing = { start, rows: [], guests: [], crowds: [], vectors: "" };
  return files.spare(files.get(`topics-${at}-${topics[at]}.json`, parse, signal), nothing);
}

function meaningsOf({ start, rows, guests, crowds, vectors }, { columns }) {
  const own = rows.flatMap((row, at) => (row.length < columns.length ? [start + at] : []));
  const held = [...own, ...guests.map(([number]) => number)];
  const all = numbersOf(vectors);
  const length = all.length / held.length;
  return held.map((number, at) => ({ number, crowded: crowds[at], numbers: all.subarray(at * length, (at + 1) * length) }));
}

function numbersOf(text) {
  const numbers = new Int8Array(2 * text.length);
  const levels = 2 * MOST + 1;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    const both = character - FIRST - (character > SKIPPED ? 1 : 0);
    numbers[2 * at] = Math.floor(both / levels) - MOST;
    numbers[2 * at + 1] = (both % levels) - MOST;
  }
  return numbers;
}
