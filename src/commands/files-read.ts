/**
 * A file that a command reads is never what its answer replaces: the pairs somebody labelled, the configuration, a list of paths.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { usageFault } from "./faults.ts";
import type { Host } from "./host.ts";
import { expandHome } from "./machine.ts";

export interface NamedFile {
  /** As it was named, or its path where it was not. */
  readonly file: string;
  /** As it is typed, "--pairs"; null for what was named elsewhere. */
  readonly option: string | null;
}

/** @throws {UserError} where one of those to be written is, by whatever name, one of those that are read */
export function requireApart(
  written: readonly NamedFile[],
  read: readonly NamedFile[],
  { workingFolder }: Pick<Host, "workingFolder">,
): void {
  const idOf = ({ file }: NamedFile) => fileIdAt(resolve(workingFolder, expandHome(file)));
  const ids = new Map(read.map((named) => [idOf(named), named]));
  for (const named of written) {
    const id = idOf(named);
    const same = id === null ? undefined : ids.get(id);
    if (same === undefined) continue;
    const what = same.option === null ? "the configuration" : `what ${same.option} reads`;
    throw usageFault(`${named.file} is ${what}, which is not written over`, `Name another file with ${named.option}`);
  }
}

/** Behind all links; null for what is no file yet, or cannot be reached, and for devices, which hold nothing. */
function fileIdAt(path: string): string | null {
  try {
    const stats = statSync(path, { bigint: true });
    return stats.isFile() ? `${stats.dev} ${stats.ino}` : null;
  } catch {
    return null; // told when it is read, or written
  }
}
