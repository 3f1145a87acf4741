/**
 * The keys that libraries know encoders by: another key would have every photo read anew.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type EncoderSpec, encoderFingerprint } from "../../src/core/encoders/encoder.ts";
import { modelId, modelPath } from "../../src/core/encoders/model-names.ts";
import { FAMILIES, models, tinyModel } from "../models.ts";

const GOLDEN = JSON.parse(readFileSync(new URL("encoder-keys.json", import.meta.url), "utf8")) as Readonly<Record<string, string>>;

function keyOf(spec: EncoderSpec): string {
  return createHash("sha256").update(encoderFingerprint(spec)).digest("hex");
}

describe("the key of an encoder", () => {
  const store = models("/nowhere");

  test("of the package is the one it always had", () => {
    expect(Object.fromEntries(store.models.map(({ id }) => [id, store.choose(id).key]))).toEqual(GOLDEN);
  });

  test("of the tiny encoders in test/fixtures is the one it always had", () => {
    expect(FAMILIES.map((family) => `${keyOf(tinyModel(family))} ${family.family}`)).toEqual([
      "eb4d8f36bbb107ff167ec8d8bcb7ec0679f975034ad5d772f056e632e875590f dinov2",
      "311c164a2a2909a12224e6b9117a9d9201aadf34603806be01b215701dae779e clip",
      "b9c874c991bce7a19e993f0e8a47b39d6f8d42953b627a765eb69aed73a0566e siglip",
      "b0d2c3c64f5e9f8f2653eca521d8a4dbbaf471314437125e87ee43547d1aeb2c siglip2",
    ]);
  });

  test("of an encoder with a linear map, or one that takes bytes as they are, is the one it always had", () => {
    const plain: EncoderSpec = {
      id: modelId("any"),
      version: null,
      files: [{ path: modelPath("model.onnx"), bytes: 1, sha256: "ab".repeat(32) }],
      image: {
        model: modelPath("model.onnx"),
        input: "pixels",
        resize: { fit: "squash", size: 160, kernel: "linear" },
        tensor: { layout: "nhwc-uint8" },
        output: "embedding",
        pooling: "cls",
        dimensions: 512,
      },
      text: null,
      map: null,
      threshold: { value: 0.6, floor: 0.4, origin: "measured" },
    };
    const mapped: EncoderSpec = { ...plain, map: { path: modelPath("map.f32"), bytes: 525_312, sha256: "cd".repeat(32) } };
    expect([plain, mapped].map(keyOf)).toEqual([
      "06c8fb3dfe59599f69eca772a8c39220f0a51b6272413134b59fa7cfabcccd72",
      "17181a1e5260d0473f652f5327ea801d0ff3de96abd61744e6ac8973eab1b7f3",
    ]);
  });
});
