/**
 * What `report` was asked to do.
 */
import type { ExtraClass } from "../../core/duplicates/classes.ts";
import type { Linkage } from "../../core/duplicates/clustering.ts";
import type { KeeperRule } from "../../core/duplicates/keeper.ts";
import type { SetOrder } from "../../core/duplicates/set-order.ts";
import type { CommonSettings } from "../settings.ts";

export const REPORT_FORMATS = ["text", "json", "csv", "html", "paths"] as const;

/** `nul-paths`: each ended by NUL and not by a line's end. */
export type ReportForm = (typeof REPORT_FORMATS)[number] | "nul-paths";

export interface ReportSettings extends CommonSettings {
  /** Empty for the whole library. */
  readonly folders: readonly string[];
  /** Null for the library's own. */
  readonly model: string | null;
  /** Null for the calibrated one, or else the encoder's own. */
  readonly threshold: number | null;
  /** Precision that the threshold has to guarantee; null for the one it was calibrated for. */
  readonly precision: number | null;
  readonly format: ReportForm;
  /** Null for standard output. */
  readonly output: string | null;
  /** File that a plan is written to; null for none. */
  readonly plan: string | null;
  /** In the plan. */
  readonly mergeMetadata: boolean;
  readonly linkage: Linkage;
  readonly rules: readonly KeeperRule[];
  readonly protectedFolders: readonly string[];
  readonly across: boolean;
  readonly bursts: boolean;
  /** Only sets with a photo in one of these, wherever their others lie; empty for all. */
  readonly touching: readonly string[];
  /** Only sets that no earlier report listed that asked for this. */
  readonly sinceLast: boolean;
  readonly sort: SetOrder;
  /** Sets to list; null for all. */
  readonly limit: number | null;
  /** Classes to list; null for all, or for lists of extras those that are the same picture. */
  readonly only: readonly ExtraClass[] | null;
  /** False for the encoder alone. */
  readonly looking: boolean;
  readonly failOnDuplicates: boolean;
  readonly threads: number;
}
