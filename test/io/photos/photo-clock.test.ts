/**
 * The time that a photo may take, in every format that libvips decodes: by itself it would come to its end at some time or never.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { CODECS } from "../../../src/io/photos/codecs/codecs.ts";
import { OpenCodecs } from "../../../src/io/photos/codecs/open-codecs.ts";
import { drawingTo } from "../../../src/io/photos/decode.ts";
import { inspectPicture } from "../../../src/io/photos/inspect-picture.ts";
import { inTime, OutOfTime, offTheClock, workLeftBehind } from "../../../src/io/photos/photo-clock.ts";
import { PictureTurns } from "../../../src/io/photos/picture-turns.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const codecs = new OpenCodecs(CODECS, 2);
afterAll(() => codecs.close());
const drawing = drawingTo({ fit: "squash", size: 64, kernel: "cubic" });
const never = () => new Promise<void>(() => {});

/** Noise, which no decoder has done in a millisecond. */
const large = () =>
  sharp({ create: { width: 3000, height: 2000, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 60 } } });

test.for([
  ["jpeg", () => large().jpeg({ progressive: true })],
  ["png", () => large().png({ progressive: true, compressionLevel: 1 })],
  ["webp", () => large().webp({ effort: 0 })],
  ["tiff", () => large().tiff({ compression: "lzw" })],
  ["gif", () => large().gif({ effort: 1 })],
  ["avif", () => large().avif({ effort: 0 })],
] as const)("%s is given up when its time is over, and what it held is given back", async ([format, make]) => {
  const path = join(temporaryFolder(), `noise.${format}`);
  writeFileSync(path, await make().toBuffer());
  const inspection = await inspectPicture(path, 250, CODECS);
  if (!inspection.ok) throw new Error(inspection.detail);
  const before = workLeftBehind();
  const draw = (limitMs: number) => inTime(limitMs, () => codecs.draw(path, inspection.picture, drawing));
  await expect(draw(1)).rejects.toThrow(OutOfTime);
  // It is the native decoder that goes on; here it comes to an end, and then nothing of it is left.
  await expect.poll(workLeftBehind, { timeout: 60_000 }).toBe(before);
  expect(await draw(600_000)).toMatchObject({ ok: true });
});

test("what waits for its turn uses up none of its time", async () => {
  const turns = new PictureTurns(1);
  const ends: (() => void)[] = [];
  const first = turns.run(1, () => new Promise<void>((end) => ends.push(end)));
  let waited = false;
  const second = inTime(100, () => turns.run(1, async () => "drawn")).finally(() => {
    waited = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(waited).toBe(false);
  for (const end of ends) end();
  await first;
  expect(await second).toBe("drawn");
});

test("work in which a wait was begun and ended twice still comes to its end", async () => {
  const work = async () => {
    await Promise.all([offTheClock(async () => {}), offTheClock(async () => {})]);
    await never();
  };
  await expect(inTime(50, work)).rejects.toThrow("It came to no end in 0.05 s");
});
