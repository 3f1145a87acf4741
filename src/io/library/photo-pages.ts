/**
 * The present photos that an encoder has embedded, by pages in path order.
 */
import type { PhotoPath } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE_OF_PHOTOS = 5_000;

/** Paths alone: without a look at the vectors where no content lacks one. */
export async function* embeddedPaths(db: Sqlite, encoderId: number): AsyncGenerator<readonly PhotoPath[]> {
  if (!hasEveryVector(db, encoderId)) {
    for await (const page of photoPages(db, encoderId, "path")) yield page.map(({ path }) => path);
    return;
  }
  const page = db
    .prepare<[string, number], PhotoPath>("SELECT path FROM photo WHERE missing = 0 AND path > ? ORDER BY path LIMIT ?")
    .pluck();
  for (let after: string | undefined = ""; after !== undefined; ) {
    const paths: readonly PhotoPath[] = page.all(after, PAGE_OF_PHOTOS);
    if (paths.length > 0) yield paths;
    after = paths.at(-1);
  }
}

/** Whether an encoder has embedded each content there is, as after a scan that came to its end and skipped nothing. */
export function hasEveryVector(db: Sqlite, encoderId: number): boolean {
  // A vector belongs to a content, and to each one at most: there are as many only where each has one.
  const lacking = db.prepare<[number], number>(
    "SELECT (SELECT count(*) FROM content) - (SELECT count(*) FROM embedding WHERE encoder_id = ?)",
  );
  return lacking.pluck().get(encoderId) === 0;
}

/**
 * @param columns of `photo` and `embedding`, the path among them
 * @returns pages that are not empty; nothing stays open between two of them
 */
export async function* photoPages<Row extends { readonly path: PhotoPath }>(
  db: Sqlite,
  encoderId: number,
  columns: string,
): AsyncGenerator<readonly Row[]> {
  // CROSS JOIN keeps the order that is written: left to itself SQLite goes by the embeddings, and sorts all photos for every page.
  const page = db.prepare<[number, string, number], Row>(
    `SELECT ${columns}
     FROM photo CROSS JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = ?
     WHERE missing = 0 AND path > ? ORDER BY path LIMIT ?`,
  );
  for (let after: string | undefined = ""; after !== undefined; ) {
    const rows: readonly Row[] = page.all(encoderId, after, PAGE_OF_PHOTOS);
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.path;
  }
}
