/**
 * Reads what pruning plans with, and forgets what it planned.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { ForgetPlan, KnownPhoto, PruneStore } from "../../core/library/prune-plan.ts";
import { pathRange } from "../library/path-range.ts";
import { givenRows, rowsParameter } from "./given-rows.ts";
import { forgetLooks } from "./look-store.ts";
import { pagesBehind } from "./pages.ts";
import type { Changes, Server } from "./server.ts";

const PAGE = 1_000;

/** The library has changed since the plan was made. */
class PlanIsOutdated extends Error {}

export class ServerPruneStore implements PruneStore {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async *photosBelow(root: string): AsyncGenerator<readonly KnownPhoto[]> {
    const known = `SELECT path, content_id AS content, file_id AS "fileId" FROM photo`;
    const itself = await this.#server.rows<KnownPhoto>(`${known} WHERE path = $1`, [root]);
    if (itself.length > 0) yield itself;
    const [from, to] = pathRange(root);
    const read = (after: string) =>
      this.#server.rows<KnownPhoto>(`${known} WHERE path > $1 AND path < $2 ORDER BY path LIMIT $3`, [after, to, PAGE]);
    yield* pagesBehind(from, read, ({ path }) => path as string);
  }

  async contentsWithout(photos: readonly KnownPhoto[]): Promise<readonly ContentId[]> {
    const rows = await this.#server.rows<{ readonly id: ContentId }>(
      `SELECT id FROM content WHERE NOT EXISTS (
         SELECT 1 FROM photo WHERE content_id = content.id
         AND NOT EXISTS (SELECT 1 FROM unnest($1::text[]) AS given(path) WHERE given.path = photo.path)
       ) ORDER BY id`,
      [photos.map(({ path }) => path)],
    );
    return rows.map(({ id }) => id);
  }

  async forget(plan: ForgetPlan): Promise<boolean> {
    try {
      await this.#server.transactionOnce((changes) => forget(changes, plan));
      return true;
    } catch (error) {
      if (error instanceof PlanIsOutdated) return false;
      throw error;
    }
  }
}

async function forget(changes: Changes, { photos, roots, folders, contents }: ForgetPlan): Promise<void> {
  const dropped = await changes.change(
    `DELETE FROM photo USING ${givenRows(`path text, content bigint, "fileId" text`)}
     WHERE photo.path = given.path AND content_id = content AND file_id = "fileId"`,
    [rowsParameter(photos.map(({ path, content, fileId }) => ({ path, content, fileId })))],
  );
  requireAll(dropped, photos);
  for (const folder of folders)
    for (const table of ["pending", "skipped", "side_file", "left_out"])
      await changes.change(`DELETE FROM ${table} WHERE path = $1 OR (path >= $2 AND path < $3)`, [folder, ...pathRange(folder)]);
  requireAll(await changes.change("DELETE FROM root WHERE path = ANY($1::text[])", [roots]), roots);
  await forgetContents(changes, contents);
}

async function forgetContents(changes: Changes, contents: readonly ContentId[]): Promise<void> {
  const held = await changes.row("SELECT 1 AS found FROM photo WHERE content_id = ANY($1::bigint[]) LIMIT 1", [contents]);
  if (held !== undefined) throw new PlanIsOutdated();
  for (const side of ["a", "b"]) await changes.change(`DELETE FROM pair WHERE ${side} = ANY($1::bigint[])`, [contents]);
  await forgetLooks(changes, contents);
  await changes.change("DELETE FROM embedding WHERE content_id = ANY($1::bigint[])", [contents]);
  requireAll(await changes.change("DELETE FROM content WHERE id = ANY($1::bigint[])", [contents]), contents);
}

function requireAll(changed: number, planned: readonly unknown[]): void {
  if (changed !== planned.length) throw new PlanIsOutdated();
}
