/**
 * Thumbnails in sheets, made of real photos.
 */
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { type SpriteSheets, sheetColumns } from "../../../src/core/map/sprite-sheet.ts";
import { type PhotoPath, photoPath } from "../../../src/core/units.ts";
import { createTileMaker, encodeSheet } from "../../../src/io/pages/sprite-sheet.ts";
import { packThumbnails } from "../../../src/pipeline/map/pack-thumbnails.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

async function pack(paths: readonly PhotoPath[], edge: number, bytes: number): Promise<SpriteSheets> {
  const maker = createTileMaker(edge);
  const stop = new AbortController().signal;
  try {
    return await packThumbnails(
      paths,
      { edge, bytes },
      { makeTile: maker.makeTile, encode: encodeSheet, onProgress: () => {}, parallel: 2, stop },
    );
  } finally {
    await maker.close();
  }
}

/** One colour each. */
async function writePlain(count: number): Promise<readonly PhotoPath[]> {
  const folder = temporaryFolder();
  const paths = Array.from({ length: count }, (_, i) => photoPath(join(folder, `${i}.png`)));
  for (const [i, path] of paths.entries()) {
    const background = { r: (i * 53) % 256, g: (i * 101) % 256, b: 128 };
    await sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .png()
      .toFile(path);
  }
  return paths;
}

const tilesOf = ({ sheets }: SpriteSheets) => sheets.flatMap(({ tiles }) => tiles);

describe("thumbnails", () => {
  test("of HEIC and JPEG stand upright in their squares, as large as these", async () => {
    const { sheets } = await pack([photoPath(PHOTOS.heic), photoPath(PHOTOS.landscape)], 96, 1e6);
    expect(sheets[0]?.tiles.map(({ width, height }) => Math.max(width, height))).toEqual([96, 96]);
    expect(await sharp(sheets[0]?.jpeg).metadata()).toMatchObject({ format: "jpeg", width: 192, height: 96 });
  });

  test("are those of the photos that they say they are", async () => {
    const paths = await writePlain(40);
    const { sheets } = await pack(paths, 64, 1e6);
    expect(sheets).toHaveLength(1);
    const sheet = sheets[0] as SpriteSheets["sheets"][0];
    const { data, info } = await sharp(sheet.jpeg).raw().toBuffer({ resolveWithObject: true });
    for (const [place, { index }] of sheet.tiles.entries()) {
      const columns = sheetColumns(64);
      const at = ((Math.floor(place / columns) * 64 + 20) * info.width + (place % columns) * 64 + 30) * info.channels;
      expect(Math.abs((data[at] as number) - ((index * 53) % 256))).toBeLessThan(6);
    }
  });

  test("that find no room are counted; the others are within the bytes allowed, and the same every time", async () => {
    const paths = await writePlain(20);
    // A sheet holds four of these.
    const edge = 1024;
    const room = 2.5 * ((await pack(paths.slice(0, 4), edge, 1e9)).sheets[0]?.jpeg.length ?? 0);
    const packed = await pack(paths, edge, room);
    expect(packed.droppedCount).toBe(20 - tilesOf(packed).length);
    expect(packed.droppedCount).toBeGreaterThan(8);
    expect(packed.sheets.reduce((sum, { jpeg }) => sum + jpeg.length, 0)).toBeLessThanOrEqual(room);
    expect(await pack(paths, edge, room)).toEqual(packed);
  });

  test("are left out where a photo is gone or damaged, and nothing else is", async () => {
    const [one, other] = (await writePlain(2)) as [PhotoPath, PhotoPath];
    const packed = await pack([one, photoPath("/nowhere/gone.jpg"), other, photoPath("/etc/hostname")], 64, 1e6);
    expect(
      tilesOf(packed)
        .map(({ index }) => index)
        .sort(),
    ).toEqual([0, 2]);
    expect(packed.droppedCount).toBe(0);
    expect((await pack([photoPath("/nowhere/gone.jpg")], 64, 1e6)).sheets).toEqual([]);
  });
});
