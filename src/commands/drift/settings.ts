/**
 * What `dupfind drift` was asked to do.
 */
import type { CommonSettings } from "../settings.ts";

export interface DriftSettings extends CommonSettings {
  /** Null for the library's own. */
  readonly model: string | null;
  /** Exit with 1 when the vectors drifted. */
  readonly failOnDrift: boolean;
}
