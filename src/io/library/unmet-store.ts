/**
 * The end of a walk, as the library's file takes note of it.
 */
import type { Unmet, WalkResult } from "../../core/library/scan-store.ts";
import type { PhotoPath } from "../../core/units.ts";
import { Devices } from "../photos/devices.ts";
import { pathRange } from "./path-range.ts";
import { type SettledRoot, settleWalk, type UnmetPhotoRow, type WalkTables } from "./settle-walk.ts";
import type { Sqlite } from "./sqlite.ts";

export class UnmetDatabase implements WalkTables {
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
  settle(lost: readonly string[], unmet: Unmet): Promise<WalkResult> {
    return settleWalk(this, { roots: this.#roots, devices: this.devices }, lost, unmet);
  }

  async unmetPhotos(root: string): Promise<readonly UnmetPhotoRow[]> {
    return this.#run.unmetPhotos.all(...pathRange(root), this.#scan, this.#scan);
  }

  async isMet(folder: string): Promise<boolean> {
    return this.#isMet(folder);
  }

  async settleRoot(root: string, { gone, excluded, isFinished, isForAnotherRoot }: SettledRoot) {
    const mark = (paths: readonly PhotoPath[]) => paths.reduce((sum, path) => sum + this.#run.markMissing.run(path).changes, 0);
    return this.#db
      .transaction(() => {
        const marked = { missing: mark(gone), nowExcluded: mark(excluded) };
        if (isFinished) this.#finishRoot(root, isForAnotherRoot);
        return marked;
      })
      .immediate();
  }

  async dropUnfoundElsewhere(): Promise<void> {
    if (this.#run.rootsFollowingLinks.all().every((root) => this.#roots.includes(root))) this.#run.dropUnmetElsewhere.run(this.#scan);
  }

  #finishRoot(root: string, isForAnotherRoot: SettledRoot["isForAnotherRoot"]): void {
    const [from, to] = pathRange(root);
    for (const { unmet, drop } of this.#run.others)
      for (const path of unmet.all(from, to, this.#scan, this.#scan)) if (!isForAnotherRoot(path)) drop.run(path);
    for (const path of this.#run.unwalkedWithin.all(root, from, to)) if (path === root || this.#isMet(path)) this.#run.setWalked.run(path);
  }

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
    unmetPhotos: db.prepare<[string, string, number, number], UnmetPhotoRow>(
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
