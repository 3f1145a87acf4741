import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ModelId, type ModelPath, modelId, modelPath } from "../../../src/core/encoders/model-names.ts";
import { placeOf } from "../../../src/io/encoders/model-folder.ts";

describe("a place below the folder of models", () => {
  test("is joined from an encoder's name and a path below it", () => {
    expect(placeOf("/models", modelId("tiny"), modelPath("onnx/model.onnx"))).toBe(join("/models", "tiny", "onnx", "model.onnx"));
    expect(placeOf("models/", modelId("tiny"))).toBe(join("models", "tiny"));
    expect(placeOf("/models", modelId("x..y"))).toContain("x..y");
  });

  test.each([
    ["..", "x"],
    [".", "."],
    ["tiny", "../.."],
    ["tiny", "../../models-of-another/x"],
    ["../../victim", "config.json"],
    ["", ""],
  ])("is refused for %j and %j, even if their types say that they were checked", (id, path) => {
    expect(() => placeOf("/models", id as ModelId, path as ModelPath)).toThrow(RangeError);
  });
});
