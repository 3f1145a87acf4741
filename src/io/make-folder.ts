/**
 * Makes the folder that a file shall lie in.
 */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../core/errors.ts";
import { reasonOf } from "./system-errors.ts";

/**
 * With those above it; does nothing where it is there.
 * @throws {UserError} naming it, with the code
 */
export function makeFolder(path: string, code: "library-folder-unmakeable"): void {
  try {
    makeWithThoseAbove(path);
  } catch (error) {
    throw new UserError(code, `The folder ${path} cannot be made (${reasonOf(error)})`, { cause: error });
  }
}

/** Node's own recursive way never ends where a folder that is there says that it is not, as /proc does when asked for a folder in it. */
function makeWithThoseAbove(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path && !isFolder(above)) makeWithThoseAbove(above);
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error; // else another process was faster
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // what is wrong with it, making it tells
  }
}
