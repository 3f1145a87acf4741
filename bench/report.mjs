/**
 * How long a report takes when nothing is new.
 *
 *     node bench/report.mjs [count=100000]
 *
 * A library of `count` contents. A report reads nothing but the library and looks at the members of its sets: these are there, as files
 * that have their sizes and hold nothing; the others need not be. As in a
 * library that has grown for years, 3 of 100 contents lie in sets of two to four near copies, 1 of 100 has a second file
 * with the same bytes, 1 of 100 is one of two frames of a burst, and as many pairs as there are in sets are kept that
 * lie between the encoder's floor and its threshold.
 *
 * The time is the whole process, start and the JSON on standard output included, with the library in the system's cache.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NO_EXPOSURE } from "../dist/core/photos/exposure.js";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { photoFile } from "../dist/io/photos/photo-file.js";
import { embeddedPhoto, fillLibrary, markCompared } from "./made-library.mjs";
import { atMost, median, numberArgument, printRatios, printRaw, runDupfind, secondsOf } from "./measure.mjs";
import { dot, neighbourOf, randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const RUNS = 5;
const TARGET_SECONDS = 1.5;
const SHARE_IN_SETS = 0.03;
const SHARE_IN_BURSTS = 0.01;
const SHARE_WITH_TWIN = 0.01;

const count = numberArgument(0, 100_000, 1000);
const encoder = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
const { floor, value: threshold } = encoder.spec.threshold;
const random = seededRandom(2);
const folder = makeTemporaryFolder();
const root = join(folder, "photos");
const library = join(folder, "library.db");

const { groups, groupOf } = planGroups();
const pairs = [];
const twins = Array.from({ length: Math.round(count * SHARE_WITH_TWIN) }, () => Math.floor(random() * count));
const withTwin = new Set(twins);
const copies = twins.map((row, index) => onDisk(copyOf(row, index)));
await fillLibrary(library, encoder, root, { embedded: makePhotos(), copies });
await markCompared(library, encoder, pairs);

const runs = Array.from({ length: RUNS }, () => runDupfind(["report", "--format", "json", "--db", library]));
const seconds = runs.map((run) => run.seconds);
const report = JSON.parse(runs[0].output);
requireAllSets(report);
const megabytes = (runs[0].output.length / 1e6).toFixed(1);
printRaw(`${count} contents, ${pairs.length} pairs kept, ${report.sets.length} sets, ${megabytes} MB of JSON`);
printRaw(`${secondsOf(...seconds)}, median ${secondsOf(median(seconds))}`);
printRatios("report", [atMost("seconds / 1.5", median(seconds) / TARGET_SECONDS, 1)]);

/**
 * @typedef {object} Group contents that look alike
 * @property {"copies" | "burst" | "below"} kind "below": alike enough to be kept as a pair, not enough for a set
 * @property {number} size
 * @property {{ readonly row: number, readonly vector: Float32Array }[]} members those made so far
 */

/** Deals out places to groups all over the library, as photos and their copies are. */
function planGroups() {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  const groups = /** @type {Group[]} */ ([]);
  const groupOf = /** @type {Map<number, Group>} */ (new Map());
  let dealt = 0;
  const deal = (kind, size) => {
    const group = { kind, size, members: [] };
    groups.push(group);
    for (let i = 0; i < size; i++) groupOf.set(rows[dealt++], group);
  };
  while (dealt < count * SHARE_IN_SETS) deal("copies", 2 + Math.floor(random() ** 2 * 3));
  while (dealt < count * (SHARE_IN_SETS + SHARE_IN_BURSTS)) deal("burst", 2);
  const near = groups.reduce((sum, { size }) => sum + (size * (size - 1)) / 2, 0);
  for (let i = 0; i < near; i++) deal("below", 2);
  return { groups, groupOf };
}

function* makePhotos() {
  for (let row = 0; row < count; row++) {
    const group = groupOf.get(row);
    const first = group?.members[0]?.vector;
    const vector =
      first === undefined ? randomUnitVector(random, encoder.spec.image.dimensions) : neighbourOf(first, closeness(group), random);
    // The copies of one exposure bear its time; everything else was taken at a time of its own.
    const takenRow = group?.kind === "copies" ? (group.members[0]?.row ?? row) : row;
    for (const other of group?.members ?? []) {
      const found = dot(other.vector, vector);
      if (found >= floor) pairs.push([other.row, row, Math.min(1, found)]);
    }
    group?.members.push({ row, vector });
    const photo = group !== undefined || withTwin.has(row) ? onDisk(photoOf(row)) : photoOf(row);
    yield embeddedPhoto(photo, vector, { exposure: exposureOf(takenRow), width: 4000 - (row % 3) * 800 });
  }
}

/** Two copies at this similarity to a third are still near each other. */
function closeness({ kind }) {
  const [from, to] = kind === "below" ? [floor, threshold] : [0.85, 0.99];
  return from + (to - from) * (0.02 + 0.96 * random());
}

function photoOf(row) {
  const path = join(root, `${2000 + (row % 20)}`, `IMG_${String(row).padStart(6, "0")}.jpg`);
  const hash = createHash("sha256").update(`${row}`).digest("hex");
  return {
    file: { path, bytes: 2_000_000 + (row % 1000) * 1000, modifiedMs: 1.5e12 + row * 1000, changedMs: null, fileId: `1:${row}` },
    hash,
  };
}

function copyOf(row, index) {
  const { file, hash } = photoOf(row);
  return { file: { ...file, path: join(root, "backup", `copy ${index}.jpg`), fileId: `2:${index}` }, hash };
}

/** A file of the photo's size and time, which takes no room. */
function onDisk({ file, hash }) {
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, "");
  truncateSync(file.path, file.bytes);
  utimesSync(file.path, file.modifiedMs / 1000, file.modifiedMs / 1000);
  return { file: photoFile(file.path, lstatSync(file.path, { bigint: true })), hash };
}

function exposureOf(row) {
  return { ...NO_EXPOSURE, takenAt: { wallSeconds: 1.5e9 + row * 60, fraction: null, offsetMinutes: null }, camera: "Bench One" };
}

/** A report that misses what was planted would be fast for the wrong reason. */
function requireAllSets({ sets, bursts, photos }) {
  const planted = (kind) => groups.filter((group) => group.kind === kind).length;
  const contentsWithTwin = new Set(copies.map(({ hash }) => hash)).size;
  const setsFit = sets.length >= planted("copies") && sets.length <= planted("copies") + contentsWithTwin;
  if (setsFit && bursts === planted("burst") && photos === count + copies.length) return;
  const planned = `${planted("copies")} sets and up to ${contentsWithTwin} of same bytes, ${planted("burst")} bursts`;
  throw new Error(`Expected ${planned}, ${count + copies.length} photos, got ${sets.length} sets, ${bursts} bursts, ${photos} photos`);
}
