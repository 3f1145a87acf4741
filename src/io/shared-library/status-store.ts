/**
 * Counts what the library knows.
 */
import type { EncoderStatus, LibraryCounts } from "../../core/library/library-status.ts";
import { skippedPhotos } from "./report-store.ts";
import type { Server } from "./server.ts";
import { unwalkedRoots } from "./unfinished-store.ts";

type Counts = Pick<LibraryCounts, "photos" | "missing" | "contents" | "pending">;

export function readCounts(server: Server): Promise<LibraryCounts> {
  return server.snapshot(async (queries): Promise<LibraryCounts> => {
    const roots = await queries.rows<{ readonly path: string }>("SELECT path FROM root ORDER BY path");
    const counts = await queries.row<Counts>(
      `SELECT (SELECT count(*) FROM photo WHERE NOT missing) AS photos, (SELECT count(*) FROM photo WHERE missing) AS missing,
         (SELECT count(*) FROM content) AS contents, (SELECT count(*) FROM pending) AS pending`,
    );
    const encoders = await queries.rows<EncoderStatus>(
      `SELECT model AS id, NULL AS version, key,
         (SELECT count(*) FROM embedding WHERE encoder_id = encoder.id) AS embedded,
         (SELECT count(*) FROM embedding WHERE encoder_id = encoder.id AND seq > compared_through) AS uncompared,
         (SELECT count(*) FROM pair WHERE encoder_id = encoder.id) AS pairs
       FROM encoder ORDER BY encoder.id`,
    );
    return {
      roots: roots.map(({ path }) => path),
      ...(counts as Counts),
      unwalked: await unwalkedRoots(queries),
      encoders,
      skipped: await skippedPhotos(queries),
    };
  });
}
