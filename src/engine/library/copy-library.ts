/**
 * Copies a library to another place, as it stands: from a file to a server, back, or from one of a kind to another.
 */
import { createHash } from "node:crypto";
import { UserError } from "../../core/errors.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { CopiedTable } from "../../core/library/library-tables.ts";
import type { Run } from "../../core/run.ts";
import { DecisionsFile } from "../../io/decisions/decisions-file.ts";
import { CopyDiffers, copyTables, type Digest } from "../../pipeline/library/copy-tables.ts";
import { withTables } from "../open-library.ts";

export interface CopyChoice {
  readonly from: LibraryPlace;
  /** Where there is no library yet, or an empty one. */
  readonly to: LibraryPlace;
}

export interface CopiedLibrary {
  /** Null where it was stopped: nothing was kept then. */
  readonly tables: readonly CopiedTable[] | null;
  /** Decisions of this user that the copy has from now on, too. */
  readonly decisions: number;
}

/** Nobody writes to either meanwhile. @throws {UserError} `copy-differs` where the copy does not read back as what was read */
export async function copyLibrary({ from, to }: CopyChoice, run: Run): Promise<CopiedLibrary> {
  if (from.name === to.name) throw new UserError("copy-onto-itself", `${from.name} cannot be copied onto itself`);
  const tables = await withTables({ from, to }, run, async (source, target) => {
    if (await target.isUsed()) throw new UserError("copy-target-used", `${to.name} holds a library already`);
    try {
      return await copyTables({ source, target, createDigest, stop: run.signal, onProgress: run.onProgress });
    } catch (error) {
      if (!(error instanceof CopyDiffers)) throw error;
      throw new UserError("copy-differs", `The copy in ${to.name} differs from ${from.name} (in ${error.table})`, { cause: error });
    }
  });
  return { tables, decisions: tables === null ? 0 : await copyDecisions(from, to) };
}

/** They name contents and no library; where the copy has some already, these stand. */
async function copyDecisions(from: LibraryPlace, to: LibraryPlace): Promise<number> {
  const target = new DecisionsFile(to.ownFiles);
  if ((await target.read()).decisions.length > 0) return 0;
  const { decisions } = await new DecisionsFile(from.ownFiles).read();
  await target.add(decisions);
  return decisions.length;
}

function createDigest(): Digest {
  const hash = createHash("sha256");
  return { add: (text) => void hash.update(text), end: () => hash.digest("hex") };
}
