// The files of topics: what a result card shows of each topic and, with a fit, its vector
// (faq_builder/search/index/blocks.py).
//
// The number of a topic tells its block: with a fit, the cluster it was assigned to at the last full fit. If its
// vector is nearer to another cluster by now, it is spilled: that cluster's file holds its vector and a copy of its
// row.
import { parseJson } from "./files.js";

// how vectors are written as text: faq_builder/search/meaning/quantisation.py
const MAX_LEVEL = 4; // numbers lie between -4 and 4, two in a character
const FIRST_CODE = 35; // "#"
const SKIPPED_CODE = 92; // the backslash, which JSON would write as two characters

/**
 * A topic as the search by meaning sees it.
 *
 * @typedef {object} TopicVector
 * @property {number} number of the document
 * @property {number} hubness how near other questions lie, in 1/256 of a cosine
 * @property {Int8Array} vector
 */

/** Loads the row of a topic, whose values are named by `index.columns`; undefined if its file fails to load. */
export async function loadRow(number, index, files, signal) {
  return index.spilledRows.get(number) ?? (await loadAssignedRow(number, index, files, signal));
}

/** Loads the vectors of the cluster in which the vector of a topic lies; [] if the topic has none. */
export async function loadClusterOf(number, index, files, signal) {
  const row = await loadAssignedRow(number, index, files, signal);
  const cluster = row?.[index.columns.indexOf("cell")] ?? assignedBlock(number, index);
  return cluster < 0 ? [] : loadCluster(cluster, index, files, signal);
}

/**
 * Loads the vectors of a cluster.
 *
 * @returns {Promise<TopicVector[]>}
 */
export async function loadCluster(cluster, index, files, signal) {
  const block = await loadBlock(cluster, index, files, signal);
  block.topicVectors ??= topicVectors(block, index);
  return block.topicVectors;
}

async function loadAssignedRow(number, index, files, signal) {
  const { start, rows } = await loadBlock(assignedBlock(number, index), index, files, signal);
  return rows[number - start];
}

/**
 * Returns the block of a topic: the last cluster that starts at or before its number; empty clusters share a start with
 * the next one.
 */
function assignedBlock(number, { clusterStarts, sizes, block }) {
  const late = number - clusterStarts.at(-1);
  if (late >= 0) return sizes.length + Math.floor(late / block);
  return clusterStarts.findLastIndex((start) => start <= number);
}

/** Loads a file of topics, decoded: its keys `guests` and `crowds` become `spilled` and `hubness`. */
function loadBlock(at, index, files, signal) {
  const { clusterStarts, sizes, block, topics, spilledRows } = index;
  const start = at < sizes.length ? clusterStarts[at] : clusterStarts.at(-1) + (at - sizes.length) * block;
  const parse = (buffer) => {
    const { rows, guests: spilled = [], crowds: hubness, vectors } = parseJson(buffer);
    for (const [number, row] of spilled) spilledRows.set(number, row);
    return { start, rows, spilled, hubness, vectors };
  };
  const empty = { start, rows: [], spilled: [], hubness: [], vectors: "" };
  return files.orFallback(files.load(`topics-${at}-${topics[at]}.json`, parse, signal), empty);
}

/** Returns the topics whose vectors are in the file: of rows without the column "cell", then of the spilled rows. */
function topicVectors({ start, rows, spilled, hubness, vectors }, { columns }) {
  const own = rows.flatMap((row, at) => (row.length < columns.length ? [start + at] : []));
  const numbers = [...own, ...spilled.map(([number]) => number)];
  const all = decodeVectors(vectors);
  const length = all.length / numbers.length;
  const vectorAt = (at) => all.subarray(at * length, (at + 1) * length);
  return numbers.map((number, at) => ({ number, hubness: hubness[at], vector: vectorAt(at) }));
}

function decodeVectors(text) {
  const numbers = new Int8Array(2 * text.length);
  const levels = 2 * MAX_LEVEL + 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const both = code - FIRST_CODE - (code > SKIPPED_CODE ? 1 : 0);
    numbers[2 * at] = Math.floor(both / levels) - MAX_LEVEL;
    numbers[2 * at + 1] = (both % levels) - MAX_LEVEL;
  }
  return numbers;
}
