/**
 * What the command line has to ask the machine before its settings are complete.
 */
import { availableParallelism } from "node:os";

export { dataFolder } from "../io/library/library-path.ts";
export { isFile, resolveFolder } from "../io/photos/folders.ts";

/** Processors this process may use. */
export function processorCount(): number {
  return availableParallelism();
}
