/**
 * Where the pairs of a calibration come from.
 */

/** `labels`: pairs of photos that a person labelled; `synthetic`: the library's photos and edits of them; or both together. */
export const CALIBRATION_SOURCES = ["labels", "synthetic", "labels-and-synthetic"] as const;
export type CalibrationSource = (typeof CALIBRATION_SOURCES)[number];
