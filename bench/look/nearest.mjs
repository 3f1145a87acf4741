/**
 * Which pictures the encoder holds to be alike: what the look will be asked about.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { runDupfind } from "../measure.mjs";
import { dot } from "../random.mjs";

/**
 * @param {readonly string[]} paths
 * @param {string} kept file of vectors of an earlier run; written if it is missing or does not know all the paths
 * @returns {Map<string, Float32Array>} unit vectors by path; none for a picture that cannot be read
 */
export function vectorsOf(paths, kept) {
  const known = readKept(kept);
  const missing = paths.filter((path) => !known.has(path));
  // In batches: a command line holds only so many paths.
  for (let at = 0; at < missing.length; at += 1000)
    for (const [path, vector] of parse(runDupfind(["embed", "--threads", "1", "-q", ...missing.slice(at, at + 1000)]).output))
      known.set(path, vector);
  if (missing.length > 0)
    writeFileSync(
      kept,
      [...known].map(([path, vector]) => `${JSON.stringify({ path, vector: Buffer.from(vector.buffer).toString("base64") })}\n`).join(""),
    );
  return new Map(paths.filter((path) => known.has(path)).map((path) => [path, known.get(path)]));
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

function readKept(path) {
  try {
    const rows = readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    return new Map(rows.map((row) => [row.path, new Float32Array(new Uint8Array(Buffer.from(row.vector, "base64")).buffer)]));
  } catch {
    // Nothing kept yet.
    return new Map();
  }
}

function parse(output) {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ path, vector }) => [path, unit(vector)]);
}

function unit(vector) {
  const length = Math.sqrt(dot(vector, vector));
  return Float32Array.from(vector, (value) => value / length);
}
