/**
 * The story of a calibration: judge pairs, find what their similarities promise, ask the library what a threshold is up
 * against, keep the answer. Where judged pairs come from is the caller's: labels of a person, or edits of the photos.
 */
import { CALIBRATION_VERSION, type Calibration, type CalibrationSource, judgePairs } from "../../core/calibration/calibration.ts";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { syntheticFindings } from "../../core/synthetic/edit-recall.ts";
import type { Judgement } from "../../core/synthetic/judgement.ts";
import { surveyLibrary } from "./survey-library.ts";

export interface CalibrationPorts {
  readonly store: CalibrationStore;
  /** Finds judged pairs and scores them; null when it was stopped. */
  readonly judge: () => Promise<Judgement | null>;
}

export interface CalibrationChoice {
  readonly encoder: ChosenEncoder;
  readonly source: CalibrationSource;
  /** Precision that is asked for, in (0, 1). */
  readonly precision: number;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** False keeps nothing. */
  readonly save: boolean;
}

/** @returns null when it was stopped: then nothing was kept */
export async function calibrateThreshold({ store, judge }: CalibrationPorts, choice: CalibrationChoice): Promise<Calibration | null> {
  const judgement = await judge();
  if (judgement === null) return null;
  const { floor, value } = choice.encoder.spec.threshold;
  const found = judgePairs(judgement.pairs, choice.precision, floor, judgement.unlisted);
  const threshold = Math.max(floor, found.threshold.promised ?? found.threshold.onLabels ?? value);
  const calibration: Calibration = {
    schemaVersion: CALIBRATION_VERSION,
    encoder: nameEncoder(choice.encoder),
    madeAt: choice.madeAt,
    source: choice.source,
    leftOut: judgement.leftOut,
    ...found,
    synthetic: judgement.made === null ? null : syntheticFindings(judgement.made, threshold),
    // Pairs that were made judge the edits, not the library: none of its own pairs is known to be the same.
    library: await surveyLibrary(store, judgement.made === null ? judgement.pairs : [], threshold),
  };
  if (choice.save) await store.save(calibration);
  return calibration;
}
