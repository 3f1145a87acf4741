/**
 * Opens a verified ONNX file through Transformers.js, on one thread and without ever asking the network.
 */
import { blameModel } from "./model-fault.ts";
import { env, PreTrainedModel } from "./transformers.ts";

/** Runs the graph on named inputs; throws a `ModelFault` where that does not go. */
export type Model = (inputs: Readonly<Record<string, unknown>>) => Promise<Record<string, { dims: number[]; data: unknown } | undefined>>;

/**
 * Opens a graph. One that cannot be opened says so when it is first run: a thread that ends while it starts could not say it.
 * @param folder holds the verified files
 * @param path of the ONNX file below it, `<subfolder>/<name>.onnx`
 */
export async function openModel(folder: string, path: string): Promise<Model> {
  const parts = /^(.+)\/([^/]+)\.onnx$/.exec(path);
  if (parts === null) throw new Error(`Expected <subfolder>/<name>.onnx, got ${path}`);
  env.allowRemoteModels = false;
  const options = {
    // "custom" takes the graph's inputs and outputs as they are; nothing is guessed from a config.json.
    config: { model_type: "custom" } as never,
    subfolder: parts[1] as string,
    model_file_name: parts[2] as string,
    dtype: "fp32", // no suffix is put behind the file's name; what is inside stays as it is
    device: "cpu",
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" },
  } as const;
  const model = blameModel(() => PreTrainedModel.from_pretrained(folder, options)) as unknown as Promise<Model>;
  await model.catch(() => {});
  return async (inputs) => {
    const run = await model;
    return blameModel(() => run(inputs));
  };
}
