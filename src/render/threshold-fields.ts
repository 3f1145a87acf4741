/**
 * The threshold that an answer rests on, for programs.
 */
import type { UsedThreshold } from "../core/calibration/threshold-choice.ts";

export function thresholdFields(threshold: UsedThreshold) {
  return {
    threshold: threshold.value,
    thresholdOrigin: threshold.origin,
    calibration: threshold.origin === "calibrated" ? threshold.calibration : null,
  };
}
