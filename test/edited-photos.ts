/**
 * A benchmark of real pictures whose answers are known: parts of the example photos, and edits of each part. Parts of one photo
 * that touch or overlap look alike and are different pictures.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { EXAMPLES } from "./photos.ts";

/** A picture of the benchmark; `part` is the same for all edits of one part. */
export interface KnownPicture {
  readonly path: string;
  readonly photo: string;
  readonly part: string;
}

export interface KnownPair {
  readonly a: KnownPicture;
  readonly b: KnownPicture;
  readonly same: boolean;
}

const COLUMNS = 3;
const ROWS = 2;
/** Edge of a part in steps between parts: neighbours share a little. */
const OVERLAP = 1.05;
const PART_EDGE = 300;

const EDITS: Readonly<Record<string, (part: Sharp) => Sharp>> = {
  small: (part) => part.resize(96).jpeg({ quality: 70 }),
  grey: (part) => part.greyscale().jpeg({ quality: 40 }),
  cropped: (part) => part.extract({ left: 35, top: 30, width: 230, height: 230 }).jpeg({ quality: 80 }),
};

/** Writes parts to `<folder>/parts` and edits to `<folder>/edits`. */
export async function writeBenchmark(folder: string): Promise<readonly KnownPair[]> {
  const pictures = await writePictures(folder);
  const originals = pictures.filter(({ path }) => path.includes("/parts/"));
  const edits = pictures.filter(({ path }) => path.includes("/edits/"));
  const same = edits.map((edit) => ({ a: originals.find(({ part }) => part === edit.part) as KnownPicture, b: edit, same: true }));
  const lookAlikes = originals.flatMap((one, index) =>
    originals
      .slice(0, index)
      .filter((other) => other.photo === one.photo)
      .map((other) => ({ a: one, b: other, same: false })),
  );
  const others = originals.flatMap((one, index) => ({ a: one, b: edits[(index * 7 + 40) % edits.length] as KnownPicture, same: false }));
  return [...same, ...lookAlikes, ...others.filter(({ a, b }) => a.photo !== b.photo)];
}

export function writeLabels(path: string, pairs: readonly KnownPair[]): void {
  writeFileSync(
    path,
    ["first,second,label", ...pairs.map(({ a, b, same }) => `"${a.path}","${b.path}",${same ? "same" : "different"}`)].join("\n"),
  );
}

async function writePictures(folder: string): Promise<readonly KnownPicture[]> {
  for (const name of ["parts", "edits"]) mkdirSync(join(folder, name), { recursive: true });
  const photos = readdirSync(join(EXAMPLES, "originals")).filter(
    (name) => /\.(jpg|webp)$/.test(name) && name !== "portrait-orientation-6.jpg",
  );
  const pictures: KnownPicture[] = [];
  for (const photo of photos) {
    const { data, info } = await sharp(join(EXAMPLES, "originals", photo)).toBuffer({ resolveWithObject: true });
    const [width, height] = [
      Math.floor((info.width * OVERLAP) / (COLUMNS + OVERLAP - 1)),
      Math.floor((info.height * OVERLAP) / (ROWS + OVERLAP - 1)),
    ];
    for (let i = 0; i < COLUMNS * ROWS; i++) {
      const left = Math.floor(((i % COLUMNS) * (info.width - width)) / (COLUMNS - 1));
      const top = Math.floor((Math.floor(i / COLUMNS) * (info.height - height)) / (ROWS - 1));
      const part = `${basename(photo)}-${i}`;
      const square = await sharp(data).extract({ left, top, width, height }).resize(PART_EDGE, PART_EDGE).png().toBuffer();
      const path = join(folder, "parts", `${part}.jpg`);
      await sharp(square).jpeg({ quality: 90 }).toFile(path);
      pictures.push({ path, photo, part });
      for (const [edit, make] of Object.entries(EDITS)) {
        const edited = join(folder, "edits", `${part}-${edit}.jpg`);
        await make(sharp(square)).toFile(edited);
        pictures.push({ path: edited, photo, part });
      }
    }
  }
  return pictures;
}
