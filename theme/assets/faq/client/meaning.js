// The meaning index: topics whose vectors are similar to that of a query, whatever their words
// (faq_builder/search/index/meaning.py).
import { loadCluster, loadClusterOf } from "./blocks.js";
import { byteReader, readShard, shardOf } from "./files.js";
/** @import { Index } from "./files.js" */

const CLUSTERS_LOADED = 6; // the nearest to the query; a cluster has 36 topics on average, 72 on a small site
// clusters of the best topics by words, which are loaded, too: either choice alone misses many wanted topics
const MAX_CLUSTERS_BY_WORDS = 8;
const MIN_PART_LETTERS = 4; // shorter parts of a compound word are not looked up
// share of the hubness that is subtracted from a cosine, in units of 1/256 (measured in benchmarks/README.md)
const HUBNESS_WEIGHT = 0.4 / 256;
// the numbers of a centroid, by how many bits each has (faq_builder/search/meaning/quantisation.py)
const CENTROID_LEVELS = { 1: [-1, 1], 2: [-10, -3, 3, 10] };

/**
 * Returns the similarity of topics to a query: Map of document number -> cosine, less a share of the topic's hubness.
 * It contains the topics of the nearest clusters and of the clusters of the best topics by words; it is empty if no
 * term has an embedding.
 *
 * @param {Index} index
 * @param {Promise<{ranked: [number, number][], corrections: Map<string, {term: string, share: number}[]>}>} lexical
 *   the documents by words with their scores, best first, and the corrections of each mistyped term
 * @returns {Promise<Map<number, number>>}
 */
export async function similarTopics(index, query, lexical, files, signal) {
  const loadFile = meaningFileLoader(index, files, signal);
  const [{ centroids }, vector] = await Promise.all([
    loadFile("meaning", 0, decodeCentroids),
    queryVector(index, query, lexical, loadFile),
  ]);
  if (!vector.some((number) => number)) return new Map();
  const clusters = centroids.map((centroid, at) => [at, cosine(vector, centroid)]).sort((a, b) => b[1] - a[1]);
  const nearest = Promise.all(
    clusters.slice(0, CLUSTERS_LOADED).map(([cluster]) => loadCluster(cluster, index, files, signal)),
  );
  const ofBestByWords = lexical.then(({ ranked }) =>
    Promise.all(ranked.slice(0, MAX_CLUSTERS_BY_WORDS).map(([number]) => loadClusterOf(number, index, files, signal))),
  );
  const topics = (await Promise.all([nearest, ofBestByWords])).flat(2);
  const similarity = (topic) => cosine(vector, topic.vector) - HUBNESS_WEIGHT * topic.hubness;
  return new Map(topics.map((topic) => [topic.number, similarity(topic)]));
}

/** Loads the centroids and the embeddings of common terms, which every search by meaning needs first. */
export function loadCentroids(index, files, signal) {
  return meaningFileLoader(index, files, signal)("meaning", 0, decodeCentroids);
}

/** Returns whether a term has an embedding, even if the site does not use it. */
export async function hasEmbedding(index, term, files, signal) {
  return Boolean(index.meaning && (await loadEmbedding(index.meaning, term, meaningFileLoader(index, files, signal))));
}

function meaningFileLoader(index, files, signal) {
  return (kind, at, decode) => {
    const name = `${kind}-${at}-${index.meaning[kind][at]}.bin`;
    return files.load(name, (buffer) => decode(byteReader(buffer), index), signal);
  };
}

/**
 * Returns the sum of the embeddings of a query's terms and bigrams; all zeros if there are none.
 *
 * @param {Index} index
 */
