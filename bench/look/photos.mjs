/**
 * Kinds made of photos: edits of each, and different photos that carry the same caption, frame or screen around them.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { halfOf, randomFor, stemOf } from "./gathering.mjs";
import { ALTERED } from "./photo-alterations.mjs";
import { SAME } from "./photo-copies.mjs";
import { fitted } from "./picture.mjs";

/** Pixels of the longest side. */
const LONGEST = 1280;

/** What two different photos may have in common. */
const SHARED = {
  ...pick(ALTERED, ["caption over it", "caption in a bar", "stamp", "signature"]),
  ...pick(SAME, ["in a frame", "in a screenshot"]),
};

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {readonly string[]} photos no two of them of one scene
 */
export async function addPhotoEdits(gathering, photos) {
  for (const path of photos) {
    const source = stemOf(path);
    const photo = await fitted(path, LONGEST);
    for (const [edits, truth] of /** @type {const} */ ([
      [SAME, "same"],
      [ALTERED, "altered"],
    ]))
      for (const [name, edit] of Object.entries(edits)) {
        const edited = gathering.place("photo edits", `${source}, ${name}.jpg`);
        writeFileSync(edited, await edit(photo, randomFor(source, name)));
        gathering.add(`photo: ${name}`, { path, source }, { path: edited, source }, truth);
      }
  }
}

/**
 * Pairs of edits of one photo: neither of them is the original.
 * @param {import("./gathering.mjs").Gathering} gathering
 */
export function addPairsOfEdits(gathering) {
  const copies = gathering.pairs().filter(({ kind, truth }) => kind.startsWith("photo: ") && truth === "same");
  for (const path of new Set(copies.map(({ a }) => a))) {
    const pairs = copies.filter(({ a }) => a === path);
    const source = stemOf(path);
    const random = randomFor(source, "pairs of edits");
    const mild = pairs.filter(({ kind }) => !HARDEST.some((name) => kind.endsWith(name)));
    for (let drawn = 0; drawn < 4; drawn++) {
      const [one, other] = [random(), random()].map((value) => mild[Math.floor(value * mild.length)]);
      // Two crops may have nothing in common.
      if (one.kind.includes("crop") && other.kind.includes("crop")) continue;
      gathering.add("photo: two edits of one", { path: one.b, source }, { path: other.b, source }, "same");
    }
  }
}

const HARDEST = ["96 pixels", "strong blur", "halftone", "combination", "screen in a screen", "noise", "JPEG 8"];

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {readonly string[]} photos
 */
export async function addSharedFurniture(gathering, photos) {
  for (const half of ["tune", "held"]) {
    const mine = photos.filter((path) => halfOf(stemOf(path)) === half);
    for (const [name, edit] of Object.entries(SHARED)) {
      const kind = `different photos, one ${name.replace(/ over it| in a bar/, "").replace(/^in a /, "")}`;
      const made = [];
      for (const path of mine) {
        const place = gathering.place("shared furniture", `${stemOf(path)}, ${name}.jpg`);
        // One size and one draw for all: the same thing in the same place.
        const bytes = await sharp(path).rotate().resize(900, 640, { fit: "cover" }).png().toBuffer();
        writeFileSync(place, await edit({ bytes, width: 900, height: 640 }, randomFor(name)));
        made.push({ path: place, source: stemOf(path) });
      }
      for (let at = 0; at < made.length; at++) {
        gathering.add(kind, made[at], made[(at + 1) % made.length], "different");
        gathering.add(kind, made[at], made[(at + 5) % made.length], "different");
      }
    }
  }
}

function pick(edits, names) {
  return Object.fromEntries(names.map((name) => [name, edits[name]]));
}
