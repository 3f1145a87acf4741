/**
 * Kinds of different photos of one scene: frames of a moving scene, walks around a building, photos taken to be joined. None of
 * them is a copy of another.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { filesOf, SERIES } from "./sources.mjs";

/** Frames apart. */
const STEPS = [1, 2, 3, 5, 8, 13];
const LONGEST = 1600;

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {{ clones: string | undefined, folder: string }} where
 * @returns {Promise<readonly string[]>} repositories that are missing
 */
export async function addSeries(gathering, where) {
  const missing = [];
  for (const { kind, most, ...set } of SERIES) {
    const files = filesOf(set, where);
    if (files.length === 0) missing.push(set.repository);
    // One repository may hold several series, each in a folder.
    for (const folder of new Set(files.map(({ parts }) => parts[0]))) {
      const source = `${set.repository} ${folder}`;
      const frames = files.filter(({ parts }) => parts[0] === folder).slice(0, most);
      const pictures = [];
      for (const [at, { path }] of frames.entries())
        pictures.push({ path: await withoutMetadata(gathering, kind, `${source} ${at}`, path), source });
      for (const step of STEPS)
        for (let at = 0; at + step < pictures.length; at += Math.max(1, step >> 1))
          gathering.add(kind, pictures[at], pictures[at + step], "different");
    }
  }
  return missing;
}

/** What a messenger leaves of it: no capture time. */
async function withoutMetadata(gathering, kind, name, path) {
  const place = gathering.place(kind, `${name}.jpg`);
  const bytes = await sharp(path)
    .rotate()
    .resize(LONGEST, LONGEST, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 92 })
    .toBuffer();
  writeFileSync(place, bytes);
  return place;
}
