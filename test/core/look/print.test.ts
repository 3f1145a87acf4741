import sharp from "sharp";
import { expect, test } from "vitest";
import type { GreyPicture } from "../../../src/core/look/grey-picture.ts";
import { isPrint } from "../../../src/core/look/print.ts";
import { drawForm } from "../../drawn-form.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

async function grey(path: string): Promise<GreyPicture> {
  const { data, info } = await sharp(path).resize(1280, 1280, { fit: "inside" }).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

test("a form is print, a photo and an empty page are none", async () => {
  expect(isPrint(await grey(await drawForm(`${temporaryFolder()}/form.png`, 1)))).toBe(true);
  for (const photo of [PHOTOS.landscape, PHOTOS.falcon, PHOTOS.flower, PHOTOS.forest])
    expect(isPrint(await grey(photo)), photo).toBe(false);
  expect(isPrint({ width: 400, height: 400, data: new Uint8Array(160_000).fill(250) })).toBe(false);
});
