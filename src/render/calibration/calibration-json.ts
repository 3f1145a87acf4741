/**
 * A calibration as JSON (docs/reference/json/calibrate.schema.json). What a library keeps of it is another document, of
 * `core/calibration/saved-calibration.ts`: either can change without the other.
 */
import type { DecidedCalibration } from "../../core/calibration/calibration.ts";
import { renderJsonAnswer } from "../json-answer.ts";

export function renderCalibrationJson(calibration: DecidedCalibration): string {
  const { threshold, library } = calibration;
  return renderJsonAnswer("calibrate", {
    encoder: calibration.encoder,
    createdAt: calibration.createdAt,
    source: calibration.source,
    saved: calibration.saved,
    refusal: calibration.refusal,
    reportThreshold: calibration.reportThreshold,
    chosen: calibration.chosen,
    labels: calibration.labels,
    decisions: calibration.decisions,
    precision: calibration.precision,
    pairs: calibration.pairs,
    excluded: calibration.excluded,
    threshold: {
      guaranteed: threshold.guaranteed,
      limitedByFloor: threshold.limitedByFloor,
      observed: threshold.observed,
      interval: threshold.interval,
    },
    at: calibration.at,
    falsePositiveRateAtMost: calibration.falsePositiveRateAtMost,
    averagePrecision: calibration.averagePrecision,
    guarantees: calibration.guarantees,
    highestGuarantee: calibration.highestGuarantee,
    pairsToGuarantee: calibration.pairsToGuarantee,
    curve: calibration.curve,
    scores: calibration.scores,
    disputed: calibration.disputed,
    synthetic: calibration.synthetic,
    library: {
      photos: library.photos,
      similarities: library.similarities,
      threshold: library.threshold,
      pairsListed: library.pairsListed,
      pairsFound: library.pairsFound,
      falsePairs: library.falsePairs,
      wrongShare: library.wrongShare,
    },
  });
}
