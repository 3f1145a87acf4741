/**
 * What `dupfind label` was asked to do.
 */
import type { CommonSettings } from "../settings.ts";

export interface LabelSettings extends CommonSettings {
  /** Null for the library's own. */
  readonly model: string | null;
  /** The CSV that the answers go to. */
  readonly output: string;
  /** Questions at most. */
  readonly count: number;
  /** Similarity to ask around; null for the threshold a report would use. */
  readonly near: number | null;
  /** Ask on a local page instead of on the terminal. */
  readonly page: boolean;
  /** Command that shows a page; "none" for nothing, null for the system's on a terminal. */
  readonly opener: string | null;
}
