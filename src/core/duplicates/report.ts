/**
 * A finished report as data; the renderers turn it into text, JSON, CSV or a list of paths.
 */
import type { UsedThreshold } from "../calibration/threshold-choice.ts";
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { Backlog } from "../library/unfinished.ts";
import type { SkippedPhoto } from "../photos/photo.ts";
import type { DuplicateSet, Extra } from "./duplicate-sets.ts";

export interface Report extends Backlog {
  readonly encoder: NamedEncoder;
  readonly threshold: UsedThreshold;
  /** Present photos that were compared. */
  readonly photoCount: number;
  /** Sets of copies, then bursts where they were asked for. */
  readonly sets: readonly DuplicateSet[];
  /** Bursts found, listed or not. */
  readonly burstCount: number;
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

/**
 * Extras of copies that may be removed and leave no companion alone, and how many may not. Their keepers stay either way, so what
 * both have of one kind and size is there once more.
 */
export function removableExtras(report: Report): { readonly extras: readonly Extra[]; readonly withheld: number } {
  const all = report.sets.filter((set) => set.kind === "copies").flatMap((set) => set.extras);
  const extras = all.filter(({ parted }) => parted.length === 0);
  return { extras, withheld: all.length - extras.length };
}
