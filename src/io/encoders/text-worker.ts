/**
 * One single-threaded session of a text tower: words in, unit vector out.
 */
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import type { TextInput } from "../../core/encoders/encoder.ts";
import { applyMap, type LinearMap } from "../../core/encoders/linear-map.ts";
import { toUnitLength } from "../../core/encoders/similarity.ts";
import { serve } from "../workers/worker-service.ts";
import { blameModel, ModelFault } from "./model-fault.ts";
import { Tensor } from "./onnx-runtime.ts";
import { openModel } from "./open-model.ts";
import { openTokenizer, type Tokenize } from "./tokenizer.ts";

export interface TextWorkerData {
  /** Folder that holds the verified model files. */
  readonly folder: string;
  readonly text: TextInput;
  /** Null for none. */
  readonly map: LinearMap | null;
}

const { folder, text, map } = workerData as TextWorkerData;
const opened = blameModel(() => openTokenizer(join(folder, text.tokenizer)));
await opened.catch(() => {}); // told with the first answer
const session = await openModel(folder, text.model);

serve(async (words: string) => {
  const ids = tokenIds(await opened, words);
  const tokens = new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
  const output = (await session({ [text.input]: tokens }))[text.output];
  if (output === undefined) throw new ModelFault(`Expected output ${text.output}`);
  const vector = toUnitLength(output.data as Float32Array);
  const response = map === null ? vector : applyMap(map, vector);
  return { response, transfer: [response.buffer] };
});

/** The tokenizer's ids, cut to the tower's length with the end token kept last, then filled up where the tower needs it. */
function tokenIds(tokenize: Tokenize, words: string): readonly number[] {
  const ids = tokenize(text.lowerCase ? words.toLowerCase() : words);
  const cut = ids.length > text.length ? [...ids.slice(0, text.length - 1), text.endId] : ids;
  return text.padId === null ? cut : [...cut, ...Array<number>(text.length - cut.length).fill(text.padId)];
}
