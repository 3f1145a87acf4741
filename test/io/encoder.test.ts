import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { RgbPixels } from "../../src/core/photo.ts";
import { cosine } from "../../src/core/similarity.ts";
import { createEncoderPool } from "../../src/io/encoder-pool.ts";
import { chooseEncoder, findModel, installEncoder, verifyModelFiles } from "../../src/io/model-files.ts";
import { seededRandom } from "../seeded-random.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function picture(seed: number): RgbPixels {
  const random = seededRandom(seed);
  return { data: Uint8Array.from({ length: 160 * 160 * 3 }, () => Math.floor(random() * 256)), width: 160, height: 160 };
}

async function encodeAll(seeds: readonly number[], threads: number): Promise<readonly Float32Array[]> {
  const { folder, spec } = installEncoder("dupfind-lite");
  const pool = createEncoderPool(folder, spec.image, threads);
  try {
    return await Promise.all(seeds.map((seed) => pool.encode(picture(seed))));
  } finally {
    await pool.close();
  }
}

describe("the embedded encoder", () => {
  test("gives a picture the same vector bit for bit, whatever the order, the threads and what runs beside it", async () => {
    const [alone] = await encodeAll([3], 1);
    const crowd = await encodeAll([1, 2, 3, 4, 5, 6, 7, 3], 3);
    const reversed = await encodeAll([7, 6, 5, 4, 3], 2);
    for (const vector of [crowd[2], crowd[7], reversed[4]]) expect(vector).toEqual(alone);
  });

  test("gives unit vectors of 512 dimensions", async () => {
    const [vector] = await encodeAll([1], 1);
    expect(vector?.length).toBe(512);
    expect(cosine(vector as Float32Array, vector as Float32Array)).toBeCloseTo(1, 6);
  });

  test("is refused when a byte of a file is flipped, a byte is missing or the file is", () => {
    const folder = temporaryFolder();
    const model = findModel("dupfind-lite");
    cpSync(fileURLToPath(new URL("../../models/dupfind-lite", import.meta.url)), folder, { recursive: true });
    expect(() => verifyModelFiles(model, folder)).not.toThrow();
    const path = join(folder, "onnx/model.onnx");
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.with(5_000_000, (bytes[5_000_000] as number) ^ 1));
    expect(() => verifyModelFiles(model, folder)).toThrow(/model.onnx is not the one the lock pins: its SHA-256 differs/);
    writeFileSync(path, bytes.subarray(1));
    expect(() => verifyModelFiles(model, folder)).toThrow(/has 8661922 bytes, the lock pins 8661923/);
    expect(() => verifyModelFiles(model, join(folder, "nowhere"))).toThrow(/cannot be read \(ENOENT\)/);
  });

  test("has a key of its own that does not depend on thresholds", () => {
    expect(chooseEncoder("dupfind-lite").key).toMatch(/^[0-9a-f]{64}$/);
    expect(chooseEncoder("dupfind-lite").key).toBe(chooseEncoder("dupfind-lite").key);
  });
});
