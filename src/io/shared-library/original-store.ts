/**
 * Camera originals: which of them travel with a photo, and which are photos themselves.
 */
import { isWithin } from "../../core/paths.ts";
import { photoStems } from "../../core/photos/companion-names.ts";
import { isRaw } from "../../core/photos/file-kinds.ts";
import type { PhotoPath } from "../../core/units.ts";
import { pagesBehind } from "./pages.ts";
import type { Queries, Server } from "./server.ts";

const PAGE = 1_000;
/** Where photos stand that are there: one that a filter passed by is there all the same. */
const PRESENT = ["photo WHERE NOT missing AND", "left_out WHERE reason = 'by-filter' AND"];

interface PathRow {
  readonly path: PhotoPath;
}

interface PhotoAt {
  readonly path: PhotoPath;
  readonly scan: number;
}

/** As `ScanStore.loneOriginals`. */
export async function* loneOriginals(server: Server, scan: number, roots: readonly string[]): AsyncGenerator<readonly PhotoPath[]> {
  // What this scan should have met and did not may be gone; what lies elsewhere is as it was.
  const isThere = (photo: PhotoAt) => photo.scan >= scan || !roots.some((root) => isWithin(photo.path, root));
  const read = (after: string) =>
    server.rows<PathRow>("SELECT path FROM side_file WHERE scan >= $1 AND path > $2 ORDER BY path LIMIT $3", [scan, after, PAGE]);
  for await (const page of pagesBehind("", read, ({ path }) => path as string)) {
    const originals = page.map(({ path }) => path).filter(isRaw);
    if (originals.length === 0) continue;
    const lone = await server.transaction(async (changes) => {
      const accompanied = await withPhoto(changes, originals, [...PRESENT, "pending WHERE"], isThere);
      // One that was a photo of its own and has its photo beside it now is none any more.
      await changes.change("UPDATE photo SET missing = true WHERE path = ANY($1::text[])", [[...accompanied]]);
      return originals.filter((path) => !accompanied.has(path));
    });
    if (lone.length > 0) yield lone;
  }
}

/** Camera originals that travel with no photo and that no scan has read as photos: an earlier dupfind met them, or a scan that was stopped. */
export async function unreadOriginals(queries: Queries): Promise<readonly PhotoPath[]> {
  const known = [...PRESENT, "skipped WHERE", "pending WHERE"];
  const rows = await queries.rows<PathRow>(
    `SELECT path FROM side_file WHERE ${known.map((from) => `NOT EXISTS (SELECT 1 FROM ${from} path = side_file.path)`).join(" AND ")}`,
  );
  const originals = rows.map(({ path }) => path).filter(isRaw);
  const accompanied = await withPhoto(queries, originals, PRESENT, () => true);
  return originals.filter((path) => !accompanied.has(path));
}

/**
 * Those of the originals at whose name, with another ending, a photo stands that is no original itself.
 * @param tables to look in, each with its condition
 */
async function withPhoto(
  queries: Queries,
  originals: readonly PhotoPath[],
  tables: readonly string[],
  isAsked: (photo: PhotoAt) => boolean,
): Promise<ReadonlySet<PhotoPath>> {
  const stems = [...new Set(originals.flatMap(photoStems))];
  if (stems.length === 0) return new Set();
  // "/" is the code point after "."
  const found = tables.map(
    (from) => `SELECT given.stem, at.path, at.scan FROM unnest($1::text[]) AS given(stem)
     CROSS JOIN LATERAL (SELECT path, scan FROM ${from} path >= given.stem || '.' AND path < given.stem || '/') AS at`,
  );
  const rows = await queries.rows<PhotoAt & { readonly stem: string }>(found.join(" UNION ALL "), [stems]);
  const taken = new Set(rows.filter((photo) => !isRaw(photo.path) && isAsked(photo)).map(({ stem }) => stem));
  return new Set(originals.filter((path) => photoStems(path).some((stem) => taken.has(stem))));
}
