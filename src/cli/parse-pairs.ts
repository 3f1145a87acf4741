/**
 * The options that name labelled or synthetic pairs and a precision.
 */

import type { NamedCalibrationPairs, NamedPairSource } from "../commands/calibration/settings.ts";
import { usageFault } from "../commands/faults.ts";
import { GREATEST_PRECISION, LEAST_PRECISION } from "../core/calibration/precision-range.ts";
import { SAMPLE_AT_LEAST } from "../core/synthetic/edited-photo.ts";
import { parseNumber } from "./parse.ts";

/** @throws {UserError} when the text is no number from the least to the greatest precision */
export function parsePrecision(text: string): number {
  return parseNumber("--precision", text, LEAST_PRECISION, GREATEST_PRECISION);
}

/**
 * @param pairs file of `--pairs`; null where it was not given
 * @param synthetic number of `--synthetic`, true where it was given without one, null where it was not given
 * @param photos to edit where no number was given
 * @throws {UserError} unless exactly one of the two was given
 */
export function parsePairSource(pairs: string | null, synthetic: string | true | null, photos: number): NamedPairSource {
  if (pairs !== null && synthetic === null) return { kind: "labels", file: pairs };
  if (pairs === null && synthetic !== null) return { kind: "synthetic", photos: photosAsked(synthetic, photos) };
  throw usageFault(`Expected ${pairs === null ? "" : "only "}one of --pairs <file> and --synthetic`, HOW_TO_NAME);
}

/**
 * The same for a calibration, which takes both together, and goes by what was decided in reviews where neither was given.
 */
export function parseCalibrationPairs(pairs: string | null, synthetic: string | true | null, photos: number): NamedCalibrationPairs {
  if (pairs !== null && synthetic !== null) return { kind: "labels-and-synthetic", file: pairs, photos: photosAsked(synthetic, photos) };
  if (pairs === null && synthetic === null) return { kind: "decisions" };
  return parsePairSource(pairs, synthetic, photos);
}

const HOW_TO_NAME = "Name a file of labelled pairs with --pairs, or let dupfind edit photos of the library with --synthetic";

function photosAsked(synthetic: string | true, photos: number): number {
  return synthetic === true ? photos : Math.floor(parseNumber("--synthetic", synthetic, SAMPLE_AT_LEAST, 100_000));
}
