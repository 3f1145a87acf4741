/**
 * What `scan`, `roots`, `status`, `reindex`, `prune` and `forget` were asked to do.
 */
import type { ScanFilter } from "../../core/library/scan-filter.ts";
import type { CommonSettings } from "../settings.ts";

export interface ReindexSettings extends CommonSettings {
  readonly model: string;
  /** Forget the vectors that the encoder made before. */
  readonly rebuild: boolean;
  /** Whether to look at similar photos now. */
  readonly looking: boolean;
  readonly maxMegapixels: number;
  readonly maxSeconds: number;
  readonly threads: number;
}

export interface ScanSettings extends CommonSettings {
  /** Folders and files, as named. */
  readonly paths: readonly string[];
  /** File of further paths, each ended by NUL; "-" for standard input, null for none. */
  readonly listedIn: string | null;
  readonly filter: ScanFilter;
  readonly oneFileSystem: boolean;
  /** Lets an index of nearest neighbours propose the pairs of very many new photos. */
  readonly ann: boolean;
  /** Null for the library's own. */
  readonly model: string | null;
  readonly exclude: readonly string[];
  readonly followLinks: boolean;
  /** Whether to look at similar photos now; else the first report does. */
  readonly looking: boolean;
  readonly maxMegapixels: number;
  readonly maxSeconds: number;
  readonly threads: number;
}

export interface CopySettings extends CommonSettings {
  /** As named, and to be the copy's. */
  readonly from: string;
  readonly to: string;
}

export interface ForgetSettings extends CommonSettings {
  /** As named. */
  readonly folders: readonly string[];
  readonly dryRun: boolean;
}

export interface StatusSettings extends CommonSettings {
  /** List each file that was not compared. */
  readonly leftOut: boolean;
}

export interface PruneSettings extends CommonSettings {
  readonly dryRun: boolean;
  readonly force: boolean;
}
