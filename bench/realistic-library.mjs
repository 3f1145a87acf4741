/**
 * Builds a realistic photo library to look at, or to try a program on:
 *
 *     node bench/realistic-library.mjs <new folder> [--groups 1500] [--seed 1] [--photos <folder>]
 *
 * `groups` is the number of different pictures; with their copies there are about twice as many files. Base photos come from
 * the folder given, or from the examples; what is missing is drawn. `realistic-library/truth.mjs` tells what `truth.json` says.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildLibrary, EXAMPLE_PHOTOS } from "./realistic-library/build.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    groups: { type: "string", default: "1500" },
    seed: { type: "string", default: "1" },
    photos: { type: "string", default: EXAMPLE_PHOTOS },
  },
});
if (positionals.length !== 1) throw new Error("Expected one folder to build in: node bench/realistic-library.mjs <new folder>");
const { pictures } = await buildLibrary(resolve(positionals[0]), {
  groups: Number(values.groups),
  seed: Number(values.seed),
  photos: resolve(values.photos),
});
console.log(`${pictures.length} pictures in ${pictures.reduce((sum, { files }) => sum + files.length, 0)} files`);
