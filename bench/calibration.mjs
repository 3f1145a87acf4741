/**
 * Whether a calibration keeps its guarantee: thresholds from half of the labels, counted on the other half.
 *
 *     node bench/calibration.mjs [photos folder] [photos=1500] [encoder=dupfind-lite]
 *
 * Each photo is edited three times, in the ways of `core/synthetic/edits.ts`. A photo and its edit are the same picture. Different ones
 * are the three photos most similar to it (by this encoder: the hardest it could be asked), two edits of the nearest, and two
 * photos drawn at random. Photos of the folder that are copies of each other already count as different ones all the same:
 * they are wrong labels, on both halves alike. Without a folder the photos are cut-outs of the examples, four side by side
 * in each, so that photos of one example look alike.
 *
 * In each split every photo goes to one half with all of its edits, and pairs across the halves are dropped. The one half
 * is calibrated on, on the other one the pairs at or above each guaranteed threshold are counted. No more than 5 of 100 splits
 * may end with a guarantee that was given and is broken. Of the guarantees that were given more may be broken where few are: those
 * come from the lucky halves, whose luck the other half lacks. The first split goes through `dupfind calibrate --pairs` too,
 * and has to come to the same thresholds.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { evaluatePairs } from "../dist/core/calibration/calibration.js";
import { CONFIDENCE } from "../dist/core/calibration/guaranteed-threshold.js";
import { exclusionOf } from "../dist/core/pairs/labelled-pair.js";
import { drawWithout, shuffled } from "../dist/core/statistics/seeded-random.js";
import { editsOf } from "../dist/core/synthetic/edited-photo.js";
import { csvLine } from "../dist/core/text/csv.js";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { SqliteLibrary } from "../dist/io/library/sqlite-library.js";
import { createDecoder } from "../dist/io/photos/decode.js";
import { EDITABLE, editPicture } from "../dist/io/photos/edit-photo.js";
import { identifyPath } from "../dist/io/photos/identify.js";
import { inParallel } from "../dist/pipeline/in-parallel.js";
import { atMost, numberArgument, printRatios, printRaw, runDupfind } from "./measure.mjs";
import { dot, seededRandom } from "./random.mjs";
import { makePhotos } from "./scan-photos.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const PRECISIONS = [0.9, 0.95, 0.98, 0.99];
const SPLITS = 200;
const NEAREST = 3;
const AT_RANDOM = 2;
const SEED = 11;
/** A photo that is edited before it is scanned needs no more. */
const MEGAPIXELS = 250;

/** @typedef {{ readonly path: string, readonly origin: string, readonly evidence: import("../src/core/pairs/labelled-pair.ts").PhotoEvidence }} Version */
/** @typedef {{ readonly origin: string, readonly original: Version, readonly edits: readonly Version[] }} Family */
/** @typedef {import("../src/core/pairs/labelled-pair.ts").ReviewablePair} ReviewablePair */

const given = process.argv[2];
const count = numberArgument(1, 1500, 100);
const model = process.argv[4] ?? "dupfind-lite";
const store = new ModelStore({ folder: process.env["DUPFIND_MODELS"] ?? "/nowhere", lock: null });
const encoder = store.choose(model);

const folder = makeTemporaryFolder();
const library = join(folder, "library.db");
const families = await readFamilies(await writeVersions());
const pairs = labelPairs(families);
const random = seededRandom(SEED);
const outcomes = Array.from({ length: SPLITS }, (_, split) => trySplit(split));

const same = pairs.filter((pair) => pair.same).length;
printRaw(`${families.length} photos with three edits each, ${same} pairs the same, ${pairs.length - same} different; ${model}`);
for (const precision of PRECISIONS) printRaw(describe(precision));
printRatios(
  "calibration",
  PRECISIONS.map((precision) => {
    const { guaranteed, kept } = tally(precision);
    return atMost(`guarantee of ${precision} broken / splits`, (guaranteed - kept) / SPLITS, 1 - CONFIDENCE);
  }),
);

/**
 * Writes each photo as it is opened for editing, and its edits.
 * @returns {Promise<readonly (readonly string[])[]>} for each photo its file and those of its edits
 */
async function writeVersions() {
  const originals = given === undefined ? join(folder, "photos") : resolve(given);
  if (given === undefined) await makePhotos(originals, count);
  const names = readdirSync(originals, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(jpe?g|png|webp|heic|tiff?|avif)$/i.test(name),
  );
  const chosen = drawWithout(names.sort(), count, seededRandom(SEED));
  const versions = join(folder, "versions");
  mkdirSync(versions);
  const decoder = createDecoder({ resize: EDITABLE, maxMegapixels: MEGAPIXELS, threads: 2 });
  const written = [];
  const work = ([number, name]) => writeEdits(join(originals, name), join(versions, `${number}`));
  for await (const files of inParallel([...chosen.entries()], 4, work)) if (files.length > 0) written.push(files);
  await decoder.close();
  return written;

  /**
   * @param {string} path
   * @param {string} stem of the files to write
   */
  async function writeEdits(path, stem) {
    const identified = await identifyPath(path);
    const opened = identified.ok ? await decoder.decode(identified.value) : identified;
    if (!identified.ok || !opened.ok) return [];
    const { pixels } = opened.value;
    const edits = await Promise.all(editsOf(identified.value.hash, SEED).map((edit) => editPicture(pixels, edit)));
    const plain = await editPicture(pixels, { kind: "recompress", quality: 90 });
    return [plain, ...edits].map((bytes, version) => {
      const file = `${stem}-${version}.jpg`; // a screenshot is PNG: dupfind goes by the bytes
      writeFileSync(file, bytes);
      return file;
    });
  }
}

