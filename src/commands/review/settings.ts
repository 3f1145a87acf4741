/**
 * What `dupfind review` was asked to do.
 */
import type { CommonSettings } from "../settings.ts";

export interface ReviewSettings extends CommonSettings {
  /** Empty for the whole library. */
  readonly folders: readonly string[];
  readonly protectedFolders: readonly string[];
  /** File that the plan is written to, as named. */
  readonly plan: string;
  /** In the plan. */
  readonly mergeMetadata: boolean;
  /** Of the page; 0 for a free one. */
  readonly port: number;
  /** Command that shows a page; "none" for nothing, null for the system's on a terminal. */
  readonly opener: string | null;
  readonly threads: number;
}
