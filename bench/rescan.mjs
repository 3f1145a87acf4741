/**
 * How long a scan takes that finds every file unchanged, and proof that it opens none of them.
 *
 *     node bench/rescan.mjs [count=100000]
 *
 * The files are real: `count` small distinct ones with a photo's name, in a tree of about 200 folders. What the library
 * knows of them is written through the store a scan writes with, with their own size, mtime and SHA-256 and a random
 * vector. None of them could be decoded, so a rescan that took one for new would count it as skipped.
 *
 * The time is the whole process, start and summary included, with the folders in the system's cache: on a cold disk a
 * walk costs what the disk takes to list them.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { photoFile } from "../dist/io/photos/photo-file.js";
import { embeddedPhoto, fillLibrary, markCompared } from "./made-library.mjs";
import { atMost, median, numberArgument, printRatios, printRaw, runDupfind, secondsOf, traceDupfind } from "./measure.mjs";
import { randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const RUNS = 5;
const TARGET_SECONDS = 3;
const YEARS = 20;
const EVENTS_A_YEAR = 10;

const count = numberArgument(0, 100_000, 1);
const encoder = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
const folder = makeTemporaryFolder();
const photos = join(folder, "photos");
const library = join(folder, "library.db");

await fillLibrary(library, encoder, photos, { embedded: makePhotos() });
await markCompared(library, encoder, []);

const scan = ["scan", photos, "--db", library, "--json"];
const runs = Array.from({ length: RUNS }, () => runDupfind(scan));
for (const { output } of runs) requireUnchanged(JSON.parse(output));
const seconds = runs.map((run) => run.seconds);
printRaw(`${count} files: ${secondsOf(...seconds)}, median ${secondsOf(median(seconds))}`);
printRaw(proveNoneOpened());
printRatios("rescan", [atMost("seconds / 3", median(seconds) / TARGET_SECONDS, 1)]);

/** Writes the files one by one and tells of each what a scan would have found. */
function* makePhotos() {
  const random = seededRandom(1);
  for (let year = 0; year < YEARS; year++) {
    for (let event = 0; event < EVENTS_A_YEAR; event++) mkdirSync(join(photos, `${2000 + year}`, `event ${event}`), { recursive: true });
  }
  for (let i = 0; i < count; i++) {
    const place = i % (YEARS * EVENTS_A_YEAR);
    const path = join(photos, `${2000 + (place % YEARS)}`, `event ${Math.floor(place / YEARS)}`, `IMG_${String(i).padStart(6, "0")}.jpg`);
    const bytes = `not a picture, but distinct: ${i}\n`;
    writeFileSync(path, bytes);
    const file = photoFile(path, lstatSync(path, { bigint: true }));
    const hash = createHash("sha256").update(bytes).digest("hex");
    yield embeddedPhoto({ file, hash }, randomUnitVector(random, encoder.spec.image.dimensions));
  }
}

function requireUnchanged({ found, unchanged, known, embedded, skipped, missing, compared }) {
  const asBefore = found === count && unchanged === count && compared && known + embedded + skipped + missing === 0;
  if (!asBefore)
    throw new Error(`Expected ${count} unchanged files, got ${JSON.stringify({ found, unchanged, known, embedded, skipped })}`);
}

/** Counts the opens of one more rescan; apart from the timed ones, since tracing takes time itself. */
function proveNoneOpened() {
  const trace = join(folder, "opens.txt");
  if (!traceDupfind(scan, "open,openat,openat2", trace)) return "no strace here: that none was opened rests on the scan's own summary";
  const opens = readFileSync(trace, "utf8")
    .split("\n")
    .filter((line) => line.includes(`"${photos}`));
  const files = opens.filter((line) => line.includes(".jpg"));
  const folders = opens.length - files.length;
  if (files.length > 0) throw new Error(`Expected no file to be opened, got ${files.length}, the first by ${files[0]}`);
  if (folders === 0) throw new Error("Expected the trace to show the folders being listed, got none: it proves nothing");
  return `strace: 0 files opened, ${folders} folders`;
}
