/**
 * The end of a walk: what becomes of everything that is known below the roots and was not met.
 */
import type { WalkResult } from "../../core/library/scan-store.ts";
import type { Presence } from "../../core/photos/ports.ts";
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
  async settle(lost: readonly string[], whyUnmet: Presence["whyUnmet"]): Promise<WalkResult> {
    const emptyRoots = this.#roots.filter((root) => !lost.includes(root) && this.#isEmptied(root));
    let missing = 0;
    let unsure = 0;
    for (const root of this.#roots) {
      if (emptyRoots.includes(root)) continue;
      let unsureHere = 0;
      const gone: PhotoPath[] = [];
      for (const { path, file_id } of this.#run.unmetPhotos.all(...pathRange(root), this.#scan)) {
        const photo = { path, root, devices: this.devices.of(file_id) };
        if (lost.includes(root) || (await whyUnmet(photo)) === "unsure") unsureHere++;
        else gone.push(path);
      }
      unsure += unsureHere;
      this.#db
        .transaction(() => {
          for (const path of gone) missing += this.#run.markMissing.run(path).changes;
          if (unsureHere === 0 && !lost.includes(root)) this.#finishRoot(root);
        })
        .immediate();
    }
    this.#dropUnfoundElsewhere();
    return { missing, unsure, emptyRoots };
  }

  /** Every photo that is known below it is accounted for: what else was not met is not there either. */
  #finishRoot(root: string): void {
    const [from, to] = pathRange(root);
    for (const drop of this.#run.dropUnmet) drop.run(from, to, this.#scan);
    for (const path of this.#run.unwalkedWithin.all(root, from, to)) if (path === root || this.#isMet(path)) this.#run.setWalked.run(path);
  }

  /** Files that links led to lie below no root; unread ones are found again by a scan of every root that follows links. */
  #dropUnfoundElsewhere(): void {
    if (this.#run.rootsFollowingLinks.all().every((root) => this.#roots.includes(root))) this.#run.dropUnmetElsewhere.run(this.#scan);
  }

  /** Photos are known below the root, and this scan met none of them: more likely an unplugged drive than a clean-up. */
  #isEmptied(root: string): boolean {
    return this.#run.anyKnown.get(...pathRange(root)) !== undefined && !this.#isMet(root);
  }

  /** Whether this scan met anything below the folder. */
  #isMet(folder: string): boolean {
    const [from, to] = pathRange(folder);
    return this.#run.anyMet.get(from, to, this.#scan) !== undefined || this.#run.anyPending.get(from, to, this.#scan) !== undefined;
  }
}

function prepareStatements(db: Sqlite) {
  const below = "path >= ? AND path < ?";
  const dropUnmet = ["skipped", "side_file", "pending"].map((table) =>
    db.prepare<[string, string, number]>(`DELETE FROM ${table} WHERE ${below} AND scan < ?`),
  );
  return {
    unmetPhotos: db.prepare<[string, string, number], UnmetRow>(
      `SELECT path, file_id FROM photo WHERE ${below} AND scan < ? AND missing = 0 ORDER BY path`,
    ),
    markMissing: db.prepare<[string]>("UPDATE photo SET missing = 1 WHERE path = ?"),
    dropUnmet,
    dropUnmetElsewhere: db.prepare<[number]>(
      `DELETE FROM pending WHERE scan < ?
       AND NOT EXISTS (SELECT 1 FROM root WHERE substr(pending.path, 1, length(root.path)) = root.path)`,
    ),
    rootsFollowingLinks: db.prepare<[], string>("SELECT path FROM root WHERE follow_links = 1").pluck(),
    unwalkedWithin: db
      .prepare<[string, string, string], string>(`SELECT path FROM root WHERE walked = 0 AND (path = ? OR (${below}))`)
      .pluck(),
    setWalked: db.prepare<[string]>("UPDATE root SET walked = 1 WHERE path = ?"),
    anyKnown: db.prepare<[string, string]>(`SELECT 1 FROM photo WHERE ${below} AND missing = 0 LIMIT 1`),
    anyMet: db.prepare<[string, string, number]>(`SELECT 1 FROM photo WHERE ${below} AND scan = ? LIMIT 1`),
    anyPending: db.prepare<[string, string, number]>(`SELECT 1 FROM pending WHERE ${below} AND scan = ? LIMIT 1`),
  };
}
