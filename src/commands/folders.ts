/**
 * Folders as a user names them to narrow an answer.
 */
import { resolveFolder } from "../io/photos/folders.ts";
import type { Host } from "./host.ts";
import { expandHome } from "./machine.ts";

/** Absolute, as a scan spells them. */
export function resolveFolders(folders: readonly string[], { workingFolder }: Pick<Host, "workingFolder">): readonly string[] {
  return folders.map((folder) => resolveFolder(expandHome(folder), workingFolder));
}
