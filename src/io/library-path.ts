/**
 * Where the library lies when the user names no other place.
 */
import { join } from "node:path";
import envPaths from "env-paths";

/** The system's folder for a program's data, e.g. ~/.local/share/dupfind/library.db. */
export function defaultLibraryPath(): string {
  return join(envPaths("dupfind", { suffix: "" }).data, "library.db");
}
