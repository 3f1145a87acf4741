/**
 * Which threshold a report uses: the one it was given, else the one a calibration promises, else the encoder's own.
 */
import type { EncoderSpec, ThresholdOrigin } from "../encoders/encoder.ts";
import { UserError } from "../errors.ts";
import type { CalibrationSource } from "./calibration.ts";
import { type Calibration, highestToAsk, promiseOf } from "./calibration.ts";

export interface AskedThreshold {
  /** Null where none was given. */
  readonly threshold: number | null;
  /** Null for the precision the calibration was made for. */
  readonly precision: number | null;
}

/**
 * @param saved the encoder's calibration on this library; null for none
 * @throws {UserError} when the threshold lies below the floor, or when no calibration promises the precision that was asked for
 */
export function chooseThreshold(spec: EncoderSpec, asked: AskedThreshold, saved: Calibration | null): UsedThreshold {
  requireAboveFloor(spec, asked);
  if (asked.threshold !== null) return { value: asked.threshold, origin: "given" };
  const own = { value: spec.threshold.value, origin: spec.threshold.origin };
  if (saved === null) {
    if (asked.precision === null) return own;
    throw new UserError(
      "not-calibrated",
      `${spec.id} is not calibrated on this library, so that no threshold is known for a precision of ${asked.precision}`,
    );
  }
  const precision = asked.precision ?? saved.precision;
  const promised = promiseOf(saved, precision);
  if (promised !== null) {
    const value = Math.max(promised.threshold, spec.threshold.floor);
    return { value, origin: "calibrated", calibration: usedCalibration(saved, precision) };
  }
  if (asked.precision === null) return own;
  throw new UserError(
    "precision-not-guaranteed",
    `The calibration of ${spec.id} promises no precision of ${precision}, but ${highestToAsk(saved.bestPromise)} at most`,
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

function usedCalibration({ madeAt, source, pairs }: Calibration, precision: number): UsedCalibration {
  return { madeAt, source, pairs: pairs.same + pairs.different, precision };
}

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
