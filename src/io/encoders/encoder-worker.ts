/**
 * One single-threaded session of an image tower: pixels in, unit vector out. One picture at a time, so that a vector
 * cannot depend on what else is in a batch.
 */
import { workerData } from "node:worker_threads";
import type { ImageInput, InputTensor, Pooling } from "../../core/encoders/encoder.ts";
import { applyMap, type LinearMap } from "../../core/encoders/linear-map.ts";
import { toUnitLength } from "../../core/encoders/similarity.ts";
import type { RgbPixels } from "../../core/photos/photo.ts";
import { serve } from "../workers/worker-service.ts";
import { ModelFault } from "./model-fault.ts";
import { Tensor } from "./onnx-runtime.ts";
import { openModel } from "./open-model.ts";

export interface EncoderWorkerData {
  /** Folder that holds the verified model files. */
  readonly folder: string;
  readonly image: ImageInput;
  /** Null for none. */
  readonly map: LinearMap | null;
}

const { folder, image, map } = workerData as EncoderWorkerData;

const session = await openModel(folder, image.model);

serve(async (pixels: RgbPixels) => {
  const outputs = await session({ [image.input]: toTensor(pixels) });
  const output = outputs[image.output];
  if (output === undefined) throw new ModelFault(`Expected output ${image.output}, got ${Object.keys(outputs).join(", ")}`);
  const vector = toUnitLength(pool(output, image.pooling, image.dimensions));
  const response = map === null ? vector : applyMap(map, vector);
  return { response, transfer: [response.buffer] };
});

function toTensor({ data, width, height }: RgbPixels): Tensor {
  if (image.tensor.layout === "nhwc-uint8") return new Tensor("uint8", data, [1, height, width, 3]);
  return new Tensor("float32", normalize(data, width * height, image.tensor), [1, 3, height, width]);
}

/** Interleaved bytes to normalized planes, [3 * plane]. */
function normalize(data: Uint8Array, plane: number, { mean, std }: Extract<InputTensor, { layout: "nchw-float32" }>): Float32Array {
  const values = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const [channelMean, channelStd] = [mean[channel] as number, std[channel] as number];
    for (let i = 0; i < plane; i++) values[channel * plane + i] = ((data[i * 3 + channel] as number) / 255 - channelMean) / channelStd;
  }
  return values;
}

/** Picks the embedding out of an output; token 0 stands first in [1, tokens, dimensions]. */
function pool(output: Tensor, pooling: Pooling, dimensions: number): Float32Array {
  const values = output.data as Float32Array;
  const expected = pooling === "cls" ? 3 : 2;
  if (output.dims.length !== expected || output.dims.at(-1) !== dimensions) {
    throw new ModelFault(`Expected ${expected} axes ending in ${dimensions}, got [${output.dims.join(", ")}]`);
  }
  return values.subarray(0, dimensions);
}
