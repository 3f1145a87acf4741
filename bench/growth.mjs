/**
 * What a library takes as it grows: time, memory and disk of the commands that read all of it.
 *
 *     node bench/growth.mjs [count=10000,100000,1000000] [--shapes]
 *
 * For each count a library of so many small files, written through the stores a scan writes with; the files are real, but hold no
 * picture. 3 of 100 contents have a near copy, 1 of 100 a second file with the same bytes. Each command is a process of its own, start
 * and end included, with all of it in the system's cache; the second of two runs is told, its memory is that of a third. The near copies were
 * looked at, as a finished scan leaves it.
 *
 * `--shapes`: instead, what has many pairs in few photos. A series of 20,000 frames and 100,000 look-alikes, each compared with all
 * others and reported; 100,000 files with the same bytes.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { photoFile } from "../dist/io/photos/photo-file.js";
import { embeddedPhoto, fillLibrary, markCompared, markLookedAt } from "./made-library.mjs";
import { atMost, figure, measurePart, printRatios, printRaw, runDupfind } from "./measure.mjs";
import { dot, neighbourOf, randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const SHARE_WITH_NEAR_COPY = 0.03;
const SHARE_WITH_TWIN = 0.01;
const FILES_A_FOLDER = 2000;
/** Seconds that are wanted at 100,000 and at 1,000,000 photos. */
const TARGETS = {
  100000: { rescan: 3, report: 1.5, status: 0.15, search: 0.3 },
  1000000: { rescan: 30, report: 10, status: 1, search: 2 },
};

const encoder = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
const { dimensions } = encoder.spec.image;
const arguments_ = process.argv.slice(2);
if (arguments_.includes("--shapes")) {
  await measureSeries("series", 20_000, 0.02);
  await measureSeries("look-alikes", 100_000, 0.3);
  await measureEqual(100_000);
} else {
  const counts = (arguments_[0] ?? "10000,100000,1000000").split(",").map(Number);
  for (const count of counts) await measureCount(count);
}

/** @param {number} count */
async function measureCount(count) {
  const folder = makeTemporaryFolder();
  const root = join(folder, "photos");
  const library = join(folder, "library.db");
  const random = seededRandom(7);
  const pairs = /** @type {[number, number, number][]} */ ([]);
  const twins = Math.round(count * SHARE_WITH_TWIN);

  function* makePhotos() {
    let before = randomUnitVector(random, dimensions);
    for (let row = 0; row < count; row++) {
      const isCopy = row > 0 && random() < SHARE_WITH_NEAR_COPY;
      const vector = isCopy ? neighbourOf(before, 0.8 + 0.19 * random(), random) : randomUnitVector(random, dimensions);
      if (isCopy) pairs.push([row - 1, row, Math.min(1, dot(before, vector))]);
      yield embeddedPhoto(onDisk(pathOf(root, row), row), vector);
      before = vector;
    }
  }
  function* makeTwins() {
    for (let row = 0; row < twins; row++) yield onDisk(pathOf(join(root, "backup"), row), row);
  }
  await fillLibrary(library, encoder, root, { embedded: makePhotos(), copies: makeTwins() });
  await markCompared(library, encoder, pairs);
  await markLookedAt(library, encoder);

  const commands = {
    rescan: ["scan", root, "--db", library, "--json"],
    report: ["report", "--format", "json", "--db", library],
    status: ["status", "--json", "--db", library],
    search: ["search", pathOf(root, 0), "--json", "--db", library],
  };
  const ratios = [];
  for (const [name, args] of Object.entries(commands)) {
    const seconds = measureCommand(`${count}: ${name}`, args);
    const target = TARGETS[count]?.[name];
    ratios.push(target === undefined ? figure(`${name} s`, seconds) : atMost(`${name} / ${target} s`, seconds / target, 1));
  }
  printRaw(
    `${count}: on the disk ${megabytes(bytesOf(folder, "library.db"))}, of which ${megabytes(count * dimensions * 4)} are vectors once`,
  );
  printRatios(`growth ${count}`, ratios);
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {number} seconds
 */
function measureCommand(name, args) {
  runDupfind(args);
  const { seconds, processorSeconds } = runDupfind(args);
  const { peakBytes } = measurePart(new URL("./program-part.mjs", import.meta.url), args);
  const processor = processorSeconds === null ? "" : `, of the processor ${processorSeconds.toFixed(2)} s`;
  printRaw(`${name} ${seconds.toFixed(2)} s${processor}, ${megabytes(peakBytes)}`);
  return seconds;
}

/**
 * Frames that move away from the first, each a little beside the one before it.
 * @param {string} name
 * @param {number} count
 * @param {number} noise of a frame; the greater, the less do neighbours have in common
 */
async function measureSeries(name, count, noise) {
  const folder = makeTemporaryFolder();
  const library = join(folder, "library.db");
  const random = seededRandom(8);
  const [first, last] = [randomUnitVector(random, dimensions), randomUnitVector(random, dimensions)];
  function* frames() {
    for (let row = 0; row < count; row++) {
      const [towards, aside] = [row / count, randomUnitVector(random, dimensions)];
      const frame = first.map((value, i) => value + 0.7 * towards * last[i] + noise * aside[i]);
      const length = Math.sqrt(dot(frame, frame));
      const photo = onDisk(pathOf(join(folder, "photos"), row), row);
      yield embeddedPhoto(
        photo,
        frame.map((value) => value / length),
      );
    }
  }
  await fillLibrary(library, encoder, join(folder, "photos"), { embedded: frames() });
  const compare = measurePart(new URL("./pairs-compare.mjs", import.meta.url), [library, encoder.spec.id]);
  printRaw(`${name} of ${count}: compared in ${compare.seconds.toFixed(1)} s, ${megabytes(compare.peakBytes)}`);
  await markLookedAt(library, encoder);
  const seconds = measureCommand(`${name} of ${count}: report`, ["report", "--format", "json", "--db", library]);
  printRaw(`${name} of ${count}: on the disk ${megabytes(bytesOf(folder, "library.db"))}`);
  printRatios(`growth ${name}`, [figure("report s", seconds)]);
}

/** @param {number} count files with the same bytes */
async function measureEqual(count) {
  const folder = makeTemporaryFolder();
  const library = join(folder, "library.db");
  const root = join(folder, "photos");
  function* others() {
    for (let row = 1; row < count; row++) yield onDisk(pathOf(root, row), 0);
  }
  const one = embeddedPhoto(onDisk(pathOf(root, 0), 0), randomUnitVector(seededRandom(9), dimensions));
  await fillLibrary(library, encoder, root, { embedded: [one], copies: others() });
  await markCompared(library, encoder, []);
  const rescan = measureCommand(`equal files, ${count}: rescan`, ["scan", root, "--db", library, "--json"]);
  const report = measureCommand(`equal files, ${count}: report`, ["report", "--format", "json", "--db", library]);
  printRatios("growth equal files", [figure("rescan s", rescan), figure("report s", report)]);
}

/**
 * @param {string} root
 * @param {number} row
 */
function pathOf(root, row) {
  return join(root, `${Math.floor(row / FILES_A_FOLDER)}`, `IMG_${String(row).padStart(7, "0")}.jpg`);
}

/**
 * @param {string} path
 * @param {number} row tells its bytes
 */
function onDisk(path, row) {
  const bytes = `not a picture, but distinct: ${row}\n`;
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, bytes);
  const file = photoFile(path, lstatSync(path, { bigint: true }));
  return { file, hash: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * @param {string} folder
 * @param {string} prefix of the library's files
 */
function bytesOf(folder, prefix) {
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix));
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
