/**
 * Forgets what is gone.
 */
import type { KnownPlace, PrunePlan } from "../../core/library/library-status.ts";
import type { PruneStore } from "../../core/library/prune-store.ts";
import { pathRange } from "./path-range.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE_OF_PHOTOS = 1_000;
const ORPHAN = "FROM content WHERE NOT EXISTS (SELECT 1 FROM photo WHERE content_id = content.id)";

export class PruneDatabase implements PruneStore {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  async *photosBelow(root: string): AsyncGenerator<readonly KnownPlace[]> {
    const page = this.#db.prepare<[string, string, number], KnownPlace>(
      "SELECT path, file_id AS fileId FROM photo WHERE path > ? AND path < ? ORDER BY path LIMIT ?",
    );
    const [from, to] = pathRange(root);
    for (let after: string | undefined = from; after !== undefined; ) {
      const photos: readonly KnownPlace[] = page.all(after, to, PAGE_OF_PHOTOS);
      if (photos.length > 0) yield photos;
      after = photos.at(-1)?.path;
    }
  }

  async forget(
    paths: readonly string[],
    roots: readonly string[],
    { dryRun }: { readonly dryRun: boolean },
  ): Promise<Pick<PrunePlan, "photos" | "contents">> {
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
}
