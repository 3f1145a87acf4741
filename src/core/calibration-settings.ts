/**
 * What `calibrate` was asked to do, and the precision that `report` may be asked for.
 */
import { type CommonSettings, parseNumber } from "./settings.ts";

export interface CalibrateSettings extends CommonSettings {
  /** CSV file of labelled pairs, as it was named. */
  readonly pairs: string;
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

export const DEFAULT_PRECISION = "0.99";

/**
 * Below a half, most of what is found would be wrong; past 0.9999, no one can label enough.
 * @throws {UserError} when the text is no number between
 */
export function parsePrecision(text: string): number {
  return parseNumber("--precision", text, 0.5, 0.9999);
}
