/**
 * The labelled pairs of the benchmark while they are gathered, and the file they are kept in.
 *
 * Every picture has a source (the photo it was made from, the form, the app): its name alone decides the half. Pictures of
 * different halves make no pair, so what is tuned on one half has seen nothing of the other.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { csvLine } from "../../dist/core/text/csv.js";
import { seededRandom } from "../random.mjs";

/** @typedef {"same" | "altered" | "different"} Truth what a person would call the pair */
/** @typedef {{ readonly path: string, readonly source: string }} Picture */
/** @typedef {{ readonly kind: string, readonly half: "tune" | "held", readonly a: string, readonly b: string, readonly truth: Truth }} LabelledPair */

const COLUMNS = ["kind", "half", "a", "b", "truth"];
export const COLUMN_LINE = csvLine(COLUMNS);
const HALVES = /** @type {const} */ (["tune", "held"]);

/** @typedef {ReturnType<typeof openGathering>} Gathering */

/** @param {string} folder the pictures go into, and `pairs.csv` */
export function openGathering(folder) {
  /** @type {Map<string, LabelledPair>} by its two paths: no pair is counted twice */
  const pairs = new Map();
  /** @type {[string, string][]} */
  const unjudged = [];
  return {
    folder,
    pairs: () => [...pairs.values()],

    /** A path for a picture of this kind, in a folder of the kind. */
    place(kind, name) {
      const path = join(folder, fileName(kind), fileName(name));
      mkdirSync(dirname(path), { recursive: true });
      return path;
    },

    /**
     * @param {string} kind
     * @param {Picture} one
     * @param {Picture} other
     * @param {Truth} truth
     * @returns {boolean} false if the two belong to different halves
     */
    add(kind, one, other, truth) {
      const half = halfOf(one.source);
      if (one.path === other.path || half !== halfOf(other.source)) return false;
      pairs.set(JSON.stringify([one.path, other.path].sort()), { kind, half, a: one.path, b: other.path, truth });
      return true;
    },

    /** Two pictures too much alike to be called different unseen. */
    leaveOut(one, other) {
      unjudged.push([one, other]);
    },

    /**
     * @param {string} path of the file the pairs are written to
     * @param {string} unjudgedPath
     */
    save(path, unjudgedPath) {
      const rows = [...pairs.values()].map((pair) => COLUMNS.map((column) => pair[column]));
      writeFileSync(path, COLUMN_LINE + rows.map(csvLine).join(""));
      writeFileSync(unjudgedPath, unjudged.map(csvLine).join(""));
    },
  };
}

/**
 * @param {string} folder that `gather` filled
 * @returns {readonly LabelledPair[]}
 */
export function readPairs(folder) {
  return readRows(join(folder, "pairs.csv"))
    .slice(1)
    .map((fields) => Object.fromEntries(fields.map((field, index) => [COLUMNS[index], field])));
}

/**
 * @param {string} folder that `gather` filled
 * @returns {readonly (readonly [string, string])[]}
 */
export function readUnjudged(folder) {
  return readRows(join(folder, "unjudged.csv"));
}

/** @param {string} path of a CSV file @returns {string[][]} */
export function readRows(path) {
  return readFileSync(path, "utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map(fieldsOf);
}

/** @param {string} source */
export function halfOf(source) {
  return HALVES[digest(source)[0] & 1];
}

/**
 * @param {readonly string[]} names what the numbers are for: the same names, the same numbers
 * @returns {() => number}
 */
export function randomFor(...names) {
  return seededRandom(digest(names.join("\n")).readInt32LE(1));
}

/** @param {string} path */
export function stemOf(path) {
  return basename(path).replace(/\.[^.]*$/, "");
}

function digest(text) {
  return createHash("sha256").update(text).digest();
}

function fileName(text) {
  return text.replace(/[^\w.-]+/g, "-").replace(/^-|-$/g, "");
}

/** Fields in quotes may hold commas, and quotes twice. */
function fieldsOf(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare);
}
