/**
 * A finished report as data; the renderers turn it into text, JSON, CSV or a list of paths.
 */
import type { UsedThreshold } from "../calibration/threshold-choice.ts";
import type { NamedEncoder } from "../encoders/encoder.ts";
import { type Backlog, isFinished } from "../library/unfinished.ts";
import type { SkippedPhoto } from "../photos/photo.ts";
import type { DuplicateSet, Extra } from "./duplicate-sets.ts";

/** Photos of sets that are not what the library knows any more, counted: they are left out. */
export interface StalePhotos {
  /** Another file stands there, or the same was written to, renamed or touched otherwise. */
  readonly changed: number;
  /** Nothing stands there, or it cannot be told: a drive may be away. */
  readonly absent: number;
}

export interface Report extends Backlog {
  readonly encoder: NamedEncoder;
  readonly threshold: UsedThreshold;
  /** That the report is about, absolute; empty for the whole library. */
  readonly folders: readonly string[];
  /** Present photos that were compared. */
  readonly photoCount: number;
  /** Sets of copies, then bursts where they were asked for. */
  readonly sets: readonly DuplicateSet[];
  /** Known by the last scan, and not in the sets for that. */
  readonly stale: StalePhotos;
  /** Present photos of the library whose contents were thrown away before. */
  readonly returnedCount: number;
  /** Bursts found, listed or not. */
  readonly burstCount: number;
  readonly skipped: readonly SkippedPhoto[];
}

/** Whether it speaks of every photo as it is now, but for those that were skipped. */
export function isUpToDate(report: Report): boolean {
  return isFinished(report) && report.stale.changed === 0 && report.stale.absent === 0;
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
