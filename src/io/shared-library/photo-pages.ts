/**
 * The present photos that an encoder has embedded, by pages in path order.
 */
import type { PhotoPath } from "../../core/units.ts";
import type { EncoderId } from "./encoder-row.ts";
import { pagesBehind } from "./pages.ts";
import type { Server } from "./server.ts";

const PAGE_OF_PHOTOS = 5_000;

/** @param columns of `photo` and `content`, the path among them */
export async function* photoPages<Row extends { readonly path: PhotoPath }>(
  server: Server,
  encoderId: EncoderId,
  columns: string,
): AsyncGenerator<readonly Row[]> {
  const id = await encoderId();
  const read = (after: string) =>
    server.rows<Row>(
      `SELECT ${columns} FROM photo
       JOIN embedding ON embedding.content_id = photo.content_id AND encoder_id = $1
       JOIN content ON content.id = photo.content_id
       WHERE NOT missing AND path > $2 ORDER BY path LIMIT $3`,
      [id, after, PAGE_OF_PHOTOS],
    );
  yield* pagesBehind("", read, ({ path }) => path as string);
}
