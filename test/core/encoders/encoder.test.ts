import { describe, expect, test } from "vitest";
import { type EncoderSpec, encoderFingerprint, encoderTitle, inputSize } from "../../../src/core/encoders/encoder.ts";
import { modelId, modelPath } from "../../../src/core/encoders/model-names.ts";

const SPEC: EncoderSpec = {
  id: modelId("small"),
  version: null,
  files: [
    { path: modelPath("config.json"), bytes: 100, sha256: "cc".repeat(32) },
    { path: modelPath("onnx/model.onnx"), bytes: 8_000_000, sha256: "aa".repeat(32) },
  ],
  image: {
    model: modelPath("onnx/model.onnx"),
    input: "pixel_values",
    resize: { fit: "shortest-edge", size: 256, crop: 224, kernel: "cubic" },
    tensor: { layout: "nchw-float32", mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    output: "image_embeds",
    pooling: "none",
    dimensions: 512,
  },
  text: null,
  map: null,
  threshold: { value: 0.65, floor: 0.45, origin: "measured" },
};
const image = (change: Partial<EncoderSpec["image"]>): EncoderSpec => ({ ...SPEC, image: { ...SPEC.image, ...change } });

describe("an encoder's fingerprint", () => {
  test("differs with everything that changes a vector", () => {
    const changed: readonly EncoderSpec[] = [
      SPEC,
      { ...SPEC, files: [{ path: modelPath("onnx/model.onnx"), bytes: 8_000_000, sha256: "bb".repeat(32) }] },
      image({ input: "pixels" }),
      image({ resize: { fit: "shortest-edge", size: 257, crop: 224, kernel: "cubic" } }),
      image({ resize: { fit: "shortest-edge", size: 256, crop: 225, kernel: "cubic" } }),
      image({ resize: { fit: "shortest-edge", size: 256, crop: 224, kernel: "linear" } }),
      image({ resize: { fit: "squash", size: 224, kernel: "cubic" } }),
      image({ tensor: { layout: "nchw-float32", mean: [0.5, 0.456, 0.406], std: [0.229, 0.224, 0.225] } }),
      image({ tensor: { layout: "nchw-float32", mean: [0.456, 0.485, 0.406], std: [0.229, 0.224, 0.225] } }),
      image({ tensor: { layout: "nchw-float32", mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.5] } }),
      image({ tensor: { layout: "nhwc-uint8" } }),
      image({ output: "last_hidden_state" }),
      image({ pooling: "cls" }),
      image({ dimensions: 384 }),
    ];
    expect(new Set(changed.map(encoderFingerprint)).size).toBe(changed.length);
  });

  test("stays with everything that does not", () => {
    const [config, model] = SPEC.files as [EncoderSpec["files"][0], EncoderSpec["files"][0]];
    const same: readonly EncoderSpec[] = [
      { ...SPEC, id: modelId("renamed") },
      { ...SPEC, version: 13 },
      { ...SPEC, threshold: { value: 0.9, floor: 0.8, origin: "published" } },
      { ...SPEC, files: [model, { ...config, sha256: "dd".repeat(32) }] },
      { ...SPEC, image: Object.fromEntries(Object.entries(SPEC.image).reverse()) as unknown as EncoderSpec["image"] },
    ];
    expect(same.map(encoderFingerprint)).toEqual(same.map(() => encoderFingerprint(SPEC)));
  });

  test("is this one to the byte: another would have every library read anew", () => {
    expect(encoderFingerprint(SPEC)).toBe(
      `[["pixels",1],["weights","${"aa".repeat(32)}"],["input","pixel_values","nchw-float32"],["shortest-edge",256,224,"cubic"],` +
        `["normalize",[0.485,0.456,0.406],[0.229,0.224,0.225]],["output","image_embeds","none",512]]`,
    );
    const adapted = { ...SPEC, map: { path: modelPath("map.f32"), bytes: 525_312, sha256: "ee".repeat(32) } };
    expect(encoderFingerprint(adapted)).toBe(`${encoderFingerprint(SPEC).slice(0, -1)},["map","${"ee".repeat(32)}"]]`);
  });

  test("needs the model among the pinned files", () => {
    expect(() => encoderFingerprint(image({ model: modelPath("onnx/other.onnx") }))).toThrow(
      "Expected onnx/other.onnx among the pinned files of small",
    );
  });
});

test("an encoder sees the whole squashed square, or the centre that is cut", () => {
  expect(inputSize({ fit: "squash", size: 160, kernel: "cubic" })).toBe(160);
  expect(inputSize({ fit: "shortest-edge", size: 256, crop: 224, kernel: "linear" })).toBe(224);
});

test("an encoder is called by its name and its version, where it has one", () => {
  expect(encoderTitle({ id: "dupfind-lite", version: 12 })).toBe("dupfind-lite 12");
  expect(encoderTitle({ id: "sscd", version: null })).toBe("sscd");
});
