/**
 * The end of a walk: what becomes of everything that is known below the roots and was not met.
 */
import type { Unmet, WalkResult } from "../../core/library/scan-store.ts";
import { innermostOf } from "../../core/paths.ts";
import type { Absence } from "../../core/photos/ports.ts";
import type { PhotoPath } from "../../core/units.ts";
import { Devices } from "../photos/devices.ts";
import { pathRange } from "./path-range.ts";
import type { Sqlite } from "./sqlite.ts";

interface UnmetRow {
  readonly path: PhotoPath;
  readonly file_id: string;
}

export class UnmetDatabase {
  readonly #db: Sqlite;
  readonly #scan: number;
  readonly #roots: readonly string[];
  readonly #run: ReturnType<typeof prepareStatements>;
  /** To be told of every photo that the scan meets again. */
  readonly devices = new Devices();

  constructor(db: Sqlite, scan: number, roots: readonly string[]) {
    this.#db = db;
    this.#scan = scan;
    this.#roots = roots;
    this.#run = prepareStatements(db);
  }

  /** As `ScanStore.finishWalk`; what was settled of a root is kept together. */
  async settle(lost: readonly string[], unmet: Unmet): Promise<WalkResult> {
    const emptyRoots: string[] = [];
    let [missing, nowExcluded, unsure] = [0, 0, 0];
    for (const root of this.#roots) {
      const photos = await this.#sortUnmet(root, unmet, lost.includes(root));
      // Photos are known there, and this scan met none of them: more likely an unplugged drive than a clean-up.
      const isEmptied = photos.gone.length + photos.unsure.length > 0 && !this.#isMet(root);
      if (isEmptied && !lost.includes(root)) {
        emptyRoots.push(root);
        continue;
      }
      this.#db
        .transaction(() => {
          for (const path of photos.gone) missing += this.#run.markMissing.run(path).changes;
          for (const path of photos.excluded) nowExcluded += this.#run.markMissing.run(path).changes;
          if (photos.unsure.length === 0 && !lost.includes(root)) this.#finishRoot(root, unmet);
        })
        .immediate();
      unsure += photos.unsure.length;
    }
    this.#dropUnfoundElsewhere();
    return { missing, nowExcluded, unsure, emptyRoots };
  }

  /** The photos that are known below the root and not below one inside it, and that the scan should have met and did not. */
  async #sortUnmet(root: string, { whyUnmet, isForAnotherRoot }: Unmet, isLost: boolean): Promise<Record<Absence, PhotoPath[]>> {
    const sorted: Record<Absence, PhotoPath[]> = { gone: [], excluded: [], unsure: [] };
    for (const { path, file_id } of this.#run.unmetPhotos.all(...pathRange(root), this.#scan, this.#scan)) {
      if (innermostOf(this.#roots, path) !== root || isForAnotherRoot(path)) continue;
      const absence = isLost ? "unsure" : await whyUnmet({ path, root, devices: this.devices.of(file_id) });
      sorted[absence].push(path);
    }
    return sorted;
  }

  /** Every photo that is known below it is accounted for: what else was not met is not there either. */
  #finishRoot(root: string, { isForAnotherRoot }: Unmet): void {
    const [from, to] = pathRange(root);
    for (const { unmet, drop } of this.#run.others)
      for (const path of unmet.all(from, to, this.#scan, this.#scan)) if (!isForAnotherRoot(path)) drop.run(path);
    for (const path of this.#run.unwalkedWithin.all(root, from, to)) if (path === root || this.#isMet(path)) this.#run.setWalked.run(path);
  }

  /** Files that links led to lie below no root; unread ones are found again by a scan of every root that follows links. */
  #dropUnfoundElsewhere(): void {
    if (this.#run.rootsFollowingLinks.all().every((root) => this.#roots.includes(root))) this.#run.dropUnmetElsewhere.run(this.#scan);
  }

  /** Whether this scan met anything below the folder. */
  #isMet(folder: string): boolean {
    const [from, to] = pathRange(folder);
    return this.#run.anyMet.some((met) => met.get(from, to, this.#scan) !== undefined);
  }
}

function prepareStatements(db: Sqlite) {
  const below = "path >= ? AND path < ?";
  // What a filter of this scan passed by was met, and stays as it was.
  const notFiltered = (table: string) =>
    `NOT EXISTS (SELECT 1 FROM left_out AS passed WHERE passed.path = ${table}.path AND passed.reason = 'by-filter' AND passed.scan >= ?)`;
  const others = ["skipped", "side_file", "pending", "left_out"].map((table) => ({
    unmet: db
      .prepare<[string, string, number, number], string>(`SELECT path FROM ${table} WHERE ${below} AND scan < ? AND ${notFiltered(table)}`)
      .pluck(),
    drop: db.prepare<[string]>(`DELETE FROM ${table} WHERE path = ?`),
  }));
  return {
    unmetPhotos: db.prepare<[string, string, number, number], UnmetRow>(
      `SELECT path, file_id FROM photo WHERE ${below} AND scan < ? AND missing = 0 AND ${notFiltered("photo")} ORDER BY path`,
    ),
    markMissing: db.prepare<[string]>("UPDATE photo SET missing = 1 WHERE path = ?"),
    others,
    dropUnmetElsewhere: db.prepare<[number]>(
      `DELETE FROM pending WHERE scan < ?
       AND NOT EXISTS (SELECT 1 FROM root WHERE substr(pending.path, 1, length(root.path)) = root.path)`,
    ),
    rootsFollowingLinks: db.prepare<[], string>("SELECT path FROM root WHERE follow_links = 1").pluck(),
    unwalkedWithin: db
      .prepare<[string, string, string], string>(`SELECT path FROM root WHERE walked = 0 AND (path = ? OR (${below}))`)
      .pluck(),
    setWalked: db.prepare<[string]>("UPDATE root SET walked = 1 WHERE path = ?"),
    anyMet: ["photo WHERE", "pending WHERE", "left_out WHERE reason = 'by-filter' AND"].map((from) =>
      db.prepare<[string, string, number]>(`SELECT 1 FROM ${from} ${below} AND scan = ? LIMIT 1`),
    ),
  };
}
