/**
 * What calibrating asks of the library.
 */
import type { ContentId, Pair } from "../library/contents.ts";
import type { PhotoEvidence } from "../pairs/labelled-pair.ts";
import type { ContentHash, PhotoPath } from "../units.ts";
import type { SavedCalibration } from "./saved-calibration.ts";

/** The library as a calibration of one encoder sees it. */
export interface CalibrationStore {
  /** The content with these bytes; null where the encoder has not embedded it. */
  findContent(hash: ContentHash): ContentId | null;
  /** The content of a known path; null where the encoder has not embedded it. */
  contentAt(path: PhotoPath): ContentId | null;
  photo(content: ContentId): PhotoEvidence;
  /** Contents that present photos hold, that have something to see, and that are compared with each other. */
  comparedContents(): readonly ContentId[];
  pairsAtOrAbove(threshold: number): Iterable<Pair>;
  /** The most similar first, down to the encoder's floor. */
  pairsBelow(threshold: number): Iterable<Pair>;
  save(calibration: SavedCalibration): void;
  /** Null where the encoder has none that this dupfind can read. */
  saved(): SavedCalibration | null;
}
