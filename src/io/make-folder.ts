/**
 * Makes the folder that a file shall lie in.
 */
import { mkdirSync } from "node:fs";
import { UserError } from "../core/errors.ts";
import { errorCode } from "./system-errors.ts";

/**
 * With those above it; does nothing where it is there.
 * @throws {UserError} naming it, with the hint
 */
export function makeFolder(path: string, hint: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UserError(`The folder ${path} cannot be made (${errorCode(error)})`, hint, { cause: error });
  }
}
