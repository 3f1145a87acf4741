/**
 * How long a search for a photo of the library takes, and how much memory.
 *
 *     node bench/search.mjs [count=100000]
 *
 * A library of `count` contents whose files need not exist, but for one: the photo that is searched with. Its bytes are
 * known, so that no decoder and no encoder is loaded. The contents nearest to it are planted.
 *
 * The time is the whole process, start and the text on standard output included, with the library in the system's cache.
 * The first search reads row by row and writes the file of vectors: it is given apart.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { embeddedPhoto, fillLibrary } from "./made-library.mjs";
import { atMost, figure, measurePart, median, numberArgument, printRatios, printRaw, runDupfind, secondsOf } from "./measure.mjs";
import { dot, neighbourOf, randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const RUNS = 9;
const TARGET_SECONDS = 0.3;
const TARGET_MEMORY = 1;
const PLANTED = 30;
const SHOWN = 20;

const count = numberArgument(0, 100_000, 1000);
const encoder = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
const { dimensions } = encoder.spec.image;
const folder = makeTemporaryFolder();
const library = join(folder, "library.db");
const query = join(folder, "query.jpg");
writeFileSync(query, "the bytes of a photo");
const planted = /** @type {{ readonly path: string, readonly similarity: number }[]} */ ([]);
await fillLibrary(library, encoder, folder, { embedded: makePhotos() });

const args = ["search", query, "--count", String(SHOWN), "--db", library];
const first = runDupfind(args);
const runs = Array.from({ length: RUNS }, () => runDupfind(args));
const seconds = runs.map((run) => run.seconds);
const processor = runs.flatMap(({ processorSeconds }) => processorSeconds ?? []);
const { peakBytes, output } = measurePart(new URL("./program-part.mjs", import.meta.url), [...args, "--json"]);
requireNearest(JSON.parse(output));

const vectorBytes = count * dimensions * Float32Array.BYTES_PER_ELEMENT;
const megabytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1e6)} MB`;
printRaw(`${count} vectors of ${dimensions} dimensions; the first search ${secondsOf(first.seconds)}`);
printRaw(`${secondsOf(...seconds)}, median ${secondsOf(median(seconds))}`);
if (processor.length > 0) printRaw(`of the processor ${secondsOf(median(processor))}, which others on the machine hardly change`);
printRaw(`peak resident memory ${megabytes(peakBytes)}, vectors ${megabytes(vectorBytes)}; exactly the planted contents in order`);
printRatios("search", [
  atMost("seconds / 0.3", median(seconds) / TARGET_SECONDS, 1),
  atMost("memory / vectors", peakBytes / vectorBytes, TARGET_MEMORY),
  figure("first / later", first.seconds / median(seconds)),
]);

function* makePhotos() {
  const random = seededRandom(4);
  const wanted = randomUnitVector(random, dimensions);
  yield embeddedPhoto(photoOf(0, query, createHash("sha256").update("the bytes of a photo").digest("hex")), wanted);
  const every = Math.floor((count - 1) / PLANTED);
  for (let row = 1; row < count; row++) {
    const isPlanted = row % every === 0 && planted.length < PLANTED;
    const vector = isPlanted ? neighbourOf(wanted, 0.5 + 0.49 * random(), random) : randomUnitVector(random, dimensions);
    const path = join(folder, `${2000 + (row % 20)}`, `IMG_${String(row).padStart(6, "0")}.jpg`);
    if (isPlanted) planted.push({ path, similarity: dot(wanted, vector) });
    yield embeddedPhoto(photoOf(row, path, createHash("sha256").update(`${row}`).digest("hex")), vector);
  }
}

/**
 * @param {number} row
 * @param {string} path
 * @param {string} hash
 */
function photoOf(row, path, hash) {
  return { file: { path, bytes: 2_000_000, modifiedMs: 1.5e12, changedMs: null, fileId: `1:${row}` }, hash };
}

/** A search that misses what was planted would be fast for the wrong reason. */
function requireNearest({ hits }) {
  const expected = [...planted].sort((one, other) => other.similarity - one.similarity).slice(0, SHOWN);
  const found = hits.map(({ paths, similarity }) => `${paths.join(" ")} ${similarity}`);
  const wrong = expected.filter(({ path, similarity }, i) => found[i] !== `${path} ${similarity}`);
  if (wrong.length > 0 || found.length !== expected.length)
    throw new Error(`Expected ${JSON.stringify(expected)}, got ${found.join("\n")}`);
}
