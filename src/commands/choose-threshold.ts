/**
 * The threshold a command works with: the one that was asked for, or the encoder's own.
 */
import { UserError } from "../core/errors.ts";
import type { ChosenEncoder } from "../core/ports.ts";
import type { Report } from "../core/report.ts";

/**
 * @param given null for the encoder's own
 * @throws {UserError} for one below the encoder's floor: pairs below it were not kept
 */
export function chooseThreshold(given: number | null, { spec }: ChosenEncoder): Report["threshold"] {
  const { value, floor, origin } = spec.threshold;
  if (given === null) return { value, origin };
  if (given >= floor) return { value: given, origin: "given" };
  throw new UserError(
    `The threshold ${given} is below ${floor}, the lowest that ${spec.id} keeps pairs for`,
    `Choose one from ${floor} to 1`,
  );
}
