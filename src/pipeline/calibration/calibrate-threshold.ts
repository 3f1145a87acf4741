/**
 * The story of a calibration: score pairs whose answer is known, find the threshold that they support, ask the library what
 * that threshold is up against, and save the answer unless something speaks against it. Where the pairs come from is the caller's: a
 * person's labels, edits, or both.
 */
import { type Calibration, evaluatePairs } from "../../core/calibration/calibration.ts";
import { refusalOf } from "../../core/calibration/calibration-refusal.ts";
import type { CalibrationSource } from "../../core/calibration/calibration-source.ts";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { toSavedCalibration } from "../../core/calibration/saved-calibration.ts";
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { AreDifferent } from "../../core/pairs/seen-different.ts";
import { syntheticFindings } from "../../core/synthetic/edit-recall.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { surveyLibrary } from "./survey-library.ts";

export interface CalibrationPorts {
  readonly store: CalibrationStore;
  /** Null when it was stopped. */
  readonly scorePairs: () => Promise<ScoredPairSet | null>;
  readonly areDifferent: AreDifferent;
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
  /** Replaces a calibration that rests on more labels, too. */
  readonly force: boolean;
  /** Saves what guarantees the precision asked for, and nothing less: for an encoder whose own threshold these very pairs gave. */
  readonly guaranteedOnly?: boolean;
}

const AS_IT_IS = { threshold: null, precision: null };

/** @returns null when it was stopped: then nothing was kept */
export async function calibrateThreshold(
  { store, scorePairs, areDifferent }: CalibrationPorts,
  choice: CalibrationChoice,
): Promise<Calibration | null> {
  const scored = await scorePairs();
  if (scored === null) return null;
  const { spec } = choice.encoder;
  const earlier = await store.saved();
  const inUse = chooseThreshold(spec, AS_IT_IS, earlier).value;
  const evaluated = evaluatePairs(scored.pairs, choice.precision, spec.threshold, scored.unlisted);
  const found = choice.guaranteedOnly === true && evaluated.threshold.guaranteed === null ? { ...evaluated, chosen: null } : evaluated;
  const threshold = found.chosen?.threshold ?? inUse;
  const measured = {
    encoder: nameEncoder(choice.encoder),
    createdAt: choice.createdAt,
    source: choice.source,
    labels: scored.labelled.length,
    excluded: scored.excluded,
    ...found,
    synthetic: scored.synthetic === null ? null : syntheticFindings(scored.synthetic, threshold),
    // Edits judge the edits, not the library: of its own pairs only those that a person labelled are known.
    library: await surveyLibrary(store, scored.labelled, threshold, spec.threshold.value, areDifferent),
  };
  const refusal = refusalOf({ ...measured, wrongShare: measured.library.wrongShare }, earlier, choice.force);
  const saved = choice.save && refusal === null;
  const calibration = { ...measured, refusal, saved, reportThreshold: saved ? threshold : inUse };
  if (saved) await store.save(toSavedCalibration(calibration));
  return calibration;
}
