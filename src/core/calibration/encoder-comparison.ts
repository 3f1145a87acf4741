/**
 * Encoders side by side on the same pairs: how well each tells same from different, how fast, at what size.
 */
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { ScoredPair } from "../pairs/scored-pair.ts";
import type { EditRecall } from "../synthetic/edit-recall.ts";
import { lowestWith } from "./guaranteed-threshold.ts";
import { averagePrecision, type CurvePoint, calibrationCurve } from "./precision-recall-curve.ts";

/** How well one encoder's similarities tell the pairs apart. */
export interface PairScore {
  /** In [0, 1]. */
  readonly averagePrecision: number;
  /** At the lowest threshold with the asked precision on these pairs; null where none has it. */
  readonly at: CurvePoint | null;
}

export interface EncoderScore extends PairScore, Pick<NamedEncoder, "id" | "version"> {
  /** Of all its files. */
  readonly bytes: number;
  readonly dimensions: number;
  /** Of the photos themselves: read, decoded and encoded on the processors that were asked for. */
  readonly photosPerSecond: number;
  /** At that threshold; empty for labelled pairs, and where there is no threshold. */
  readonly edits: readonly EditRecall[];
}

export interface EncoderComparison {
  readonly source: "labels" | "synthetic";
  /** Precision that was asked for, in (0, 1). */
  readonly precision: number;
  readonly pairs: { readonly same: number; readonly different: number; readonly photos: number };
  /** Pairs that may be duplicates already, and that no encoder was asked about. */
  readonly suspects: number;
  /** Photos that could not be read. */
  readonly skipped: number;
  readonly threads: number;
  /** The highest average precision first. */
  readonly encoders: readonly EncoderScore[];
  /** Encoders whose files are not on this machine, in the order of the lock. */
  readonly absent: readonly string[];
}

/** @param precision asked for, in (0, 1) */
export function scorePairs(pairs: readonly ScoredPair[], precision: number): PairScore {
  const curve = calibrationCurve(pairs);
  return { averagePrecision: averagePrecision(curve), at: lowestWith(curve, precision) };
}

/** The highest average precision first; of two alike the smaller. */
export function rankEncoders(scores: readonly EncoderScore[]): readonly EncoderScore[] {
  return [...scores].sort((one, other) => other.averagePrecision - one.averagePrecision || one.bytes - other.bytes);
}
