/**
 * A verdict is kept by content, so that what is read has to be the content that was identified.
 */
import { renameSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { IdentifiedPhoto } from "../../../src/core/photos/photo.ts";
import { PictureReader } from "../../../src/io/look/picture-reader.ts";
import { identifyPath } from "../../../src/io/photos/identify.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

async function identified(path: string): Promise<IdentifiedPhoto> {
  const outcome = await identifyPath(path);
  if (!outcome.ok) throw new Error(outcome.skipped.reason);
  return outcome.value;
}

test("another file of one size and time, renamed to the place of the one that was identified, is not read for it", async () => {
  const folder = temporaryFolder();
  const [one, other] = ["one.tif", "other.tif"].map((name) => join(folder, name)) as [string, string];
  for (const [from, to] of [
    [PHOTOS.landscape, one],
    [PHOTOS.falcon, other],
  ] as const) {
    await sharp(from).resize(120, 80, { fit: "fill" }).removeAlpha().tiff({ compression: "none" }).toFile(to);
    utimesSync(to, 1_000_000, 1_000_000);
  }
  expect(statSync(one).size).toBe(statSync(other).size);
  const photo = await identified(one);
  const reader = new PictureReader();
  expect((await (await reader.open(photo)).page(0)).fine).toMatchObject({ width: 120, height: 80 });
  renameSync(other, one);
  await expect((await reader.open(photo)).page(0)).rejects.toThrow("the file changed");
  await reader.close();
});
