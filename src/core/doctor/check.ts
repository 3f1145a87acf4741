/**
 * What is looked at on a machine before dupfind is said to be well there.
 */
import type { UserError } from "../errors.ts";

export const CHECKS = {
  node: "Node",
  pictures: "picture decoder",
  encoders: "encoder runtime",
  database: "database",
  model: "embedded encoder",
  library: "library",
  "library-space": "space for the library",
  "models-folder": "models folder",
  trash: "trash",
  temporary: "folder for temporary files",
} as const;

export type CheckName = keyof typeof CHECKS;

/** `warning`: dupfind runs, and something that it offers does not. */
export type Outcome = "ok" | "warning" | "fault";

export interface Check {
  readonly name: CheckName;
  readonly outcome: Outcome;
  /** What was found: a version, a path with its room, or what is wrong; no full stop. */
  readonly found: string;
  /** Known faults tell by their code what can be done; null where the check's name says enough. */
  readonly fault: UserError | null;
}

/** From here down a scan of a large library may come to no end. */
export const LOW_ON_SPACE = 1e9;

/** As `engines` in the manifest has it. */
export const NODE_VERSIONS = "^20.20 || >=22";

/** @param version as Node gives it: "20.20.2" */
export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major >= 22 || (major === 20 && minor >= 20);
}
