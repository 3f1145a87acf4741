/**
 * The present photos that an encoder has embedded, by pages in path order.
 */
import type { PhotoPath } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE_OF_PHOTOS = 5_000;

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
