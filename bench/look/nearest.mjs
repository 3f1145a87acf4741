/**
 * Which pictures the encoder holds to be alike: what the look will be asked about.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { runDupfind } from "../measure.mjs";
import { dot } from "../random.mjs";

const BATCH = 1000;

/**
 * @param {readonly string[]} paths
 * @param {string} kept file of vectors of an earlier run; written if it is missing or does not know all the paths
 * @returns {Map<string, Float32Array>} unit vectors by path; none for a picture that cannot be read
 */
export function vectorsOf(paths, kept) {
  const known = readKept(kept);
  const versions = new Map(paths.map((path) => [path, statSync(path).mtimeMs]));
  const missing = paths.filter((path) => known.get(path)?.version !== versions.get(path));
  // In batches: a command line holds only so many paths.
  for (let at = 0; at < missing.length; at += BATCH)
    for (const [path, vector] of embed(missing.slice(at, at + BATCH))) known.set(path, { vector, version: versions.get(path) });
  if (missing.length > 0) writeKept(kept, known);
  return new Map(paths.flatMap((path) => (known.has(path) ? [[path, known.get(path).vector]] : [])));
}

/**
 * @param {readonly { readonly a: string, readonly b: string }[]} pairs
 * @param {string} kept as `vectorsOf` has it
 * @returns {readonly number[]} their similarities; NaN where a picture cannot be read
 */
export function similaritiesOf(pairs, kept) {
  const vectors = vectorsOf([...new Set(pairs.flatMap(({ a, b }) => [a, b]))], kept);
  return pairs.map(({ a, b }) => {
    const [one, other] = [vectors.get(a), vectors.get(b)];
    return one === undefined || other === undefined ? Number.NaN : dot(one, other);
  });
}

/**
 * @param {ReadonlyMap<string, Float32Array>} vectors
 * @param {number} least
 * @returns {{ readonly one: string, readonly other: string, readonly similarity: number }[]} most similar first
 */
export function similarPairs(vectors, least) {
  const all = [...vectors];
  const found = [];
  for (let i = 0; i < all.length; i++)
    for (let j = i + 1; j < all.length; j++) {
      const similarity = dot(all[i][1], all[j][1]);
      if (similarity >= least) found.push({ one: all[i][0], other: all[j][0], similarity });
    }
  return found.sort((one, other) => other.similarity - one.similarity);
}

/** @returns {Map<string, { readonly vector: Float32Array, readonly version: number }>} version: when the picture was written */
function readKept(path) {
  if (!existsSync(path)) return new Map();
  const rows = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return new Map(
    rows.map(({ path, version, vector }) => [
      path,
      { version, vector: new Float32Array(new Uint8Array(Buffer.from(vector, "base64")).buffer) },
    ]),
  );
}

function writeKept(path, known) {
  const rows = [...known].map(([path, { version, vector }]) => ({ path, version, vector: Buffer.from(vector.buffer).toString("base64") }));
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

/** @returns {(readonly [string, Float32Array])[]} unit vectors of those that can be read */
function embed(paths) {
  const { output } = runDupfind(["embed", "--threads", "1", "-q", ...paths]);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .map(({ path, vector }) => [path, Float32Array.from(vector)]);
}
