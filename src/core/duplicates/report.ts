/**
 * A finished report as data; the renderers turn it into text, JSON, CSV or a list of paths.
 */
import type { UsedThreshold } from "../calibration/threshold-choice.ts";
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { Backlog } from "../library/unfinished.ts";
import type { CompanionFile, SkippedPhoto } from "../photos/photo.ts";
import type { PhotoPath } from "../units.ts";
import type { DuplicateSet } from "./duplicate-sets.ts";

export interface Report extends Backlog {
  readonly encoder: NamedEncoder;
  readonly threshold: UsedThreshold;
  /** Present photos that were compared. */
  readonly photoCount: number;
  /** Sets of copies, then bursts where they were asked for. */
  readonly sets: readonly DuplicateSet[];
  /** Bursts found, listed or not. */
  readonly burstCount: number;
  /** Companions of every photo of a set that has some. */
  readonly companions: ReadonlyMap<PhotoPath, readonly CompanionFile[]>;
  readonly skipped: readonly SkippedPhoto[];
}

/** Photos that could go, and the bytes they would free. */
export function reportTotals(report: Report): { readonly sets: number; readonly extras: number; readonly reclaimableBytes: number } {
  const copies = report.sets.filter((set) => set.kind === "copies");
  return {
    sets: copies.length,
    extras: copies.reduce((sum, set) => sum + set.extras.length, 0),
    reclaimableBytes: copies.reduce((sum, set) => sum + set.reclaimableBytes, 0),
  };
}
