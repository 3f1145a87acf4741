/**
 * The built package as a program finds it: by its name, below the program's own `node_modules`.
 */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../temporary-folder.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A new folder for a program. */
export function folderWithDupfind(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/dupfind"));
  return folder;
}
