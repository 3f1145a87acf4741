/**
 * Camera originals: which of them travel with a photo, and which are photos themselves.
 */
import { isWithin } from "../../core/paths.ts";
import { photoStems } from "../../core/photos/companion-names.ts";
import { isRaw } from "../../core/photos/file-kinds.ts";
import type { PhotoPath } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE = 1_000;
/** One that a filter passed by is there all the same. */
const PHOTO_AT = `SELECT path, scan FROM photo WHERE path >= :from AND path < :to AND missing = 0
  UNION ALL SELECT path, scan FROM left_out WHERE path >= :from AND path < :to AND reason = 'by-filter'`;

/** As `ScanStore.loneOriginals`. */
export async function* loneOriginals(db: Sqlite, scan: number, roots: readonly string[]): AsyncGenerator<readonly PhotoPath[]> {
  const page = db.prepare<[number, string, number], PhotoPath>(
    "SELECT path FROM side_file WHERE scan = ? AND path > ? ORDER BY path LIMIT ?",
  );
  const hasPhoto = photoAtStem(db, `${PHOTO_AT} UNION ALL SELECT path, scan FROM pending WHERE path >= :from AND path < :to`);
  // What this scan should have met and did not may be gone; what lies elsewhere is as it was.
  const isThere = (photo: PhotoAt) => photo.scan === scan || !roots.some((root) => isWithin(photo.path, root));
  const settle = db.transaction((originals: readonly PhotoPath[]) => {
    const lone = originals.filter((path) => !photoStems(path).some((stem) => hasPhoto(stem, isThere)));
    const leave = db.prepare<[string]>("UPDATE photo SET missing = 1 WHERE path = ?");
    const alone = new Set(lone);
    for (const path of originals) if (!alone.has(path)) leave.run(path);
    return lone;
  });
  for (let after: string | undefined = ""; after !== undefined; ) {
    const paths = page.pluck().all(scan, after, PAGE);
    const lone = settle.immediate(paths.filter(isRaw));
    if (lone.length > 0) yield lone;
    after = paths.at(-1);
  }
}

/** Camera originals that travel with no photo and that no scan has read as photos: an earlier dupfind met them, or a scan that was stopped. */
export function unreadOriginals(db: Sqlite): readonly PhotoPath[] {
  const hasPhoto = photoAtStem(db, PHOTO_AT);
  const known = ["photo WHERE missing = 0 AND", "skipped WHERE", "pending WHERE", "left_out WHERE reason = 'by-filter' AND"];
  const paths = db
    .prepare<[], PhotoPath>(
      `SELECT path FROM side_file WHERE ${known.map((from) => `NOT EXISTS (SELECT 1 FROM ${from} path = side_file.path)`).join(" AND ")}`,
    )
    .pluck();
  return [...paths.iterate()].filter(isRaw).filter((path) => !photoStems(path).some((stem) => hasPhoto(stem, () => true)));
}

interface PhotoAt {
  readonly path: PhotoPath;
  readonly scan: number;
}

/** Whether a photo that is no original itself stands at a path with any extension, and is one of those asked for. */
function photoAtStem(db: Sqlite, query: string) {
  const photos = db.prepare<[{ readonly from: string; readonly to: string }], PhotoAt>(query);
  return (stem: string, isAsked: (photo: PhotoAt) => boolean): boolean =>
    // "/" is the code point after "."
    photos.all({ from: `${stem}.`, to: `${stem}/` }).some((photo) => !isRaw(photo.path) && isAsked(photo));
}