async function queryVector({ meaning }, { meaningTerms, bigrams }, lexical, loadFile) {
  const embeddingOf = (term) => loadEmbedding(meaning, term, loadFile);
  const correctionsOf = async (term) => (await lexical).corrections.get(term);
  const ofTerm = async (term) => {
    const own = await embeddingOf(term);
    const corrections = own ? null : await correctionsOf(term);
    if (!corrections) return own ?? embeddingsOfParts(embeddingOf, term);
    const found = await Promise.all(corrections.map((other) => embeddingOf(other.term)));
    return found.map((other, at) => other && { ...other, scale: other.scale * corrections[at].share });
  };
  const ofBigram = async (pair) => {
    const corrected = async (term) => {
      if (await embeddingOf(term)) return term;
      return (await correctionsOf(term))?.[0].term ?? term;
    };
    const [word, after] = await Promise.all(pair.map(corrected));
    return embeddingOfBigram(embeddingOf, meaning.common, word, after);
  };
  const found = await Promise.all([...meaningTerms.map(ofTerm), ...bigrams.map(ofBigram)]);
  return sumOfEmbeddings(found.flat().filter((embedding) => embedding), meaning.dimensions);
}

async function loadEmbedding({ first, rows, common }, term, loadFile) {
  if (common.includes(term)) return (await loadFile("meaning", 0, decodeCentroids)).embeddings.get(term);
  if (!rows.length) return undefined;
  return (await loadFile("rows", shardOf(first, term), decodeEmbeddings)).get(term);
}

/** Returns the embedding of a bigram, which is stored next to that of its rarer word: "the hub" as "hub <the". */
async function embeddingOfBigram(embeddingOf, common, word, after) {
  const bigram = `${word} ${after}`;
  if (common.includes(bigram) || !common.includes(word)) return embeddingOf(bigram);
  return common.includes(after) ? undefined : embeddingOf(`${after} <${word}`);
}

/**
 * Returns the embeddings of the two parts of a word, the first part as long as possible: waterproof -> water, proof.
 */
async function embeddingsOfParts(embeddingOf, term) {
  if (!/^[a-z]{8,}$/.test(term)) return undefined;
  for (let cut = term.length - MIN_PART_LETTERS; cut >= MIN_PART_LETTERS; cut--) {
    const first = await embeddingOf(term.slice(0, cut)); // first parts begin alike, so they are in one or two files
    const second = first && (await embeddingOf(term.slice(cut)));
    if (second) return [first, second];
  }
  return undefined;
}

function sumOfEmbeddings(embeddings, dimensions) {
  const sum = new Float64Array(dimensions);
  for (const { scale, numbers } of embeddings) numbers.forEach((number, at) => (sum[at] += scale * number));
  return sum;
}

function decodeCentroids(reader, index) {
  const centroids = index.sizes.map(() => decodeCentroid(reader, index.meaning));
  return { centroids, embeddings: decodeEmbeddings(reader, index) };
}

function decodeEmbeddings(reader, { meaning: { dimensions } }) {
  return readShard(reader, () => ({ scale: reader.bytes(1)[0], numbers: decodeNumbers(reader, dimensions) }));
}

/** Decodes numbers from -7 to 7, two in a byte (faq_builder/search/meaning/quantisation.py). */
function decodeNumbers(reader, dimensions) {
  const numbers = new Int8Array(dimensions);
  reader.bytes(dimensions / 2).forEach((byte, at) => {
    numbers[2 * at] = (byte & 15) - 8;
    numbers[2 * at + 1] = (byte >> 4) - 8;
  });
  return numbers;
}

/** Decodes a centroid: one or two bits for each number, which is enough to tell which clusters are nearest. */
function decodeCentroid(reader, { dimensions, bits }) {
  const numbersPerByte = 8 / bits;
  const bytes = reader.bytes(dimensions / numbersPerByte);
  const code = (at) => (bytes[Math.floor(at / numbersPerByte)] >> (bits * (at % numbersPerByte))) & (2 ** bits - 1);
  return Int8Array.from({ length: dimensions }, (_, at) => CENTROID_LEVELS[bits][code(at)]);
}

function cosine(one, other) {
  let product = 0;
  let squares = 0;
  let otherSquares = 0;
  for (let at = 0; at < one.length; at++) {
    product += one[at] * other[at];
    squares += one[at] * one[at];
    otherSquares += other[at] * other[at];
  }
  return squares && otherSquares ? product / Math.sqrt(squares * otherSquares) : 0;
}
