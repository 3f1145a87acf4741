/**
 * What the command line has to ask the machine before its settings are complete.
 */
import { availableParallelism } from "node:os";

export { isFile, resolveFolder } from "../io/folders.ts";
export { dataFolder } from "../io/library-path.ts";

/** Processors this process may use. */
export function processorCount(): number {
  return availableParallelism();
}
