/**
 * What calibrating asks of the library.
 */
import type { ContentId, Pair } from "../library/contents.ts";
import type { PhotoEvidence } from "../pairs/labelled-pair.ts";
import type { PhotoFile } from "../photos/photo.ts";
import type { ContentHash, PhotoPath } from "../units.ts";
import type { SavedCalibration } from "./saved-calibration.ts";

/** The library as a calibration of one encoder sees it. */
export interface CalibrationStore {
  /** The contents with these bytes; those that the encoder has not embedded are left out. */
  contentsOf(hashes: readonly ContentHash[]): Promise<ReadonlyMap<ContentHash, ContentId>>;
  /** The contents of known paths; those that the encoder has not embedded are left out. */
  contentsAt(paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>>;
  /** @param contents that the encoder has embedded */
  photos(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, PhotoEvidence>>;
  /**
   * The first present photo in path order that holds each, as it was when it was scanned but for its time of change: a picture serves
   * whatever became of its name and permissions. Contents without one are left out.
   */
  filesOf(contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, PhotoFile>>;
  /** Contents that present photos hold, that have something to see, and that are compared with each other. */
  comparedContents(): Promise<readonly ContentId[]>;
  /** In pages, in no order. */
  pairsAtOrAbove(threshold: number): AsyncIterable<readonly Pair[]>;
  /** In pages, the most similar first, down to the encoder's floor. */
  pairsBelow(threshold: number): AsyncIterable<readonly Pair[]>;
  save(calibration: SavedCalibration): Promise<void>;
  /** Null where the encoder has none that this dupfind can read. */
  saved(): Promise<SavedCalibration | null>;
}
