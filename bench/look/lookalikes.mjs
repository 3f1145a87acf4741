/**
 * Kinds of different photos that look alike: the nearest by the encoder among many photos of one thing. Who is a copy of whom is
 * told by the files' names where the set has it so, else pairs so alike that nobody has judged them are left out.
 */
import { basename } from "node:path";
import { similarPairs } from "./nearest.mjs";

/** Below it the encoder does not propose a pair. */
const FLOOR = 0.4;

/**
 * @typedef {object} Series
 * @property {string} kind
 * @property {RegExp} categories
 * @property {number} below pairs at or above this similarity are left out: some of them are copies
 */

/** @type {readonly Series[]} the first that fits both photos takes the pair */
const SERIES = [
  // All looked at down to 0.68: each photo is another one.
  { kind: "look-alikes: people before one wall", categories: /^(Faces|Faces_easy)$/, below: 2 },
  { kind: "look-alikes: planes", categories: /^airplanes$/, below: 2 },
  // Makers publish one photo of a bike in two paints.
  {
    kind: "look-alikes: products",
    categories: /^(Motorbikes|watch|camera|cellphone|laptop|chair|windsor_chair|cup|stapler|lamp|headphone|ewer|revolver|grand_piano)$/,
    below: 0.7,
  },
  // One drawing in all colours.
  { kind: "look-alikes: one sign", categories: /^yin_yang$/, below: FLOOR },
  { kind: "look-alikes: signs and logos", categories: /^(stop_sign|dollar_bill|soccer_ball|garfield|snoopy|brain)$/, below: 0.5 },
  { kind: "look-alikes: scenes", categories: /./, below: 0.55 },
];

/** Of one kind and half; most similar first. */
const MOST = 700;

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {ReadonlyMap<string, Float32Array>} vectors of files named `category__name.jpg`
 */
export function addLookalikes(gathering, vectors) {
  const added = new Map();
  for (const { one, other, similarity } of similarPairs(vectors, FLOOR)) {
    const [a, b] = [partsOf(one), partsOf(other)];
    if (isFace(a) && isFace(b) && a.name === b.name) {
      // Caltech 101 has its faces twice: whole, and cut out.
      gathering.add("photo: face cut out", { path: one, source: a.name }, { path: other, source: b.name }, "same");
      continue;
    }
    const { kind, below } = SERIES.find(({ categories }) => categories.test(a.category) && categories.test(b.category));
    const key = `${kind}, ${a.name}`;
    if (similarity >= below) {
      gathering.leaveOut(one, other);
      continue;
    }
    if ((added.get(kind) ?? 0) >= 2 * MOST || (added.get(key) ?? 0) >= 12) continue;
    if (!gathering.add(kind, { path: one, source: sourceOf(a) }, { path: other, source: sourceOf(b) }, "different")) continue;
    for (const counted of [kind, key]) added.set(counted, (added.get(counted) ?? 0) + 1);
  }
}

function partsOf(path) {
  const [category, name] = basename(path).split("__");
  return { category, name };
}

function isFace({ category }) {
  return category === "Faces" || category === "Faces_easy";
}

/** Both views of one face fall into one half. */
function sourceOf(parts) {
  return isFace(parts) ? parts.name : `${parts.category} ${parts.name}`;
}
