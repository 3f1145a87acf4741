/**
 * Writes a file whole or not at all.
 */
import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { UserError } from "../core/errors.ts";
import { errorCode } from "./system-errors.ts";

/** @throws {UserError} when the place cannot be written to; what stood there stays as it was */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new UserError(`${path} cannot be written (${errorCode(error)})`, "Name another place with -o", { cause: error });
  }
}
