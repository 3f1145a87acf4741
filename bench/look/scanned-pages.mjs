/**
 * Kinds made of scanned pages: receipts, many of them on one form, and pages of books. Nearly all are different, and rescans are made
 * of some.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { randomFor, stemOf } from "./gathering.mjs";
import { similarPairs } from "./nearest.mjs";
import { signature } from "./photo-alterations.mjs";
import { drawnOver, fitted } from "./picture.mjs";
import { photographed, rescanned } from "./rescans.mjs";

/** Below it the encoder does not propose a pair. */
const FLOOR = 0.4;
/** A whole page agrees to this much only with its own scan. */
const SAME_SCAN = 0.985;

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {string} group what the kinds' names begin with
 * @param {ReadonlyMap<string, Float32Array>} vectors of the pages
 * @param {{ sourceOf: (path: string) => string, rescans: number, mostPairs: number }} options mostPairs: most similar first
 */
export async function addScannedPages(gathering, group, vectors, { sourceOf, rescans, mostPairs }) {
  const picture = (path) => ({ path, source: sourceOf(path) });
  const likeness = likenesses();
  let added = 0;
  for (const { one, other, similarity } of similarPairs(vectors, FLOOR)) {
    if (added >= mostPairs) break;
    // A few are there twice. How alike they are is looked up in the pixels.
    const twice = similarity > 0.8 && (await likeness(one, other)) > SAME_SCAN;
    if (gathering.add(twice ? `${group}: scanned twice` : `${group}: others`, picture(one), picture(other), twice ? "same" : "different"))
      added++;
  }
  for (const path of spread([...vectors.keys()], rescans)) {
    await addMade(gathering, `${group}: rescans`, picture(path), "same", (random) => rescanned(path, random));
    await addMade(gathering, `${group}: photographed`, picture(path), "same", (random) => photographed(path, random));
    await addMade(gathering, `${group}: signed`, picture(path), "altered", (random) => signed(path, random));
  }
}

async function addMade(gathering, kind, { path, source }, truth, make) {
  const what = kind.replace(/^.*: /, "");
  const made = gathering.place(kind, `${stemOf(path)}, ${what}.jpg`);
  writeFileSync(made, await make(randomFor(source, what)));
  gathering.add(kind, { path, source }, { path: made, source }, truth);
}

async function signed(path, random) {
  const page = await fitted(path, 2000);
  return sharp(await drawnOver(page.bytes, signature(page, random)))
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** @returns {(one: string, other: string) => Promise<number>} correlation of two pictures at 200 × 400 */
function likenesses() {
  const small = new Map();
  const shrunk = async (path) => {
    if (!small.has(path)) small.set(path, await sharp(path).greyscale().resize(200, 400, { fit: "fill" }).blur(1).raw().toBuffer());
    return small.get(path);
  };
  return async (one, other) => correlation(await shrunk(one), await shrunk(other));
}

/** @param {Uint8Array} a @param {Uint8Array} b */
function correlation(a, b) {
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    sa += a[i];
    sb += b[i];
    saa += a[i] * a[i];
    sbb += b[i] * b[i];
    sab += a[i] * b[i];
  }
  const n = a.length;
  return (sab - (sa * sb) / n) / Math.sqrt((saa - (sa * sa) / n) * (sbb - (sb * sb) / n) + 1);
}

function spread(items, count) {
  return Array.from({ length: Math.min(count, items.length) }, (_, at) => items[Math.floor((at * items.length) / count)]);
}
