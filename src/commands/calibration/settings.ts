/**
 * What `calibrate` and `models compare` were asked to do.
 */
import type { CommonSettings } from "../settings.ts";

/** Where pairs with known answers come from. */
export type NamedPairSource =
  /** CSV file of labelled pairs, as it was named. */
  | { readonly kind: "labels"; readonly file: string }
  /** Photos of the library to edit, at most. */
  | { readonly kind: "synthetic"; readonly photos: number };

/** Labels count on top of edits. */
export type NamedCalibrationPairs =
  /** What was decided in reviews, alone. */
  | { readonly kind: "decisions" }
  | NamedPairSource
  | { readonly kind: "labels-and-synthetic"; readonly file: string; readonly photos: number };

export interface CalibrateSettings extends CommonSettings {
  readonly source: NamedCalibrationPairs;
  /** Null for the library's own. */
  readonly model: string | null;
  /** In (0, 1). */
  readonly precision: number;
  readonly dryRun: boolean;
  /** Replaces a calibration that rests on more labels, too. */
  readonly force: boolean;
  /** Whether reports look at pairs; false for those of the encoder alone. */
  readonly looking: boolean;
  /** Where to write the page; null for nowhere. */
  readonly output: string | null;
  readonly maxMegapixels: number;
  readonly maxSeconds: number;
  readonly threads: number;
}

export interface CompareModelsSettings extends CommonSettings {
  readonly source: NamedPairSource;
  /** In (0, 1). */
  readonly precision: number;
  readonly maxMegapixels: number;
  readonly maxSeconds: number;
  readonly threads: number;
}
