/**
 * Opens a verified ONNX file in ONNX Runtime, on one thread.
 */
import { join } from "node:path";
import { blameModel } from "./model-fault.ts";
import { InferenceSession, type SessionOptions, type Tensor } from "./onnx-runtime.ts";

/** Runs the graph on named inputs; throws a `ModelFault` where that does not go. */
export type Model = (inputs: Readonly<Record<string, Tensor>>) => Promise<Readonly<Record<string, Tensor | undefined>>>;

/** What moves a vector is pinned: the processor alone, one thread, one node after the other. */
const OPTIONS: SessionOptions = {
  executionProviders: ["cpu"],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  logSeverityLevel: 3, // errors: the runtime warns of every graph that it could have been given otherwise
};

/**
 * Opens a graph. One that cannot be opened says so when it is first run: a thread that ends while it starts could not say it.
 * @param folder holds the verified files
 * @param path of the ONNX file below it
 */
export async function openModel(folder: string, path: string): Promise<Model> {
  const opened = blameModel(() => InferenceSession.create(join(folder, path), OPTIONS));
  await opened.catch(() => {});
  return async (inputs) => {
    const session = await opened;
    return blameModel(() => session.run(inputs));
  };
}
