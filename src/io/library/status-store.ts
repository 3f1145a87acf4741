/**
 * Counts what the library knows, and forgets what is gone.
 */
import type { EncoderStatus, KnownPlace, LibraryStatus, PrunePlan } from "../../core/library/library-status.ts";
import { pathRange } from "./path-range.ts";
import { skippedPhotos } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";
import { unwalkedRoots } from "./unfinished-store.ts";

const PAGE_OF_PHOTOS = 1_000;
const ORPHAN = "FROM content WHERE NOT EXISTS (SELECT 1 FROM photo WHERE content_id = content.id)";

export class StatusDatabase {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  read(): Omit<LibraryStatus, "finished"> {
    return this.#db.transaction(
      (): Omit<LibraryStatus, "finished"> => ({
        roots: this.#db.prepare<[], string>("SELECT path FROM root ORDER BY path").pluck().all(),
        photos: this.#count("photo WHERE missing = 0"),
        missing: this.#count("photo WHERE missing = 1"),
        contents: this.#count("content"),
        pending: this.#count("pending"),
        unwalked: unwalkedRoots(this.#db),
        encoders: this.#encoders(),
        skipped: skippedPhotos(this.#db),
      }),
    )();
  }

  /** Every photo known below the root, in path order, a page at a time. */
  *photosBelow(root: string): Generator<KnownPlace> {
    const page = this.#db.prepare<[string, string, number], KnownPlace>(
      "SELECT path, file_id AS fileId FROM photo WHERE path > ? AND path < ? ORDER BY path LIMIT ?",
    );
    const [from, to] = pathRange(root);
    for (let after: string | undefined = from; after !== undefined; ) {
      const photos: readonly KnownPlace[] = page.all(after, to, PAGE_OF_PHOTOS);
      yield* photos;
      after = photos.at(-1)?.path;
    }
  }

  /**
   * Forgets the photos, and every content that no photo holds any more, with its vectors and pairs.
   * @param roots forgotten too, with what was found and not compared below them
   * @param dryRun counts and keeps everything
   */
  forget(
    paths: readonly string[],
    roots: readonly string[],
    { dryRun }: { readonly dryRun: boolean },
  ): Pick<PrunePlan, "photos" | "contents"> {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const drop = this.#db.prepare("DELETE FROM photo WHERE path = ?");
      const photos = paths.reduce((sum, path) => sum + drop.run(path).changes, 0);
      for (const root of roots) this.#forgetRoot(root);
      for (const side of ["a", "b"]) this.#db.exec(`DELETE FROM pair WHERE ${side} IN (SELECT id ${ORPHAN})`);
      this.#db.exec(`DELETE FROM embedding WHERE content_id IN (SELECT id ${ORPHAN})`);
      const contents = this.#db.prepare(`DELETE ${ORPHAN}`).run().changes;
      this.#db.exec(dryRun ? "ROLLBACK" : "COMMIT");
      return { photos, contents };
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  #forgetRoot(root: string): void {
    const [from, to] = pathRange(root);
    for (const table of ["pending", "skipped", "side_file"])
      this.#db.prepare<[string, string]>(`DELETE FROM ${table} WHERE path >= ? AND path < ?`).run(from, to);
    this.#db.prepare<[string]>("DELETE FROM root WHERE path = ?").run(root);
  }

  #encoders(): readonly EncoderStatus[] {
    return this.#db
      .prepare<[], EncoderStatus>(
        `SELECT model AS id, NULL AS version, key,
           (SELECT count(*) FROM embedding WHERE encoder_id = encoder.id) AS embedded,
           (SELECT count(*) FROM embedding WHERE encoder_id = encoder.id AND seq > compared_through) AS uncompared,
           (SELECT count(*) FROM pair WHERE encoder_id = encoder.id) AS pairs
         FROM encoder ORDER BY encoder.id`,
      )
      .all();
  }

  #count(from: string): number {
    return this.#db.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() as number;
  }
}
