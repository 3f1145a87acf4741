/**
 * Our preprocessing, pooling and tokenizing against vectors that Python's transformers library computed.
 */
import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { handOver, type RgbPixels } from "../../../src/core/photos/photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createEncoderPool } from "../../../src/io/encoders/encoder-pool.ts";
import { createTextEncoder } from "../../../src/io/encoders/text-encoder.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { FAMILIES, fixtureFolder, tinyModel } from "../../models.ts";
import { EXAMPLES } from "../../photos.ts";

interface Golden {
  readonly photos: readonly { readonly name: string; readonly pixels: string | null; readonly embedding: readonly number[] }[];
  readonly texts: readonly { readonly text: string; readonly embedding: readonly number[] }[];
}

const golden = (folder: string) => JSON.parse(readFileSync(join(folder, "golden.json"), "utf8")) as Golden;

async function goldenPixels(path: string): Promise<RgbPixels> {
  const { data, info } = await sharp(path).removeAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  return { data: Uint8Array.from(data), width: info.width, height: info.height };
}

describe.each(FAMILIES)("$family", (family) => {
  const folder = fixtureFolder(family);
  const spec = tinyModel(family);
  const { image, text } = spec;
  const installed = { folder, spec, map: null };
  const { photos, texts } = golden(folder);

  test("gives the reference's embedding from the reference's pixels, cosine 0.9999 and above", async () => {
    const encoder = createEncoderPool(installed, 1);
    const withPixels = photos.filter(({ pixels }) => pixels !== null);
    expect(withPixels.length).toBeGreaterThanOrEqual(3);
    for (const { pixels, embedding } of withPixels) {
      const vector = await encoder.encode(handOver(await goldenPixels(join(folder, pixels as string))));
      expect(cosine(vector, toUnitLength(embedding))).toBeGreaterThanOrEqual(0.9999);
    }
    await encoder.close();
  });

  test("gives it from the photo through our own decoding, cosine 0.999 and above, with pixels within half a step on average", async () => {
    const encoder = createEncoderPool(installed, 1);
    const decoder = createDecoder({ resize: image.resize, maxMegapixels: 250, threads: 1 });
    for (const { name, pixels, embedding } of photos) {
      const path = join(EXAMPLES, "originals", name);
      const { size, mtimeMs } = await stat(path);
      const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "" };
      const decoded = await decoder.decode({ file, hash: contentHash("0".repeat(64)) });
      if (!decoded.ok) throw new Error(decoded.skipped.detail);
      if (pixels !== null) {
        const reference = (await goldenPixels(join(folder, pixels))).data;
        const ours = decoded.value.pixels.data;
        expect(ours.reduce((sum, value, i) => sum + Math.abs(value - (reference[i] as number)), 0) / ours.length).toBeLessThan(0.5);
      }
      expect(cosine(await encoder.encode(handOver(decoded.value.pixels)), toUnitLength(embedding)), name).toBeGreaterThanOrEqual(0.999);
    }
    await Promise.all([encoder.close(), decoder.close()]);
  });

  test("tells the photos apart, so that agreement means something", () => {
    const vectors = photos.map(({ embedding }) => toUnitLength(embedding));
    for (const [index, one] of vectors.entries()) {
      for (const other of vectors.slice(index + 1)) expect(cosine(one, other)).toBeLessThan(0.95);
    }
  });

  test.skipIf(text === null)("gives the reference's embedding of words, cosine 0.9999 and above", async () => {
    if (text === null) return;
    const encoder = createTextEncoder(installed, text);
    expect(texts.length).toBeGreaterThan(10);
    for (const { text: words, embedding } of texts) {
      expect(cosine(await encoder.encode(words), toUnitLength(embedding)), JSON.stringify(words)).toBeGreaterThanOrEqual(0.9999);
    }
    await encoder.close();
  });
});
