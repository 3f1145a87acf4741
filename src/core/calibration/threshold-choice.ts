/**
 * Which threshold a report uses: the one it was given, else the one a calibration chose, else the encoder's own. Whichever it is, it is a
 * bound on the similarity: pairs at or above it are the same picture as far as the encoder can tell.
 */
import type { EncoderSpec, ThresholdOrigin } from "../encoders/encoder.ts";
import { UserError } from "../errors.ts";
import { guaranteeFor } from "./calibration.ts";
import type { CalibrationSource } from "./calibration-source.ts";
import { highestToAsk } from "./chosen-threshold.ts";
import type { SavedCalibration } from "./saved-calibration.ts";

export interface AskedThreshold {
  /** Null where none was given. */
  readonly threshold: number | null;
  /** Null for the precision the calibration was made for. */
  readonly precision: number | null;
}

/** What decides about the pairs at or above the threshold: a look at them, which the encoder's floor is enough for, or nothing more. */
export type Decider = "look" | "encoder";

/**
 * @param saved the encoder's calibration on this library; null for none
 * @throws {UserError} when the threshold lies below the floor, or when no calibration guarantees the precision that was asked for
 */
export function chooseThreshold(
  spec: EncoderSpec,
  asked: AskedThreshold,
  saved: SavedCalibration | null,
  decider: Decider = "encoder",
): UsedThreshold {
  requireAboveFloor(spec, asked);
  if (asked.threshold !== null) return { value: asked.threshold, origin: "given" };
  const { value: byItself, floor, origin } = spec.threshold;
  const own: UsedThreshold = decider === "look" ? { value: floor, origin: "floor" } : { value: byItself, origin };
  if (saved === null) {
    if (asked.precision === null) return own;
    throw new UserError(
      "not-calibrated",
      `${spec.id} is not calibrated on this library, so no threshold is known for a precision of ${asked.precision}`,
    );
  }
  if (asked.precision === null && saved.chosen !== null) {
    const { threshold, precision } = saved.chosen;
    return { value: Math.max(threshold, spec.threshold.floor), origin: "calibrated", calibration: usedCalibration(saved, precision) };
  }
  const precision = asked.precision ?? saved.precision;
  const guaranteed = guaranteeFor(saved, precision);
  if (guaranteed !== null) {
    const value = Math.max(guaranteed.threshold, spec.threshold.floor);
    return { value, origin: "calibrated", calibration: usedCalibration(saved, precision) };
  }
  if (asked.precision === null) return own;
  throw new UserError(
    "precision-not-guaranteed",
    `The calibration of ${spec.id} guarantees a precision of ${highestToAsk(saved.highestGuarantee)} at most, not ${precision}`,
  );
}

/** @throws {UserError} when pairs at the threshold that was given are not kept */
export function requireAboveFloor({ id, threshold: { floor } }: EncoderSpec, { threshold }: AskedThreshold): void {
  if (threshold === null || threshold >= floor) return;
  throw new UserError(
    { code: "threshold-below-floor", floor },
    `The threshold ${threshold} is below ${floor}, the lowest that ${id} keeps pairs for`,
  );
}

function usedCalibration({ createdAt, source, pairs }: SavedCalibration, precision: number): UsedCalibration {
  return { createdAt, source, pairs: pairs.same + pairs.different, precision };
}

export type UsedThreshold =
  | { readonly value: number; readonly origin: ThresholdOrigin | "given" | "floor" }
  | { readonly value: number; readonly origin: "calibrated"; readonly calibration: UsedCalibration };

/** What a threshold rests on that was calibrated on the user's own photos. */
export interface UsedCalibration {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly source: CalibrationSource;
  /** Pairs it was calibrated on. */
  readonly pairs: number;
  /** Precision that the threshold guarantees; lower than the one that was asked for where the pairs support no more. */
  readonly precision: number;
}
