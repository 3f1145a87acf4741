/**
 * The same numbers as Transformers.js gives, which earlier versions went through: libraries that it made go on serving, bit for bit.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type * as Transformers from "@xenova/transformers";
import { beforeAll, describe, expect, test } from "vitest";
import { inputSize } from "../../../src/core/encoders/encoder.ts";
import { Tensor } from "../../../src/io/encoders/onnx-runtime.ts";
import { openModel } from "../../../src/io/encoders/open-model.ts";
import { openTokenizer } from "../../../src/io/encoders/tokenizer.ts";
import { FAMILIES, installFamilies, models } from "../../models.ts";
import { seededRandom } from "../../seeded-random.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

let theirs: typeof Transformers;

// Behind ONNX Runtime, which is loaded above with its telemetry off.
beforeAll(async () => {
  theirs = await import("@xenova/transformers");
});

const WORDS = ["a dog on the beach", "", "Zürich, 3. März: 12 °C!", "日本語 🙂", "  two   spaces ", "don't", "x".repeat(400)];

async function theirVector(folder: string, path: string, input: string, data: Float32Array | Uint8Array, dims: number[]) {
  const [, subfolder, name] = /^(.+)\/([^/]+)\.onnx$/.exec(path) ?? [];
  theirs.env.allowRemoteModels = false;
  const model = await theirs.PreTrainedModel.from_pretrained(folder, {
    config: { model_type: "custom" } as never,
    subfolder: subfolder as string,
    model_file_name: name as string,
    dtype: "fp32",
    device: "cpu",
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" },
  });
  return model({ [input]: new theirs.Tensor(data instanceof Uint8Array ? "uint8" : "float32", data, dims) });
}

function bytesOf(values: unknown): Buffer {
  const { buffer, byteOffset, byteLength } = values as Float32Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}

const encoders = [
  ["dupfind-lite", () => models(temporaryFolder())] as const,
  ...FAMILIES.map(({ id }) => [id, () => installFamilies(temporaryFolder())] as const),
];

describe("an image tower gives the same output", () => {
  test.each(encoders)("%s", async (id, install) => {
    const { spec, folder } = await install().open(id);
    const { input, output, model, tensor, resize } = spec.image;
    const edge = inputSize(resize);
    const random = seededRandom(7);
    const isBytes = tensor.layout === "nhwc-uint8";
    const dims = isBytes ? [1, edge, edge, 3] : [1, 3, edge, edge];
    const data = isBytes
      ? Uint8Array.from({ length: edge * edge * 3 }, () => random() * 256)
      : Float32Array.from({ length: edge * edge * 3 }, () => random() - 0.5);
    const feed = { [input]: new Tensor(isBytes ? "uint8" : "float32", data as never, dims) };
    const ours = (await (await openModel(folder, model))(feed))[output] as Tensor;
    const their = (await theirVector(folder, model, input, data, dims))[output] as Transformers.Tensor;
    expect(ours.dims).toEqual(their.dims);
    expect(bytesOf(ours.data).equals(bytesOf(their.data))).toBe(true);
  });
});

describe("words have the same ids", () => {
  const withText = FAMILIES.filter(({ text }) => text !== null);
  test.each(withText.map(({ id }) => id))("%s", async (id) => {
    const { spec, folder } = await installFamilies(temporaryFolder()).open(id);
    if (spec.text === null) throw new Error(`${id} knows no words`);
    const file = join(folder, spec.text.tokenizer);
    expect(dirname(file)).toContain(folder);
    const ours = await openTokenizer(file);
    const their = new theirs.PreTrainedTokenizer(JSON.parse(await readFile(file, "utf8")), {});
    for (const words of WORDS) expect(ours(words)).toEqual(their.encode(words));
  });
});
