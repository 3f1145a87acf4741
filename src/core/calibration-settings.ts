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
 * @param pairs file of `--pairs`; undefined where it was not given
 * @param synthetic number of `--synthetic`, true where it was given without one
 * @param photos to edit where no number was given
 * @throws {UserError} unless exactly one of the two was given
 */
export function parsePairSource(pairs: string | undefined, synthetic: string | true | undefined, photos: number): PairSource {
  if (pairs !== undefined && synthetic === undefined) return { kind: "labels", file: pairs };
  if (pairs === undefined && synthetic === true) return { kind: "synthetic", photos };
  if (pairs === undefined && synthetic !== undefined) {
    return { kind: "synthetic", photos: Math.floor(parseNumber("--synthetic", synthetic as string, SAMPLE_AT_LEAST, 100_000)) };
  }
  throw new UserError(
    `Expected ${pairs === undefined ? "" : "only "}one of --pairs <file> and --synthetic`,
    "Name a file of pairs that you judged, or let dupfind edit photos of the library with --synthetic",
  );
}
