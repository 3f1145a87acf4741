/**
 * What `calibrate` was asked to do, and the precision that `report` may be asked for.
 */
import { SAMPLE_AT_LEAST } from "./edited-photo.ts";
import { UserError } from "./errors.ts";
import { type CommonSettings, parseNumber } from "./settings.ts";

/** Where judged pairs come from. */
export type PairSource =
  /** CSV file of labelled pairs, as it was named. */
  | { readonly kind: "labels"; readonly file: string }
  /** Photos of the library to edit, at most. */
  | { readonly kind: "synthetic"; readonly photos: number };

export interface CalibrateSettings extends CommonSettings {
  readonly source: PairSource;
  /** Null for the library's own. */
  readonly model: string | null;
  /** In (0, 1). */
  readonly precision: number;
  readonly dryRun: boolean;
  /** Where to write the page; null for nowhere. */
  readonly output: string | null;
  readonly maxMegapixels: number;
  readonly threads: number;
}

export interface CompareSettings extends CommonSettings {
  readonly source: PairSource;
  /** In (0, 1). */
  readonly precision: number;
  readonly maxMegapixels: number;
  readonly threads: number;
}

export const DEFAULT_PRECISION = "0.99";

/** Below a half, most of what is found would be wrong. */
export const LEAST_PRECISION = 0.5;
/** Past it, no one can label enough. */
const GREATEST_PRECISION = 0.9999;

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
export function parsePairSource(pairs: string | null, synthetic: string | true | null, photos: number): PairSource {
  if (pairs !== null && synthetic === null) return { kind: "labels", file: pairs };
  if (pairs === null && synthetic !== null) {
    const given = synthetic === true ? photos : Math.floor(parseNumber("--synthetic", synthetic, SAMPLE_AT_LEAST, 100_000));
    return { kind: "synthetic", photos: given };
  }
  throw new UserError(
    `Expected ${pairs === null ? "" : "only "}one of --pairs <file> and --synthetic`,
    "Name a file of pairs that you judged, or let dupfind edit photos of the library with --synthetic",
  );
}
