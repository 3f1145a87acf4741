/**
 * The end of a walk, as the shared library takes note of it.
 */
import type { Unmet, WalkResult } from "../../core/library/scan-store.ts";
import type { PhotoPath } from "../../core/units.ts";
import { pathRange } from "../library/path-range.ts";
import { type SettledRoot, settleWalk, type UnmetPhotoRow, type WalkTables } from "../library/settle-walk.ts";
import { Devices } from "../photos/devices.ts";
import type { Changes, Queries, Server } from "./server.ts";

interface PathRow {
  readonly path: string;
}

/** What a filter of a scan passed by was met, and stays as it was. @param scan that asks, as a parameter */
function isFiltered(table: string, scan: string): string {
  return `EXISTS (SELECT 1 FROM left_out AS passed
    WHERE passed.path = ${table}.path AND passed.reason = 'by-filter' AND passed.scan >= ${scan})`;
}

export class ServerUnmetStore implements WalkTables {
  readonly #server: Server;
  readonly #scan: number;
  readonly #roots: readonly string[];
  /** To be told of every photo that the scan meets again. */
  readonly devices = new Devices();

  constructor(server: Server, scan: number, roots: readonly string[]) {
    this.#server = server;
    this.#scan = scan;
    this.#roots = roots;
  }

  /** As `ScanStore.finishWalk`; what was settled of a root is kept together. */
  settle(lost: readonly string[], unmet: Unmet): Promise<WalkResult> {
    return settleWalk(this, { roots: this.#roots, devices: this.devices }, lost, unmet);
  }

  unmetPhotos(root: string): Promise<readonly UnmetPhotoRow[]> {
    return this.#server.rows<UnmetPhotoRow>(
      // What this scan found to read may have been read by another since, which had met it earlier.
      `SELECT path, file_id FROM photo WHERE path >= $1 AND path < $2 AND scan < $3 AND NOT missing AND NOT ${isFiltered("photo", "$3")}
         AND NOT EXISTS (SELECT 1 FROM pending WHERE pending.path = photo.path AND pending.scan >= $3) ORDER BY path`,
      [...pathRange(root), this.#scan],
    );
  }

  isMet(folder: string): Promise<boolean> {
    return isMet(this.#server, folder, this.#scan);
  }

  async settleRoot(root: string, { gone, excluded, isFinished, isForAnotherRoot }: SettledRoot) {
    return this.#server.transaction(async (changes) => {
      const marked = { missing: await markMissing(changes, gone), nowExcluded: await markMissing(changes, excluded) };
      if (isFinished) await this.#finishRoot(changes, root, isForAnotherRoot);
      return marked;
    });
  }

  async dropUnfoundElsewhere(): Promise<void> {
    const following = await this.#server.rows<PathRow>("SELECT path FROM root WHERE follow_links");
    if (!following.every(({ path }) => this.#roots.includes(path))) return;
    await this.#server.transaction((changes) =>
      changes.change("DELETE FROM pending WHERE scan < $1 AND NOT EXISTS (SELECT 1 FROM root WHERE starts_with(pending.path, root.path))", [
        this.#scan,
      ]),
    );
  }

  async #finishRoot(changes: Changes, root: string, isForAnotherRoot: SettledRoot["isForAnotherRoot"]): Promise<void> {
    const [from, to] = pathRange(root);
    for (const table of ["skipped", "side_file", "pending", "left_out"]) {
      const unmet = await changes.rows<PathRow>(
        `SELECT path FROM ${table} WHERE path >= $1 AND path < $2 AND scan < $3 AND NOT ${isFiltered(table, "$3")}`,
        [from, to, this.#scan],
      );
      const dropped = unmet.map(({ path }) => path).filter((path) => !isForAnotherRoot(path as PhotoPath));
      await changes.change(`DELETE FROM ${table} WHERE path = ANY($1::text[])`, [dropped]);
    }
    const unwalked = await changes.rows<PathRow>("SELECT path FROM root WHERE NOT walked AND (path = $1 OR (path >= $2 AND path < $3))", [
      root,
      from,
      to,
    ]);
    for (const { path } of unwalked)
      if (path === root || (await isMet(changes, path, this.#scan)))
        await changes.change("UPDATE root SET walked = true WHERE path = $1", [path]);
  }
}

async function markMissing(changes: Changes, paths: readonly PhotoPath[]): Promise<number> {
  return changes.change("UPDATE photo SET missing = true WHERE path = ANY($1::text[])", [paths]);
}

const MET = ["photo WHERE", "pending WHERE", "left_out WHERE reason = 'by-filter' AND"];

async function isMet(queries: Queries, folder: string, scan: number): Promise<boolean> {
  const row = await queries.row<{ readonly found: boolean }>(
    `SELECT ${MET.map((from) => `EXISTS (SELECT 1 FROM ${from} path >= $1 AND path < $2 AND scan = $3)`).join(" OR ")} AS found`,
    [...pathRange(folder), scan],
  );
  return row?.found === true;
}
