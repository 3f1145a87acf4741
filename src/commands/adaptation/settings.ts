/**
 * What `dupfind adapt` was asked to do.
 */
import type { CommonSettings } from "../settings.ts";

export interface AdaptSettings extends CommonSettings {
  /** CSV file of labelled pairs, as it was named. */
  readonly pairs: string;
  /** Encoder to adapt; null for the library's own. */
  readonly model: string | null;
  /** Of the new encoder; null for the old one's with "-adapted" behind it. */
  readonly name: string | null;
  /** In (0, 1). */
  readonly precision: number;
  readonly dryRun: boolean;
  readonly maxMegapixels: number;
  readonly maxSeconds: number;
  readonly threads: number;
}
