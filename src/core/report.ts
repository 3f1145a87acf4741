/**
 * A finished report as data; the renderers turn it into text, JSON, CSV or a list of paths.
 */
import type { CalibrationSource } from "./calibration.ts";
import type { DuplicateSet } from "./duplicate-sets.ts";
import type { NamedEncoder, ThresholdOrigin } from "./encoder.ts";
import type { SideFile, SkippedPhoto } from "./photo.ts";
import type { Backlog } from "./unfinished.ts";
import type { PhotoPath } from "./units.ts";

export type UsedThreshold =
  | { readonly value: number; readonly origin: ThresholdOrigin | "given" }
  | { readonly value: number; readonly origin: "calibrated"; readonly calibration: UsedCalibration };

/** What a threshold rests on that was calibrated on the user's own photos. */
export interface UsedCalibration {
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly source: CalibrationSource;
  /** Judged pairs it was made with. */
  readonly pairs: number;
  /** Precision that the threshold promises. */
  readonly precision: number;
}

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
  readonly companions: ReadonlyMap<PhotoPath, readonly SideFile[]>;
  readonly skipped: readonly SkippedPhoto[];
}

/** Photos that could go, and the bytes they would free. */
export function reportTotals(report: Report): { readonly sets: number; readonly extras: number; readonly bytesToGain: number } {
  const copies = report.sets.filter((set) => set.kind === "copies");
  return {
    sets: copies.length,
    extras: copies.reduce((sum, set) => sum + set.extras.length, 0),
    bytesToGain: copies.reduce((sum, set) => sum + set.bytesToGain, 0),
  };
}
