/**
 * One single-threaded session of an encoder: pixels in, unit vector out. One picture at a time, so that a vector
 * cannot depend on what else is in a batch. User of Transformers.js.
 */
import { workerData } from "node:worker_threads";
import { AutoModel, env, Tensor } from "@xenova/transformers";
import type { ImageInput, Pooling } from "../core/encoder.ts";
import type { RgbPixels } from "../core/photo.ts";
import { toUnitLength } from "../core/similarity.ts";
import { serve } from "./worker-service.ts";

export interface EncoderWorkerData {
  /** Folder that holds the verified model files. */
  readonly folder: string;
  readonly image: ImageInput;
}

const { folder, image } = workerData as EncoderWorkerData;

env.allowRemoteModels = false;
const modelName = /^onnx\/(.+)\.onnx$/.exec(image.model)?.[1];
if (modelName === undefined) throw new Error(`Expected onnx/<name>.onnx, got ${image.model}`);
const session = await AutoModel.from_pretrained(folder, {
  dtype: "fp32",
  device: "cpu",
  local_files_only: true,
  model_file_name: modelName,
  session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" },
});

serve(async (pixels: RgbPixels) => {
  const outputs = (await session({ [image.input]: toTensor(pixels) })) as Record<string, Tensor | undefined>;
  const output = outputs[image.output];
  if (output === undefined) throw new Error(`Expected output ${image.output}, got ${Object.keys(outputs).join(", ")}`);
  const response = toUnitLength(pool(output, image.pooling, image.dimensions));
  return { response, transfer: [response.buffer] };
});

/** [height, width, 3] bytes to normalized [1, 3, height, width] float32. */
function toTensor({ data, width, height }: RgbPixels): Tensor {
  const plane = width * height;
  const values = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const mean = image.mean[channel] as number;
    const std = image.std[channel] as number;
    for (let i = 0; i < plane; i++) values[channel * plane + i] = ((data[i * 3 + channel] as number) / 255 - mean) / std;
  }
  return new Tensor("float32", values, [1, 3, height, width]);
}

/** Picks the embedding out of an output; token 0 stands first in [1, tokens, dimensions]. */
function pool(output: Tensor, pooling: Pooling, dimensions: number): Float32Array {
  const values = output.data as Float32Array;
  const expected = pooling === "cls" ? 3 : 2;
  if (output.dims.length !== expected || output.dims.at(-1) !== dimensions) {
    throw new Error(`Expected ${expected} axes ending in ${dimensions}, got [${output.dims.join(", ")}]`);
  }
  return values.subarray(0, dimensions);
}
