/**
 * Reads a small file of text that someone else may have written: a device, a pipe or a film in its place must not fill the
 * memory or hold the program.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { UserError } from "../core/errors.ts";
import { reasonOf } from "./system-errors.ts";

/** A lock with a thousand encoders is smaller. */
const LARGEST = 4_000_000;

type SmallFileCode = "own-model-lock-unreadable" | "added-model-lock-unreadable" | "adapted-record-unusable";

/**
 * The file's JSON.
 * @param named in messages: "The model lock /x/lock.json"
 * @throws {UserError} when it cannot be read or is no JSON; whether it has the right form is for the caller to see
 */
export function readSmallJson(path: string, named: string, code: SmallFileCode): unknown {
  try {
    return JSON.parse(readText(path).replace(/^\uFEFF/, ""));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : reasonOf(error);
    throw new UserError(code, `${named} cannot be read (${why})`, { cause: error });
  }
}

function readText(path: string): string {
  // Without NONBLOCK, opening a pipe waits for its writer.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) throw new Error("EISDIR");
    if (!status.isFile()) throw new Error("it is not a file");
    if (status.size > LARGEST) throw new Error(`its ${status.size} bytes are more than the ${LARGEST} that are read`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}
