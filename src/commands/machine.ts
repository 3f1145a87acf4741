/**
 * What the command line has to ask the machine before its settings are complete.
 */
import { availableParallelism, homedir } from "node:os";
import { isAbsolute } from "node:path";
import { UserError } from "../core/errors.ts";
import type { LibraryPlace } from "../core/library/library-place.ts";
import { parseVolume, type Volume } from "../core/library/volumes.ts";
import { libraryPlaceOf } from "../engine/library-place.ts";
import { configFolder, dataFolder } from "../io/library/library-path.ts";
import { resolveFolder } from "../io/photos/folders.ts";
import type { Host } from "./host.ts";

export { isFile } from "../io/photos/folders.ts";
export { configFolder, dataFolder };

/**
 * @param named with an option, a variable or in the configuration; null for a file in the user's data folder
 * @param volumes each `name=folder`
 * @throws {UserError} `server-address-unusable`, `volume-unusable`
 */
export async function libraryAt(named: string | null, volumes: readonly string[], environment: Host["environment"]): Promise<LibraryPlace> {
  return libraryPlaceOf(named === null ? `${await dataFolder()}/library.db` : expandHome(named), volumes.map(volumeHere), environment);
}

/** Its folder by its real path, as photos in it are known. */
function volumeHere(text: string): Volume {
  const { name, folder } = parseVolume(text);
  const path = expandHome(folder);
  if (!isAbsolute(path)) throw new UserError("volume-unusable", `The folder of the volume ${name} is not absolute: ${folder}`);
  return { name, folder: resolveFolder(path, path) };
}

/** Processors this process may use. */
export function processorCount(): number {
  return availableParallelism();
}

/**
 * `~` and `~/…` as what lies in the user's home folder. The shell does it only where a word begins with them: not in
 * `--keep folder:~/Originals`, nor in `--db=~/library.db`, nor where dupfind is run without a shell.
 */
export function expandHome(path: string): string {
  return /^~(?=$|[/\\])/.test(path) ? homedir() + path.slice(1) : path;
}