/**
 * @param {readonly (readonly string[])[]} written
 * @returns {readonly Family[]} of the photos that were embedded with all of their edits
 */
async function readFamilies(written) {
  runDupfind(["scan", join(folder, "versions"), "--db", library, "--model", model, "--quiet"]);
  const database = SqliteLibrary.openExisting(library);
  const known = database.calibrationOf(encoder);
  const contents = await known.contentsAt(written.flat());
  const photos = await known.photos(contents.values());
  const made = written.flatMap((files) => {
    const [origin] = files;
    if (origin === undefined || !files.every((path) => contents.has(path))) return [];
    const [original, ...edits] = files.map((path) => ({ path, origin, evidence: photos.get(contents.get(path)) }));
    return [{ origin, original, edits }];
  });
  await database.close();
  return made.sort((one, other) => (one.origin < other.origin ? -1 : 1));
}

/**
 * @param {readonly Family[]} all
 * @returns {readonly ReviewablePair[]} that a threshold decides
 */
function labelPairs(all) {
  const drawn = seededRandom(SEED + 1);
  const labelled = new Map();
  const label = (/** @type {Version} */ one, /** @type {Version} */ other) => {
    const key = [one.path, other.path].sort().join("\0");
    if (!labelled.has(key) && exclusionOf(one.evidence, other.evidence) === null) labelled.set(key, scored(one, other));
  };
  for (const family of all) {
    for (const edit of family.edits) label(family.original, edit);
    const others = all.filter((other) => other !== family);
    const nearness = new Map(others.map((other) => [other, dot(family.original.evidence.vector, other.original.evidence.vector)]));
    const nearest = others.sort((one, other) => (nearness.get(other) ?? 0) - (nearness.get(one) ?? 0)).slice(0, NEAREST);
    for (const { original } of nearest) label(family.original, original);
    for (const edit of nearest[0]?.edits.slice(0, 2) ?? []) label(family.original, edit);
    for (const { original } of shuffled(others, drawn).slice(0, AT_RANDOM)) label(family.original, original);
  }
  return [...labelled.values()];
}

/**
 * @param {Version} one
 * @param {Version} other
 * @returns {ReviewablePair}
 */
function scored(one, other) {
  const picture = ({ path }) => ({ name: path, photo: path });
  const similarity = dot(one.evidence.vector, other.evidence.vector);
  return { a: one.origin, b: other.origin, same: one.origin === other.origin, similarity, pictures: [picture(one), picture(other)] };
}

/**
 * @param {number} split
 * @returns {ReadonlyMap<number, boolean | null>} for each precision whether the guarantee held; null where none was made
 */
function trySplit(split) {
  const mixed = shuffled(families, random);
  const first = new Set(mixed.slice(0, mixed.length >> 1).map(({ origin }) => origin));
  const labels = pairs.filter(({ a, b }) => first.has(a) && first.has(b));
  const rest = pairs.filter(({ a, b }) => !first.has(a) && !first.has(b));
  const { guarantees } = evaluatePairs(labels, PRECISIONS.at(-1), encoder.spec.threshold);
  if (split === 0) requireSameOfProgram(labels, guarantees);
  return new Map(
    PRECISIONS.map((precision) => {
      const threshold = guarantees.find((guarantee) => guarantee.precision === precision)?.at?.threshold;
      if (threshold === undefined) return [precision, null];
      const found = rest.filter(({ similarity }) => similarity >= threshold);
      return [precision, found.filter((pair) => pair.same).length >= precision * found.length];
    }),
  );
}

/**
 * @param {readonly ReviewablePair[]} labels
 * @param {import("../src/core/calibration/calibration.ts").PairFindings["guarantees"]} guarantees
 */
function requireSameOfProgram(labels, guarantees) {
  const file = join(folder, "labels.csv");
  const rows = labels.map(({ pictures: [one, other], same }) => csvLine([one.name, other.name, same ? "same" : "different"]));
  writeFileSync(file, [csvLine(["a", "b", "label"]), ...rows].join(""));
  const asked = ["--model", model, "--precision", String(PRECISIONS.at(-1)), "--dry-run", "--json", "--db", library];
  const found = JSON.parse(runDupfind(["calibrate", "--pairs", file, ...asked]).output).guarantees;
  for (const { precision, at } of guarantees) {
    const other = found.find((guarantee) => guarantee.precision === precision)?.at ?? null;
    // The last digits differ by the order that products are summed in.
    if (Math.abs((other?.threshold ?? 2) - (at?.threshold ?? 2)) > 1e-6)
      throw new Error(`Expected dupfind calibrate to guarantee ${precision} from ${at?.threshold} on, got ${other?.threshold}`);
  }
}

/** @param {number} precision */
function tally(precision) {
  const made = outcomes.map((outcome) => outcome.get(precision)).filter((kept) => kept !== null);
  return { guaranteed: made.length, kept: made.filter((kept) => kept).length };
}

/** @param {number} precision */
function describe(precision) {
  const { guaranteed, kept } = tally(precision);
  const none = guaranteed < SPLITS ? `, none made in ${SPLITS - guaranteed} of ${SPLITS} splits` : "";
  return `precision ${precision}: ${kept} of ${guaranteed} guarantees kept${none}`;
}
