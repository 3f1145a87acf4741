/**
 * Counts what the library knows, and lists its folders.
 */
import type { LibraryRoot, ScannedRoot } from "../../core/library/contents.ts";
import type { EncoderStatus, LibraryCounts } from "../../core/library/library-status.ts";
import { pathRange } from "../library/path-range.ts";
import { skippedPhotos } from "./report-store.ts";
import type { Queries, Server } from "./server.ts";
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

interface RootRow {
  readonly path: string;
  readonly exclude: string;
  readonly follow_links: boolean;
}

/** As `Library.roots`. */
export async function readRoots(queries: Queries): Promise<readonly LibraryRoot[]> {
  const rows = await queries.rows<RootRow>("SELECT path, exclude, follow_links FROM root ORDER BY path");
  return rows.map(({ path, exclude, follow_links }) => ({ path, exclude: JSON.parse(exclude) as string[], followLinks: follow_links }));
}

interface KnownOfRoot {
  readonly root: string;
  readonly photos: number;
  readonly scannedAt: string | null;
}

/** As `Library.scannedRoots`. */
export function scannedRoots(server: Server): Promise<readonly ScannedRoot[]> {
  return server.snapshot(async (queries) => {
    const roots = await readRoots(queries);
    const unwalked = new Set(await unwalkedRoots(queries));
    const ranges = roots.map(({ path }) => pathRange(path));
    const rows = await queries.rows<KnownOfRoot>(
      `SELECT given.root, photos, (SELECT started_at FROM scan WHERE id = last) AS "scannedAt"
       FROM unnest($1::text[], $2::text[], $3::text[]) AS given(root, low, high)
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE NOT missing) AS photos, max(scan) AS last FROM photo WHERE path >= low AND path < high) AS known`,
      [roots.map(({ path }) => path), ranges.map(([low]) => low), ranges.map(([, high]) => high)],
    );
    const known = new Map(rows.map((row) => [row.root, row]));
    return roots.map((root): ScannedRoot => {
      const { photos = 0, scannedAt = null } = known.get(root.path) ?? {};
      return { ...root, photos, scannedAt, isWalked: !unwalked.has(root.path) };
    });
  });
}
