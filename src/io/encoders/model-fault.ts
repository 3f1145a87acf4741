/**
 * What is wrong with a model rather than with the program: it is no graph, or not the one that its lock describes.
 */
import { join } from "node:path";
import type { ModelPath } from "../../core/encoders/model-names.ts";
import { UserError } from "../../core/errors.ts";

/** Passes from a worker to whoever asked it; `WorkerPool` makes it anew there. */
export class ModelFault extends Error {
  override readonly name = "ModelFault";
}

/** @returns what `work` gives; its errors are the model's */
export async function blameModel<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new ModelFault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws {UserError} naming the graph for a fault of the model; the error itself for any other */
export function throwExplained(error: unknown, graph: ModelPath, folder: string): never {
  if (!(error instanceof ModelFault)) throw error;
  throw new UserError("model-unusable", `The model ${join(folder, graph)} does not match its lock entry: ${error.message}`, {
    cause: error,
  });
}
