/**
 * dupfind for programs: a library of photos, its duplicates, a search among them, and vectors. What a person at a terminal gets is the
 * command line's: nothing here prints, asks, or ends the process, and importing it changes nothing. What the first call that reads a photo
 * sets for the whole process stands in docs/api.md.
 */
export type { Calibration } from "./core/calibration/calibration.ts";
export type { Linkage } from "./core/duplicates/clustering.ts";
export type { DuplicateSet, Extra } from "./core/duplicates/duplicate-sets.ts";
export type { KeeperRule } from "./core/duplicates/keeper.ts";
export { type Report, reportTotals } from "./core/duplicates/report.ts";
export { type Fault, type FaultCode, UserError } from "./core/errors.ts";
export type { LibraryContent, LibraryPhoto } from "./core/library/contents.ts";
export type { LibraryStatus } from "./core/library/library-status.ts";
export type { ScanFilter } from "./core/library/scan-filter.ts";
export type { ScanResult } from "./core/library/scan-result.ts";
export { type EmbeddedPhoto, SKIP_REASONS, type SkippedPhoto, type SkipReason } from "./core/photos/photo.ts";
export type { Outcome } from "./core/photos/ports.ts";
export type { Progress } from "./core/progress.ts";
export type { Notice } from "./core/run.ts";
export type { Hit, SearchResult } from "./core/search/search-result.ts";
export { type EmbedOptions, embed } from "./engine/embed.ts";
export type { MachineOptions, RunOptions } from "./engine/options.ts";
export {
  type CalibrationOptions,
  type DuplicateOptions,
  type LibraryOptions,
  openLibrary,
  type PhotoLibrary,
  type PhotoQuery,
  type ScanOptions,
  type SearchOptions,
} from "./engine/photo-library.ts";
