/**
 * Part of `pairs.mjs`: compares what a library holds, and tells the time and memory that took.
 */
import { availableParallelism } from "node:os";
import { LibraryDatabase } from "../dist/io/library/sqlite-library.js";
import { createPairSearch } from "../dist/io/vectors/pair-search.js";
import { compareContents } from "../dist/pipeline/library/compare-new-contents.js";
import { peakResidentBytes } from "./measure.mjs";
import { madeUpEncoder } from "./pairs-encoder.mjs";

const [path, dimensions] = process.argv.slice(2);
const encoder = madeUpEncoder(Number(dimensions));
const library = LibraryDatabase.openExisting(path);
const begun = performance.now();
const finished = await compareContents({
  store: library.pairsOf(encoder),
  searchPairs: createPairSearch(availableParallelism()),
  floor: encoder.spec.threshold.floor,
  onProgress: () => {},
  stop: new AbortController().signal,
});
const seconds = (performance.now() - begun) / 1000;
library.close();
if (!finished) throw new Error("Expected every content to be compared");
console.log(JSON.stringify({ seconds, peakBytes: peakResidentBytes() }));
