/**
 * The table of contents as a scan fills it: what each content's file tells beside its pixels.
 */
import { FACTS_VERSION, type RereadContent } from "../../core/library/scan-store.ts";
import type { IdentifiedPhoto, PhotoFile, PictureFacts, PictureFormat } from "../../core/photos/photo.ts";
import type { ContentHash } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";
import { TAKEN_COLUMNS, type TakenColumns, takenColumns } from "./taken-picture.ts";

interface FactColumns extends TakenColumns {
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  readonly exif_fields: number;
  readonly facts_version: number;
}

interface EarlierRow extends PhotoFile {
  readonly hash: ContentHash;
}

const FACTS = [
  "width",
  "height",
  "format",
  "exif_fields",
  "facts_version",
  ...TAKEN_COLUMNS,
] as const satisfies readonly (keyof FactColumns)[];
const PAGE_OF_EARLIER = 200;

export class ContentTable {
  readonly #run: ReturnType<typeof prepareStatements>;

  constructor(db: Sqlite) {
    this.#run = prepareStatements(db);
  }

  /** Read again, for another encoder, a content may tell what an earlier version did not look for. */
  put({ hash, file }: IdentifiedPhoto, facts: PictureFacts): void {
    this.#run.put.run({ hash, bytes: file.bytes, ...factColumns(facts) });
  }

  /** As `ScanStore.readEarlier`; what is refreshed between two pages does not come again. */
  async *readEarlier(isWanted: (path: string) => boolean): AsyncGenerator<readonly IdentifiedPhoto[]> {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const ids: readonly number[] = this.#run.earlier.all(FACTS_VERSION, after, PAGE_OF_EARLIER);
      const photos = ids.flatMap((id) =>
        this.#run.photosOf
          .all(id)
          .filter(({ path }) => isWanted(path))
          .slice(0, 1),
      );
      if (photos.length > 0) {
        yield photos.map(({ hash, path, bytes, modifiedMs, fileId }) => ({ hash, file: { path, bytes, modifiedMs, fileId } }));
      }
      after = ids.at(-1);
    }
  }

  refresh({ hash, facts, isSamePicture }: RereadContent): void {
    this.#run.refresh.run({ hash, ...factColumns(facts) });
    if (isSamePicture) return;
    this.#run.dropPairs.run({ hash });
    this.#run.dropVectors.run({ hash });
  }
}

function factColumns(facts: PictureFacts): FactColumns {
  const { width, height, format, exifFields } = facts;
  return { width, height, format, exif_fields: exifFields, facts_version: FACTS_VERSION, ...takenColumns(facts) };
}

function prepareStatements(db: Sqlite) {
  const id = "(SELECT id FROM content WHERE hash = @hash)";
  return {
    put: db.prepare<[FactColumns & { readonly hash: ContentHash; readonly bytes: number }]>(
      `INSERT INTO content (hash, bytes, ${FACTS.join(", ")}) VALUES (@hash, @bytes, ${FACTS.map((column) => `@${column}`).join(", ")})
       ON CONFLICT (hash) DO UPDATE SET ${FACTS.map((column) => `${column} = excluded.${column}`).join(", ")}`,
    ),
    refresh: db.prepare<[FactColumns & { readonly hash: ContentHash }]>(
      `UPDATE content SET ${FACTS.map((column) => `${column} = @${column}`).join(", ")} WHERE hash = @hash`,
    ),
    earlier: db
      .prepare<[number, number, number], number>("SELECT id FROM content WHERE facts_version < ? AND id > ? ORDER BY id LIMIT ?")
      .pluck(),
    photosOf: db.prepare<[number], EarlierRow>(
      `SELECT hash, path, bytes, modified_ms AS modifiedMs, file_id AS fileId FROM photo JOIN content ON content.id = content_id
       WHERE content_id = ? AND missing = 0 ORDER BY path`,
    ),
    dropPairs: db.prepare<[{ readonly hash: ContentHash }]>(`DELETE FROM pair WHERE a = ${id} OR b = ${id}`),
    dropVectors: db.prepare<[{ readonly hash: ContentHash }]>(`DELETE FROM embedding WHERE content_id = ${id}`),
  };
}
