/**
 * What the command line has to ask the machine before its settings are complete.
 */
import { availableParallelism, homedir } from "node:os";

export { configFolder, dataFolder } from "../io/library/library-path.ts";
export { isFile } from "../io/photos/folders.ts";

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
