/**
 * Why a calibration must not be what reports go by: its pairs tell too little, the library contradicts it, or it would replace one that
 * rests on more.
 */
import type { CalibrationSource } from "./calibration-source.ts";
import type { ChosenThreshold } from "./chosen-threshold.ts";

export type CalibrationRefusal =
  /** The pairs guarantee no precision that could be asked for. */
  | { readonly reason: "too-few-pairs" }
  /** The library's own estimate expects more wrong pairs than the precision allows. */
  | { readonly reason: "contradicted" }
  /** The calibration there is rests on more labels: `labels`, of `createdAt` (ISO 8601, UTC). */
  | { readonly reason: "rests-on-less"; readonly labels: number; readonly createdAt: string };

/** What a calibration rests on, and what the library says to it; see `Calibration`. */
export interface CalibrationGrounds {
  readonly chosen: ChosenThreshold | null;
  readonly source: CalibrationSource;
  readonly labels: number;
  /** Expected share of wrong pairs among those that a report would list, with the lower end of its 95 % interval; null for no estimate. */
  readonly wrongShare: { readonly expected: number; readonly low: number } | null;
}

/**
 * @param saved the one that it would replace; null for none
 * @param force replaces one that rests on more, all the same
 */
export function refusalOf(
  found: CalibrationGrounds,
  saved: { readonly labels: number; readonly createdAt: string } | null,
  force: boolean,
): CalibrationRefusal | null {
  if (found.chosen === null) return { reason: "too-few-pairs" };
  if (isContradicted(found, found.chosen)) return { reason: "contradicted" };
  if (!force && saved !== null && found.labels < saved.labels)
    return { reason: "rests-on-less", labels: saved.labels, createdAt: saved.createdAt };
  return null;
}

/**
 * Edits say nothing of what look-alikes the library holds, so that its own estimate decides. Against pairs that a person labelled an
 * estimate has to be sure: unlabelled duplicates below the threshold make it too high.
 */
function isContradicted({ source, wrongShare }: CalibrationGrounds, { precision }: ChosenThreshold): boolean {
  if (wrongShare === null) return false;
  return (source === "labels" ? wrongShare.low : wrongShare.expected) > 1 - precision;
}
