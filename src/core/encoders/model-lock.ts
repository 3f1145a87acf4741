/**
 * An encoder as a lock has it: pinned to the byte, with where its files come from. `parse-lock.ts` reads one.
 */
import type { EncoderKey } from "../units.ts";
import type { EncoderSpec } from "./encoder.ts";

/**
 * Where an encoder's files come from. `embedded`: they lie in the package; `download`: `models pull` fetches them;
 * `import`: the user gets them elsewhere, as the instructions say, and `models import` takes them; `retired`: they are not
 * available any more, but libraries hold vectors of theirs, which serve until their successor's are complete; `adapted`:
 * `dupfind adapt` made a map on this machine, for the encoder that had that key.
 */
export type ModelSource =
  | { readonly kind: "embedded" }
  | { readonly kind: "download"; readonly repository: string; readonly revision: string }
  | { readonly kind: "import"; readonly instructions: string }
  | { readonly kind: "retired"; readonly successor: string }
  | { readonly kind: "adapted"; readonly base: string; readonly baseKey: EncoderKey };

export interface LockedModel extends EncoderSpec {
  /** One line for a list. */
  readonly about: string;
  readonly source: ModelSource;
  /** SPDX expression. */
  readonly licence: string;
}

/** The encoder that is used where none is named. */
export const DEFAULT_MODEL = "dupfind-lite";
