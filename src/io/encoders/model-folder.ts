/**
 * Paths below the folder of models, and what goes wrong there. Names from a lock are joined here and nowhere else.
 */
import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ModelId, ModelPath } from "../../core/encoders/model-names.ts";
import { UserError } from "../../core/errors.ts";
import { type LibraryLock, lockFile } from "../library/sqlite.ts";
import { errorCode, reasonOf } from "../system-errors.ts";

/**
 * Where an encoder's folder lies, or a file in it.
 * @param root folder of models
 * @throws {RangeError} for a place that is not below the root: the names' types rule it out, and this does too
 */
export function placeOf(root: string, id: ModelId, path?: ModelPath): string {
  const place = join(root, id, path ?? ".");
  const way = relative(resolve(root), resolve(place));
  if (way === "" || way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way) {
    throw new RangeError(`Expected a place below ${root}, got ${place}`);
  }
  return place;
}

/**
 * Makes a place below the root ready to be written: its folder is there, and nothing on the way to it is a link that leads out.
 * The root itself may be one. For reading, links are followed: what is read is checked against its hash.
 * @param place a path of `placeOf`, or one beside it
 * @returns the place
 * @throws {UserError} naming the link, or the folder that cannot be made
 */
export function readyPlace(root: string, place: string): string {
  return onDisk(root, () => {
    mkdirSync(root, { recursive: true });
    const inside = realpathSync(root) + sep;
    const parts = relative(root, place).split(sep);
    for (const depth of parts.keys()) {
      const step = join(root, ...parts.slice(0, depth + 1));
      const status = lstatSync(step, { throwIfNoEntry: false });
      if (status === undefined) break;
      if (status.isSymbolicLink() && !leadsInside(step, inside)) {
        throw new UserError("models-folder-link", `${step} is a link that points outside the models folder ${root}`);
      }
    }
    mkdirSync(dirname(place), { recursive: true });
    return place;
  });
}

function leadsInside(link: string, inside: string): boolean {
  try {
    return realpathSync(link).startsWith(inside);
  } catch {
    return false; // It leads nowhere, but a file could be made there.
  }
}

/**
 * Makes this process the only one that puts files there.
 * @throws {UserError} `models-locked` when another does, and when the folder cannot be made or written to
 */
export function lockModels(root: string): LibraryLock {
  onDisk(root, () => mkdirSync(root, { recursive: true }));
  try {
    return lockFile(join(root, "pull"), "models-locked", "Another dupfind is downloading models");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError({ code: "models-folder-failed", reason: errorCode(error) }, `${root} cannot be written (${reasonOf(error)})`, {
      cause: error,
    });
  }
}

/**
 * Runs what touches the folder of models.
 * @param path named where the system's error names none
 * @throws {UserError} for every fault of the system: a disk that is full or read-only, a folder that is a file or went away
 */
export function onDisk<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw diskFault(error, path);
  }
}

/** As `onDisk`, of work that takes its time. */
export async function onDiskAsync<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw diskFault(error, path);
  }
}

/** The error itself where the system has no part in it. */
function diskFault(error: unknown, path: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  const code = errorCode(error);
  const named = "path" in error && typeof error.path === "string" ? error.path : path;
  return new UserError(
    { code: "models-folder-failed", reason: code },
    `${named} cannot be ${READING.has(String(error.syscall)) ? "read" : "written"} (${reasonOf(error)})`,
    { cause: error },
  );
}

const READING: ReadonlySet<string> = new Set(["read", "scandir", "stat", "lstat", "realpath"]);
