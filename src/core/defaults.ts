/**
 * What is done where nobody says otherwise, on the command line and by programs alike.
 */

/** Fraction of the pairs found that have to be the same picture. */
export const DEFAULT_PRECISION = 0.99;
/** Where answers about pairs are written to. */
export const DEFAULT_LABEL_FILE = "labeled.csv";
/** Photos that a calibration edits: edits of about 570 photos guarantee a precision of 0.99. */
export const CALIBRATION_PHOTOS = 2000;
/** Pictures that a search lists, at most. */
export const SEARCH_COUNT = 20;
/** Share of the words beside a photo, and how much of the unwanted is taken away. */
export const SEARCH_WEIGHT = 0.5;
/**
 * Photos whose bytes are read before it is their turn to be decoded: where storage answers slowly, these wait while others are decoded
 * (`bench/slow-reader.mjs`). `dupfind.cts` gives each a thread.
 */
export const PHOTOS_READ_AHEAD = 16;
