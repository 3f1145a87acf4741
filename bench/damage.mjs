/**
 * What becomes of bits that a disk loses: flips them one by one in a library and in the file of vectors beside it.
 *
 *     node bench/damage.mjs [flips=60] [seed=1]
 *
 * After each, `status`, `report` and `search` run. Counted is how many say that the library is damaged, how many answer as
 * ever, and how many answer otherwise: told, where status calls the library damaged, and silent, where nothing does. A
 * command that ends in a bug ends the benchmark.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { embeddedPhoto, fillLibrary, markCompared } from "./made-library.mjs";
import { atMost, numberArgument, printRatios, printRaw } from "./measure.mjs";
import { neighbourOf, randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
/** More than a search reads without a file of vectors. */
const CONTENTS = 5000;
const BYTES_OF_A_PHOTO = "the bytes of a photo";
/** Of the answers of a damaged library: paths, sizes and similarities have no checksum. */
const TARGET_SILENT = 0.01;

const flips = numberArgument(0, 60, 1);
const random = seededRandom(numberArgument(1, 1, 0));
const encoder = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
const folder = makeTemporaryFolder();
const query = join(folder, "query.jpg");
const library = join(folder, "library.db");
const spoilt = join(folder, "spoilt.db");
const vectorsOf = (/** @type {string} */ path) => `${path}-vectors-${encoder.key.slice(0, 8)}`;
writeFileSync(query, BYTES_OF_A_PHOTO);
await fillLibrary(library, encoder, folder, { embedded: makePhotos() });
await markCompared(
  library,
  encoder,
  Array.from({ length: CONTENTS / 100 }, (_, i) => [100 * i, 100 * i + 1, 0.9]),
);
const commands = ["status", "report", `search ${query}`].map((command) => [...command.split(" "), "--json"]);
const right = answers(library);

const inLibrary = spoil(library, spoilt);
const inVectors = spoil(vectorsOf(library), vectorsOf(spoilt));
printRaw(`library: ${JSON.stringify(inLibrary)}`);
printRaw(`vectors: ${JSON.stringify(inVectors)}`);
const runs = flips * commands.length;
printRatios("damage", [
  atMost("silent / runs, library", inLibrary.silent / runs, TARGET_SILENT),
  atMost("other / runs, vectors", (inVectors.silent + inVectors.told + inVectors.damaged) / runs, 0),
]);

/**
 * @param {string} source whole file
 * @param {string} target where it stands with a bit flipped
 */
function spoil(source, target) {
  const whole = readFileSync(source);
  const counts = { damaged: 0, same: 0, told: 0, silent: 0 };
  for (let flip = 0; flip < flips; flip++) {
    const place = Math.floor(random() * whole.length);
    for (const part of ["-wal", "-shm"]) rmSync(spoilt + part, { force: true });
    for (const name of [(path) => path, vectorsOf]) copyFileSync(name(library), name(spoilt));
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << Math.floor(random() * 8)), place);
    writeFileSync(target, bytes);
    const found = answers(spoilt);
    for (const [i, answer] of found.entries()) {
      if (answer === null) counts.damaged++;
      else if (answer === right[i]) counts.same++;
      else if (found[0] === null) counts.told++;
      else counts.silent++;
    }
  }
  return counts;
}

/**
 * @param {string} db
 * @returns {(string | null)[]} null where the command gave a sentence instead
 */
function answers(db) {
  const all = commands.map((command) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...command, "--db", db], { encoding: "utf8" });
    if (status !== 0 && status !== 2) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
    return status === 0 ? stdout.replaceAll(db, library) : null;
  });
  if (db === library && !existsSync(vectorsOf(library))) throw new Error("Expected a file of vectors");
  return all;
}

function* makePhotos() {
  let last = randomUnitVector(random, encoder.spec.image.dimensions);
  for (let row = 0; row < CONTENTS; row++) {
    last = row % 100 === 1 ? neighbourOf(last, 0.9, random) : randomUnitVector(random, last.length);
    const path = row === 0 ? query : join(folder, `${2000 + (row % 20)}`, `IMG_${row}.jpg`);
    const hash = createHash("sha256")
      .update(row === 0 ? BYTES_OF_A_PHOTO : `${row}`)
      .digest("hex");
    yield embeddedPhoto({ file: { path, bytes: 2_000_000, modifiedMs: 1.5e12, changedMs: null, fileId: `1:${row}` }, hash }, last);
  }
}
