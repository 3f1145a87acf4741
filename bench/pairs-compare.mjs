/**
 * Part of `pairs.mjs` and `growth.mjs`: compares what a library holds, and tells the time and memory that took.
 */
import { availableParallelism } from "node:os";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { SqliteLibrary } from "../dist/io/library/sqlite-library.js";
import { compareContents } from "../dist/pipeline/library/compare-new-contents.js";
import { peakResidentBytes } from "./measure.mjs";
import { madeUpEncoder } from "./pairs-encoder.mjs";

/** Of the made-up encoder, or the name of a real one. */
const [path, dimensions] = process.argv.slice(2);
const store = new ModelStore({ folder: "/nowhere", lock: null });
const encoder = Number(dimensions) > 0 ? madeUpEncoder(Number(dimensions)) : store.choose(dimensions);
const library = SqliteLibrary.openExisting(path, availableParallelism());
const begun = performance.now();
const finished = await compareContents({
  store: library.pairsOf(encoder),
  floor: encoder.spec.threshold.floor,
  onProgress: () => {},
  stop: new AbortController().signal,
});
const seconds = (performance.now() - begun) / 1000;
await library.close();
if (!finished) throw new Error("Expected every content to be compared");
console.log(JSON.stringify({ seconds, peakBytes: peakResidentBytes() }));
