/**
 * What one scan takes in of the photos that it meets. A filter is of its scan alone: what it passes by stays in the library as it was, and
 * what the library does not know is listed as left out until a scan takes it in.
 */
import { extension } from "../paths.ts";

/** All of it has to hold. */
export interface ScanFilter {
  /** Globs, one of which has to match; none for every name. Without a slash against the name, with one against the path below the folder. */
  readonly include: readonly string[];
  /** In lower case, without a dot; none for every one. */
  readonly extensions: readonly string[];
  /** Bytes, both inclusive; null for no bound. */
  readonly minBytes: number | null;
  readonly maxBytes: number | null;
  /** Milliseconds since 1970: modified at this moment or later, and before it. Null for no bound. */
  readonly newerMs: number | null;
  readonly olderMs: number | null;
}

export const NO_FILTER: ScanFilter = { include: [], extensions: [], minBytes: null, maxBytes: null, newerMs: null, olderMs: null };

/** As much as is known of a file: size and time are null where it could not be looked at, and let it through. */
export interface FilteredFile {
  readonly path: string;
  readonly bytes: number | null;
  readonly modifiedMs: number | null;
}

/** Whether all but the globs of the filter let the file through. */
export function passesFilter({ extensions, minBytes, maxBytes, newerMs, olderMs }: ScanFilter, file: FilteredFile): boolean {
  return (
    (extensions.length === 0 || extensions.includes(extension(file.path))) &&
    isAtLeast(file.bytes, minBytes) &&
    isAtLeast(maxBytes, file.bytes) &&
    isAtLeast(file.modifiedMs, newerMs) &&
    (file.modifiedMs === null || olderMs === null || file.modifiedMs < olderMs)
  );
}

/** True where either is not known. */
function isAtLeast(value: number | null, bound: number | null): boolean {
  return value === null || bound === null || value >= bound;
}
