/**
 * What `apply`, `undo` and `history` were asked to do.
 */

import type { Action } from "../../core/cleanup/plan.ts";
import type { ExtraClass } from "../../core/duplicates/classes.ts";
import type { CommonSettings } from "../settings.ts";

export interface ApplySettings extends CommonSettings {
  readonly planFile: string;
  readonly classes: readonly ExtraClass[];
  /** Null for what the plan says of each step. */
  readonly action: Action | null;
  /** As named; null for none. */
  readonly moveTo: string | null;
  readonly protectedFolders: readonly string[];
  /** Null for the usual one. */
  readonly dataHome: string | null;
  /** Does it; else it is only told. */
  readonly yes: boolean;
}

export interface UndoSettings extends CommonSettings {
  /** Null for the last one. */
  readonly run: number | null;
  readonly dataHome: string | null;
}
