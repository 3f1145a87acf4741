/**
 * A map of the library: every content at a place among those that resemble it.
 */
import type { DuplicateSet } from "../duplicates/duplicate-sets.ts";
import type { Report } from "../duplicates/report.ts";
import type { PhotoPath } from "../units.ts";

export interface LibraryMap {
  readonly encoder: Report["encoder"];
  readonly threshold: Report["threshold"];
  /** In the order of their first photos' paths. */
  readonly points: readonly MapPoint[];
  readonly sets: readonly MapSet[];
}

/** One content. */
export interface MapPoint {
  /** In [0, 1], as `y`; the library's longer side fills it. */
  readonly x: number;
  readonly y: number;
  /** At least one, in path order. */
  readonly photos: readonly PhotoPath[];
  /** When the picture was taken; null where no photo says. */
  readonly year: number | null;
  /** Mean distance to its nearest neighbours, in [0, 2]; 0 for the only one. */
  readonly outlierScore: number;
}

export interface MapSet {
  readonly kind: DuplicateSet["kind"];
  /** Indices of points, the keeper's first; one alone where all files of the set have the same bytes. */
  readonly points: readonly number[];
}

/** How the page colours points at first. */
export const MAP_COLORS = ["folder", "year", "set", "outlier"] as const;
export type MapColor = (typeof MAP_COLORS)[number];
