import { describe, expect, test } from "vitest";
import { isMerelyEnlarged, PART_EDGE } from "../../../src/core/look/detail.ts";
import type { GreyPicture } from "../../../src/core/look/grey-picture.ts";
import { sharp } from "../../../src/io/photos/sharp.ts";
import { PHOTOS } from "../../photos.ts";

const FINE = [PHOTOS.landscape, PHOTOS.falcon];

async function middleOf(bytes: Buffer): Promise<GreyPicture> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  const edge = Math.min(info.width, info.height, PART_EDGE);
  const part = sharp(data, { raw: { width: info.width, height: info.height, channels: 1 } }).extract({
    left: 0,
    top: 0,
    width: edge,
    height: edge,
  });
  return { width: edge, height: edge, data: new Uint8Array(await part.greyscale().raw().toBuffer()) };
}

async function enlarged(path: string, scale: number, kernel: "cubic" | "lanczos3"): Promise<Buffer> {
  const { width } = await sharp(path).metadata();
  return sharp(path)
    .resize({ width: Math.round((width as number) * scale), kernel })
    .jpeg({ quality: 92 })
    .toBuffer();
}

describe("a picture that is larger than its copy", () => {
  test.each([2, 3])("was merely enlarged where it shows nothing finer, %d times", async (scale) => {
    for (const path of FINE)
      for (const kernel of ["cubic", "lanczos3"] as const)
        expect(isMerelyEnlarged(await middleOf(await enlarged(path, scale, kernel)), scale)).toBe(true);
  });

  test.each([1.75, 2, 3, 8])("was not where it shows more than the smaller can, %d times", async (scale) => {
    for (const path of FINE)
      expect(isMerelyEnlarged(await middleOf(await sharp(path).jpeg({ quality: 85 }).toBuffer()), scale)).toBe(false);
  });

  test("tells nothing where it is flat, or smaller than what is looked at", () => {
    const flat = (edge: number) => ({ width: edge, height: edge, data: new Uint8Array(edge * edge).fill(120) });
    expect(isMerelyEnlarged(flat(300), 2)).toBe(false);
    expect(isMerelyEnlarged(flat(60), 2)).toBe(false);
  });
});
