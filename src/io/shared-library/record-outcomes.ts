/**
 * What became of files that were read.
 */
import type { KnownAgain, ReadOutcome } from "../../core/library/scan-store.ts";
import type { EmbeddedPhoto, IdentifiedPhoto } from "../../core/photos/photo.ts";
import type { ContentHash } from "../../core/units.ts";
import { FACT_COLUMNS, factColumns } from "../library/fact-columns.ts";
import { blobOf } from "../library/vector-blob.ts";
import { announceEmbeddings } from "./comparison.ts";
import { FACT_TYPES, SET_EXCLUDED_FACTS } from "./fact-types.ts";
import { base64, givenRows, lastOf, rowsParameter } from "./given-rows.ts";
import { latestScan } from "./latest-scan.ts";
import type { ScanOf } from "./scan-of.ts";
import type { Changes } from "./server.ts";
import { lastingFile, noteSkipped } from "./skipped-photos.ts";

/** As `ScanStore.record`. */
export async function recordOutcomes(changes: Changes, of: ScanOf, outcomes: readonly ReadOutcome[]): Promise<KnownAgain> {
  const embedded = outcomes.flatMap((outcome) => (outcome.kind === "embedded" ? [outcome.photo] : []));
  const skipped = outcomes.flatMap((outcome) =>
    outcome.kind === "skipped" ? [{ skipped: outcome.skipped, lasting: lastingFile(outcome.skipped, outcome.file) }] : [],
  );
  const again = await countAgain(changes, outcomes);
  if (skipped.length > 0) await noteSkipped(changes, of, skipped);
  if (embedded.length > 0) await putContents(changes, of, embedded);
  const photos = outcomes.flatMap((outcome) =>
    outcome.kind === "known" ? [outcome.photo] : outcome.kind === "embedded" ? [outcome.photo.photo] : [],
  );
  if (photos.length > 0) await putPhotos(changes, of, photos);
  return again;
}

interface HolderRow {
  readonly hash: ContentHash;
  readonly path: string;
  readonly missing: boolean;
}

/** Goes through the outcomes in their order: one may be a copy of what another has just become. */
async function countAgain(changes: Changes, outcomes: readonly ReadOutcome[]): Promise<KnownAgain> {
  const known = outcomes.flatMap((outcome) => (outcome.kind === "known" ? [outcome.photo] : []));
  if (known.length === 0) return { renamed: 0, copied: 0 };
  const rows = await changes.rows<HolderRow>(
    `SELECT hash, path, missing FROM photo JOIN content ON content.id = content_id WHERE hash = ANY($1::text[])`,
    [[...new Set(known.map(({ hash }) => hash))]],
  );
  const heldAt = new Map(rows.map(({ path, hash }) => [path, hash]));
  const holders = new Map<ContentHash, Set<string>>();
  const hold = (hash: ContentHash, path: string) => holders.set(hash, (holders.get(hash) ?? new Set()).add(path));
  for (const { hash, path, missing } of rows) if (!missing) hold(hash, path);
  const again = { renamed: 0, copied: 0 };
  for (const outcome of outcomes) {
    if (outcome.kind === "skipped") continue;
    const { file, hash } = outcome.kind === "known" ? outcome.photo : outcome.photo.photo;
    const before = heldAt.get(file.path);
    if (outcome.kind === "known" && before !== hash) again[(holders.get(hash)?.size ?? 0) === 0 ? "renamed" : "copied"]++;
    if (before !== undefined) holders.get(before)?.delete(file.path);
    heldAt.set(file.path, hash);
    hold(hash, file.path);
  }
  return again;
}

/** Read again, for another encoder, a content may tell what an earlier version did not look for. */
async function putContents(changes: Changes, { encoderId }: ScanOf, photos: readonly EmbeddedPhoto[]): Promise<void> {
  await announceEmbeddings(changes);
  const contents = photos.map(({ photo, facts }) => ({ ...factColumns(facts), hash: photo.hash, bytes: photo.file.bytes }));
  await changes.change(
    `INSERT INTO content (hash, bytes, ${FACT_COLUMNS.join(", ")})
     SELECT hash, bytes, ${FACT_COLUMNS.join(", ")} FROM ${givenRows(`hash text, bytes bigint, ${FACT_TYPES}`)}
     ON CONFLICT (hash) DO UPDATE SET ${SET_EXCLUDED_FACTS}`,
    [rowsParameter(lastOf(contents, ({ hash }) => hash))],
  );
  const vectors = photos.map(({ photo, detail, vector }) => ({ hash: photo.hash, detail, vector: base64(blobOf(vector)) }));
  await changes.change(
    `INSERT INTO embedding (encoder_id, content_id, detail, vector)
     SELECT $2, content.id, given.detail, decode(given.vector, 'base64')
     FROM ${givenRows("hash text, detail double precision, vector text")} JOIN content ON content.hash = given.hash
     ON CONFLICT (encoder_id, content_id) DO NOTHING`,
    [rowsParameter(lastOf(vectors, ({ hash }) => hash)), encoderId],
  );
}

async function putPhotos(changes: Changes, { scan }: ScanOf, photos: readonly IdentifiedPhoto[]): Promise<void> {
  const rows = lastOf(
    photos.map(({ file, hash }) => ({ ...file, hash })),
    ({ path }) => path,
  );
  await changes.change(
    `INSERT INTO photo (path, content_id, modified_ms, changed_ms, file_id, missing, scan)
     SELECT given.path, content.id, "modifiedMs", "changedMs", "fileId", false, ${latestScan("$2")}
     FROM ${givenRows(`path text, hash text, "modifiedMs" double precision, "changedMs" double precision, "fileId" text`)}
     JOIN content ON content.hash = given.hash
     ON CONFLICT (path) DO UPDATE SET content_id = excluded.content_id, modified_ms = excluded.modified_ms,
       changed_ms = excluded.changed_ms, file_id = excluded.file_id, missing = false, scan = greatest(photo.scan, excluded.scan)`,
    [rowsParameter(rows), scan],
  );
  const paths = [rows.map(({ path }) => path)];
  for (const table of ["pending", "skipped"]) await changes.change(`DELETE FROM ${table} WHERE path = ANY($1::text[])`, paths);
}
