/**
 * The encoders that a command can be given, for whoever completes its line.
 */
import { ModelStore } from "../../io/encoders/model-store.ts";
import type { Host } from "../host.ts";
import { dataFolder } from "../machine.ts";

/** None where the lock or the folder of models cannot be read: completing a line is no place to say so. */
export async function encoderNames({ environment }: Pick<Host, "environment">): Promise<readonly string[]> {
  try {
    const folder = environment["DUPFIND_MODELS"] || `${await dataFolder()}/models`;
    return new ModelStore({ folder, lock: environment["DUPFIND_LOCK"] || null }).models
      .filter(({ source }) => source.kind !== "retired")
      .map(({ id }) => id);
  } catch {
    return [];
  }
}
