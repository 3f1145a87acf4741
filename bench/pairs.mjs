/**
 * All against all: the comparison of a scan, into a real library, against the bare rate of its matrix product.
 *
 *     node bench/pairs.mjs [count=100000] [dimensions=512]
 *
 * `count` random unit vectors, among them 1,000 planted pairs (fewer in a small library) from just below the floor to
 * nearly the same. From 256 dimensions on no other pair comes near the floor, so that the pairs found are known exactly.
 *
 * The rate counts each pair of vectors once, two operations a dimension, over all of `compareContents`: loading the
 * vectors, the product, picking the pairs and keeping them. The bare rate is that of ONNX Runtime on blocks of the same
 * shape and nothing else, timed just before and just after. Both run in processes of their own.
 */
import { join } from "node:path";
import { allOf } from "../dist/core/library/pages.js";
import { SqliteLibrary } from "../dist/io/library/sqlite-library.js";
import { embeddedPhoto, fillLibrary } from "./made-library.mjs";
import { atLeast, atMost, measurePart, numberArgument, printRatios, printRaw } from "./measure.mjs";
import { madeUpEncoder } from "./pairs-encoder.mjs";
import { dot, neighbourOf, randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const TARGET_RATE = 0.8;
const TARGET_MEMORY = 2.5;
const PLANTED_AT_MOST = 1000;
/** Every fourth planted pair lies this far above the floor, every fourth this far below: 100 times what rounding can move it. */
const HAIR = 1e-5;
const BARE_SECONDS = 5;

const count = numberArgument(0, 100_000, 100);
const dimensions = numberArgument(1, 512, 256);
const encoder = madeUpEncoder(dimensions);
const { floor } = encoder.spec.threshold;
const folder = makeTemporaryFolder();
const library = join(folder, "library.db");

const expected = await writeVectors();
const bare = () => measurePart(new URL("./pairs-bare.mjs", import.meta.url), [String(dimensions), String(BARE_SECONDS)]).gigaflops;
const bareBefore = bare();
const { seconds, peakBytes } = measurePart(new URL("./pairs-compare.mjs", import.meta.url), [library, String(dimensions)]);
const bareAfter = bare();
await requireExactly(expected);

const vectorBytes = count * dimensions * Float32Array.BYTES_PER_ELEMENT;
const gigaflops = (dimensions * count * (count - 1)) / seconds / 1e9;
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
printRaw(`${count} vectors of ${dimensions} dimensions compared in ${seconds.toFixed(2)} s: ${gigaflops.toFixed(1)} GFLOP/s`);
printRaw(`bare product ${bareBefore.toFixed(1)} GFLOP/s before, ${bareAfter.toFixed(1)} after`);
printRaw(
  `peak resident memory ${megabytes(peakBytes)}, vectors ${megabytes(vectorBytes)}; exactly the ${expected.size} pairs planted above the floor`,
);
printRatios("pairs", [
  atLeast("rate / bare product", gigaflops / ((bareBefore + bareAfter) / 2), TARGET_RATE),
  atMost("memory / vectors", peakBytes / vectorBytes, TARGET_MEMORY),
]);

/**
 * Fills the library.
 * @returns {Promise<Map<string, number>>} similarity of each pair that has to be found, by the hashes of its contents
 */
async function writeVectors() {
  const random = seededRandom(3);
  const partners = planPartners(random);
  /** @type {Map<number, { readonly row: number, readonly vector: Float32Array }>} */
  const firsts = new Map();
  /** @type {Map<string, number>} */
  const expected = new Map();
  await fillLibrary(library, encoder, folder, { embedded: makePhotos() });
  return expected;

  function* makePhotos() {
    for (let row = 0; row < count; row++) {
      const pair = partners.get(row);
      const first = pair === undefined ? undefined : firsts.get(pair.number);
      const vector = first === undefined ? randomUnitVector(random, dimensions) : neighbourOf(first.vector, pair.similarity, random);
      if (first !== undefined) {
        const similarity = dot(first.vector, vector);
        if (similarity >= floor) expected.set(pairName(hashOf(first.row), hashOf(row)), similarity);
      } else if (pair !== undefined) firsts.set(pair.number, { row, vector });
      const path = join(folder, `${row}.jpg`);
      yield embeddedPhoto({ file: { path, bytes: 1, modifiedMs: 0, changedMs: null, fileId: `0:${row}` }, hash: hashOf(row) }, vector);
    }
  }
}

/** Spreads the pairs over the whole matrix: near the diagonal and far from it, in every block. */
function planPartners(random) {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const partners = new Map();
  const pairs = Math.min(PLANTED_AT_MOST, count >> 2);
  for (let i = 0; i < pairs * 2; i++) {
    const other = i + Math.floor(random() * (count - i));
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  for (let number = 0; number < pairs; number++) {
    const kind = number % 4;
    const similarity = kind === 0 ? floor - HAIR : kind === 1 ? floor + HAIR : floor + (0.999 - floor) * random();
    for (const row of [rows[2 * number], rows[2 * number + 1]]) partners.set(row, { number, similarity });
  }
  return partners;
}

function hashOf(row) {
  return row.toString(16).padStart(64, "0");
}

function pairName(one, other) {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** Reads back what the comparison kept. */
async function requireExactly(expected) {
  const opened = SqliteLibrary.openExisting(library);
  try {
    const store = opened.reportOf(encoder);
    const pairs = await allOf(store.pairsAtOrAbove(-1));
    const contents = await store.contents(new Set(pairs.flatMap(({ a, b }) => [a, b])));
    const hash = (id) => contents.get(id).hash;
    const wrong = pairs.filter(({ a, b, similarity }) => expected.get(pairName(hash(a), hash(b))) !== similarity);
    if (pairs.length === expected.size && wrong.length === 0) return;
    throw new Error(`Expected ${expected.size} pairs, got ${pairs.length}, of which ${wrong.length} were not planted so`);
  } finally {
    await opened.close();
  }
}
