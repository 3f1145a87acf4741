/**
 * What a scan came to.
 */
import type { ExclusionKind } from "../photos/ports.ts";
import type { PhotoPath } from "../units.ts";
import type { LeftOutCounts } from "./left-out.ts";
import type { WalkResult } from "./scan-store.ts";
import type { Approximation } from "./vectors.ts";

/** Of one walk and the reading that followed it. */
export interface ScanSummary extends WalkResult {
  /** Files with a photo's name. */
  readonly found: number;
  /** Path, size and mtime as before: not opened. */
  readonly unchanged: number;
  /** Read, but their content had its embedding already: moved, copied, or written anew as it was. */
  readonly known: number;
  /** Of these, photos whose content no other photo holds any more. */
  readonly renamed: number;
  /** Of these, photos whose content another photo holds too. */
  readonly copied: number;
  /** Decoded and encoded. */
  readonly embedded: number;
  /** Not compared, whether found out now or at an earlier scan. */
  readonly skipped: number;
  /** Found and not read, for a stop or a root that went away. */
  readonly unread: number;
  /** Roots that went away during the scan: what is known below them stays as it was. */
  readonly lostRoots: readonly string[];
  readonly excluded: Readonly<Record<ExclusionKind, number>>;
  /** Walked and read to the end. */
  readonly finished: boolean;
}

export interface ScanResult extends ScanSummary {
  /** Null where every pair was compared exactly. */
  readonly approximation: Approximation | null;
  /** Below the roots, be it this scan or an earlier one that left it out. */
  readonly leftOut: LeftOutCounts;
  /** Whether every content is compared with every other now. */
  readonly compared: boolean;
  /** Present photos of the library whose contents were thrown away before. */
  readonly returned: number;
  readonly seconds: number;
}

/** What a reindex came to beside its scan. */
export interface EncoderMove {
  /** Whether the library uses the new encoder from now on. */
  readonly moved: boolean;
  /** Folders of the library that are not there now. */
  readonly absent: readonly string[];
  /** Known photos that could not be read for the new encoder. */
  readonly withoutVector: number;
  /** Of these, those that no scan of the library's folders comes by: links led there, say. None is read by itself. */
  readonly strays: readonly PhotoPath[];
}
