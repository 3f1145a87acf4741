/**
 * The story of a calibration: score pairs whose answer is known, find the threshold that they guarantee, ask the library what
 * that threshold is up against, save the answer. Where the pairs come from is the caller's: a person's labels, or edits.
 */
import { type Calibration, type CalibrationSource, evaluatePairs } from "../../core/calibration/calibration.ts";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { toSavedCalibration } from "../../core/calibration/saved-calibration.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { syntheticFindings } from "../../core/synthetic/edit-recall.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { surveyLibrary } from "./survey-library.ts";

export interface CalibrationPorts {
  readonly store: CalibrationStore;
  /** Null when it was stopped. */
  readonly scorePairs: () => Promise<ScoredPairSet | null>;
}

export interface CalibrationChoice {
  readonly encoder: ChosenEncoder;
  readonly source: CalibrationSource;
  /** Precision that is asked for, in (0, 1). */
  readonly precision: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** False keeps nothing. */
  readonly save: boolean;
}

/** @returns null when it was stopped: then nothing was kept */
export async function calibrateThreshold({ store, scorePairs }: CalibrationPorts, choice: CalibrationChoice): Promise<Calibration | null> {
  const scored = await scorePairs();
  if (scored === null) return null;
  const { floor, value } = choice.encoder.spec.threshold;
  const found = evaluatePairs(scored.pairs, choice.precision, floor, scored.unlisted);
  const threshold = Math.max(floor, found.threshold.guaranteed ?? found.threshold.observed ?? value);
  const calibration: Calibration = {
    encoder: nameEncoder(choice.encoder),
    createdAt: choice.createdAt,
    source: choice.source,
    excluded: scored.excluded,
    ...found,
    synthetic: scored.synthetic === null ? null : syntheticFindings(scored.synthetic, threshold),
    // Pairs that were made judge the edits, not the library: none of its own pairs is known to be the same.
    library: await surveyLibrary(store, scored.synthetic === null ? scored.pairs : [], threshold),
  };
  if (choice.save) await store.save(toSavedCalibration(calibration));
  return calibration;
}
