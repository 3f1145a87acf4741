/**
 * Writes a file whole or not at all.
 */
import { randomUUID } from "node:crypto";
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
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
    throw notWritable(path, errorCode(error), error);
  }
}

/**
 * For before long work: what can be told without writing.
 * @throws {UserError} when the file has no folder to be in, when that allows none, or when a folder has its name
 */
export function requireWritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw notWritable(path, errorCode(error), error);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw notWritable(path, "EISDIR");
}

function notWritable(path: string, reason: string, cause?: unknown): UserError {
  return new UserError(`${path} cannot be written (${reason})`, "Name another place with -o", { cause });
}
