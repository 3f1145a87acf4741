/**
 * Reads what pruning plans with, and forgets what it planned.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { ForgetPlan, KnownPhoto, PruneStore } from "../../core/library/prune-plan.ts";
import { forgetLooks } from "./look-store.ts";
import { pathRange } from "./path-range.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE = 1_000;

/** The library has changed since the plan was made. */
class PlanIsOutdated extends Error {}

export class PruneDatabase implements PruneStore {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  async *photosBelow(root: string): AsyncGenerator<readonly KnownPhoto[]> {
    const page = this.#db.prepare<[string, string, number], KnownPhoto>(
      "SELECT path, content_id AS content, file_id AS fileId FROM photo WHERE path > ? AND path < ? ORDER BY path LIMIT ?",
    );
    const itself = this.#db
      .prepare<[string], KnownPhoto>("SELECT path, content_id AS content, file_id AS fileId FROM photo WHERE path = ?")
      .all(root);
    if (itself.length > 0) yield itself;
    const [from, to] = pathRange(root);
    for (let after: string | undefined = from; after !== undefined; ) {
      const photos: readonly KnownPhoto[] = page.all(after, to, PAGE);
      if (photos.length > 0) yield photos;
      after = photos.at(-1)?.path;
    }
  }

  async contentsWithout(photos: readonly KnownPhoto[]): Promise<readonly ContentId[]> {
    return this.#db
      .prepare<[string], ContentId>(
        `SELECT id FROM content WHERE NOT EXISTS (
           SELECT 1 FROM photo WHERE content_id = content.id AND path NOT IN (SELECT value FROM json_each(?))
         ) ORDER BY id`,
      )
      .pluck()
      .all(JSON.stringify(photos.map(({ path }) => path)));
  }

  async forget(plan: ForgetPlan): Promise<boolean> {
    try {
      this.#db.transaction(() => this.#forget(plan)).immediate();
      return true;
    } catch (error) {
      if (error instanceof PlanIsOutdated) return false;
      throw error;
    }
  }

  #forget({ photos, roots, folders, contents }: ForgetPlan): void {
    const drop = this.#db.prepare<[string, ContentId, string]>("DELETE FROM photo WHERE path = ? AND content_id = ? AND file_id = ?");
    for (const { path, content, fileId } of photos) requireOne(drop.run(path, content, fileId).changes);
    for (const folder of folders) this.#clear(folder);
    const dropRoot = this.#db.prepare<[string]>("DELETE FROM root WHERE path = ?");
    for (const root of roots) requireOne(dropRoot.run(root).changes);
    this.#forgetContents(contents);
  }

  #clear(folder: string): void {
    const [from, to] = pathRange(folder);
    for (const table of ["pending", "skipped", "side_file", "left_out"])
      this.#db.prepare<[string, string, string]>(`DELETE FROM ${table} WHERE path = ? OR (path >= ? AND path < ?)`).run(folder, from, to);
  }

  #forgetContents(contents: readonly ContentId[]): void {
    const ids = JSON.stringify(contents);
    const named = "(SELECT value FROM json_each(?))";
    if (this.#db.prepare<[string]>(`SELECT 1 FROM photo WHERE content_id IN ${named} LIMIT 1`).get(ids) !== undefined)
      throw new PlanIsOutdated();
    for (const side of ["a", "b"]) this.#db.prepare<[string]>(`DELETE FROM pair WHERE ${side} IN ${named}`).run(ids);
    forgetLooks(this.#db, contents);
    this.#db.prepare<[string]>(`DELETE FROM embedding WHERE content_id IN ${named}`).run(ids);
    if (this.#db.prepare<[string]>(`DELETE FROM content WHERE id IN ${named}`).run(ids).changes !== contents.length)
      throw new PlanIsOutdated();
  }
}

function requireOne(changes: number): void {
  if (changes !== 1) throw new PlanIsOutdated();
}
