/**
 * The ledger of files that could not be compared.
 */
import { type PhotoFile, type SkippedPhoto, TRANSIENT_REASONS } from "../../core/photos/photo.ts";
import { givenRows, lastOf, rowsParameter } from "./given-rows.ts";
import { latestScan } from "./latest-scan.ts";
import type { ScanOf } from "./scan-of.ts";
import type { Changes } from "./server.ts";

export interface SkippedFile {
  readonly skipped: SkippedPhoto;
  /** The file's state where the reason holds as long as it is in it; null where another try may do. */
  readonly lasting: PhotoFile | null;
}

/** @param file as it was read */
export function lastingFile({ reason }: SkippedPhoto, file: PhotoFile): PhotoFile | null {
  return TRANSIENT_REASONS.has(reason) ? null : file;
}

export async function noteSkipped(changes: Changes, { attempt, scan }: ScanOf, files: readonly SkippedFile[]): Promise<void> {
  const rows = lastOf(
    files.map(({ skipped: { path, reason, detail }, lasting }) => {
      const { bytes, modifiedMs, changedMs } = lasting ?? { bytes: null, modifiedMs: null, changedMs: null };
      return { path, reason, detail, bytes, modifiedMs, changedMs };
    }),
    ({ path }) => path,
  );
  const columns = `path text, reason text, detail text, bytes bigint, "modifiedMs" double precision, "changedMs" double precision`;
  const given = rowsParameter(rows);
  // What the path held before is not there any more.
  await changes.change(
    `DELETE FROM photo USING ${givenRows(columns)} WHERE photo.path = given.path AND given.bytes IS NOT NULL
       AND NOT (modified_ms = "modifiedMs" AND changed_ms IS NOT DISTINCT FROM "changedMs")`,
    [given],
  );
  await changes.change(
    `INSERT INTO skipped (path, reason, detail, bytes, modified_ms, changed_ms, attempt, scan)
     SELECT path, reason, detail, bytes, "modifiedMs", "changedMs", $2, ${latestScan("$3")} FROM ${givenRows(columns)}
     ON CONFLICT (path) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, bytes = excluded.bytes,
       modified_ms = excluded.modified_ms, changed_ms = excluded.changed_ms, attempt = excluded.attempt, scan = greatest(skipped.scan, excluded.scan)`,
    [given, attempt, scan],
  );
  await changes.change(`DELETE FROM pending USING ${givenRows(columns)} WHERE pending.path = given.path`, [given]);
}
