/**
 * What a walk met, against what the library knows of it.
 */
import type { FileState, MetEntry } from "../../core/library/scan-store.ts";
import { compareStamps, type FileStamp } from "../../core/photos/file-stamp.ts";
import type { PhotoFile } from "../../core/photos/photo.ts";
import type { PhotoPath } from "../../core/units.ts";
import type { Devices } from "../photos/devices.ts";
import { givenRows, lastOf, rowsParameter, storable } from "./given-rows.ts";
import type { ScanOf } from "./scan-of.ts";
import type { Changes } from "./server.ts";
import { noteSkipped } from "./skipped-photos.ts";

const byPath = ({ path }: { readonly path: string }) => path;

/**
 * As `ScanStore.meet`.
 * @param devices is told of every photo that was met again
 */
export async function meetEntries(
  changes: Changes,
  of: ScanOf,
  entries: readonly MetEntry[],
  devices: Devices,
): Promise<readonly FileState[]> {
  const files = entries.flatMap((entry) => (entry.kind === "photo" ? [entry.file] : []));
  const companions = entries.flatMap((entry) => (entry.kind === "companion" ? [entry.file] : []));
  const passedBy = entries.flatMap((entry) => (entry.kind === "passed-by" ? [entry.passedBy] : []));
  const skipped = entries.flatMap((entry) => (entry.kind === "skipped" ? [{ skipped: entry.skipped, lasting: null }] : []));
  if (companions.length > 0) await putCompanions(changes, of, companions);
  if (passedBy.length > 0) await putPassedBy(changes, of, passedBy);
  if (skipped.length > 0) await noteSkipped(changes, of, skipped);
  return files.length === 0 ? [] : meetPhotos(changes, of, files, devices);
}

interface KnownRow extends FileStamp {
  readonly path: PhotoPath;
  readonly embedded: boolean;
}

async function meetPhotos(changes: Changes, of: ScanOf, files: readonly PhotoFile[], devices: Devices): Promise<readonly FileState[]> {
  const known = await knownPhotos(changes, of, files);
  const compared = files.map((file) => {
    const before = known.get(file.path);
    return { file, before, how: before === undefined ? ("unknown" as const) : compareStamps(before, file) };
  });
  for (const { file, before, how } of compared) if (before !== undefined && how !== "other") devices.note(before.fileId, file.fileId);
  const those = (how: "same" | "doubtful" | "other") => compared.filter((one) => one.how === how).map(({ file }) => file);
  await takeNote(changes, of, { same: those("same"), doubtful: those("doubtful"), other: those("other") });

  const isUnchanged = (index: number) => compared[index]?.how === "same" && compared[index]?.before?.embedded === true;
  const changed = files.filter((_, index) => !isUnchanged(index));
  const skippedBefore = await meetSkipped(changes, of, changed);
  const isSkipped = ({ path }: PhotoFile) => skippedBefore.has(storable(path));
  await addPending(
    changes,
    of,
    changed.filter((file) => !isSkipped(file)),
  );
  return files.map((file, index) => (isUnchanged(index) ? "unchanged" : isSkipped(file) ? "skipped-before" : "pending"));
}

async function knownPhotos(changes: Changes, { encoderId }: ScanOf, files: readonly PhotoFile[]): Promise<ReadonlyMap<string, KnownRow>> {
  const rows = await changes.rows<KnownRow>(
    `SELECT path, content.bytes, modified_ms AS "modifiedMs", changed_ms AS "changedMs", file_id AS "fileId",
       EXISTS (SELECT 1 FROM embedding WHERE encoder_id = $1 AND content_id = photo.content_id) AS embedded
     FROM photo JOIN content ON content.id = photo.content_id WHERE path = ANY($2::text[])`,
    [encoderId, files.map(({ path }) => storable(path))],
  );
  return new Map(rows.map((row) => [row.path, row]));
}

interface Compared {
  readonly same: readonly PhotoFile[];
  readonly doubtful: readonly PhotoFile[];
  readonly other: readonly PhotoFile[];
}

async function takeNote(changes: Changes, { scan }: ScanOf, { same, doubtful, other }: Compared): Promise<void> {
  if (same.length > 0)
    await changes.change(
      `UPDATE photo SET scan = greatest(scan, $2), file_id = "fileId", changed_ms = "changedMs", missing = false
       FROM ${givenRows(`path text, "fileId" text, "changedMs" double precision`)} WHERE photo.path = given.path`,
      [rowsParameter(lastOf(same, byPath)), scan],
    );
  // What the path held stays known until it is read again: most often it is the same.
  if (doubtful.length > 0)
    await changes.change("UPDATE photo SET scan = greatest(scan, $2), missing = false WHERE path = ANY($1::text[])", [
      doubtful.map(byPath),
      scan,
    ]);
  // What the path held is not there any more.
  if (other.length > 0) await changes.change("DELETE FROM photo WHERE path = ANY($1::text[])", [other.map(byPath)]);
}

/** @returns paths of those that are as they were when they could not be decoded */
async function meetSkipped(changes: Changes, { scan, attempt }: ScanOf, files: readonly PhotoFile[]): Promise<ReadonlySet<string>> {
  if (files.length === 0) return new Set();
  const rows = await changes.rows<{ readonly path: string }>(
    `UPDATE skipped SET scan = greatest(scan, $2)
     FROM ${givenRows(`path text, bytes bigint, "modifiedMs" double precision, "changedMs" double precision`)}
     WHERE skipped.path = given.path AND skipped.bytes = given.bytes AND modified_ms = "modifiedMs"
       AND (changed_ms IS NULL OR changed_ms IS NOT DISTINCT FROM "changedMs") AND attempt = $3
     RETURNING skipped.path`,
    [rowsParameter(lastOf(files, byPath)), scan, attempt],
  );
  return new Set(rows.map(byPath));
}

async function addPending(changes: Changes, { scan }: ScanOf, files: readonly PhotoFile[]): Promise<void> {
  if (files.length === 0) return;
  await changes.change(
    `INSERT INTO pending (path, bytes, modified_ms, changed_ms, file_id, scan)
     SELECT path, bytes, "modifiedMs", "changedMs", "fileId", $2
     FROM ${givenRows(`path text, bytes bigint, "modifiedMs" double precision, "changedMs" double precision, "fileId" text`)}
     ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms, changed_ms = excluded.changed_ms,
       file_id = excluded.file_id, scan = greatest(pending.scan, excluded.scan)`,
    [rowsParameter(lastOf(files, byPath)), scan],
  );
}

async function putCompanions(changes: Changes, { scan }: ScanOf, files: readonly Pick<PhotoFile, "path" | "bytes">[]): Promise<void> {
  await changes.change(
    `INSERT INTO side_file (path, bytes, scan) SELECT path, bytes, $2 FROM ${givenRows("path text, bytes bigint")}
     ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, scan = greatest(side_file.scan, excluded.scan)`,
    [rowsParameter(lastOf(files, byPath)), scan],
  );
}

async function putPassedBy(
  changes: Changes,
  { scan }: ScanOf,
  passedBy: readonly { readonly path: string; readonly reason: string }[],
): Promise<void> {
  await changes.change(
    `INSERT INTO left_out (path, reason, scan) SELECT path, reason, $2 FROM ${givenRows("path text, reason text")}
     ON CONFLICT (path) DO UPDATE SET reason = excluded.reason, scan = greatest(left_out.scan, excluded.scan)`,
    [rowsParameter(lastOf(passedBy, byPath)), scan],
  );
}
