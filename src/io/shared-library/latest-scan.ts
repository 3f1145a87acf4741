/**
 * Several scans may meet one path at once. The last of them that did stands beside it, whichever reads it: else another would take it for one
 * that it has not met.
 */

/** @param scan that writes @returns its number, or that of a later scan which has found the path for reading */
export function latestScan(scan: string): string {
  return `greatest(${scan}::bigint, (SELECT pending.scan FROM pending WHERE pending.path = given.path))`;
}
