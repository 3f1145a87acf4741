/**
 * Tells what is not there from what cannot be read now. Only a successful listing on the right device says that a name is
 * gone: under a drive that is away stands an empty folder that can be listed as well as any.
 */
import { type Dirent, lstatSync } from "node:fs";
import { lstat, opendir, readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { LibraryRoot, ScanRoot } from "../../core/library/contents.ts";
import { isWithin } from "../../core/paths.ts";
import type { Absence, Presence, UnmetPhoto } from "../../core/photos/ports.ts";
import { errorCode } from "../system-errors.ts";
import { createReach } from "./exclusion.ts";
import { fileIdOf } from "./photo-file.ts";

/** Names held at most, but for one folder's: photos come in path order, so that those of one folder and around it follow each other. */
const NAMES_HELD = 100_000;

interface Listing {
  readonly device: string;
  readonly entries: ReadonlyMap<string, Dirent>;
}

/** `absent`: the system says that there is no such folder; what that is worth its parent has to tell. */
type Looked = Listing | "absent" | "unreadable";

/**
 * To be made when a scan begins: a root that stands elsewhere later went away meanwhile.
 * @param roots that are walked
 * @param library all that the library was asked for
 * @param ask as `listedOn`, knowing the device that the folder lay on when the scan began
 */
export function createPresence(
  roots: readonly ScanRoot[],
  library: readonly LibraryRoot[] = [],
  ask: (folder: string, device: string | null) => Promise<string | null> = listedOn,
): Presence {
  const devices = new Map(roots.map(({ path }) => [path, deviceNow(path)] as const));
  const isReached = createReach(roots);
  const isReachedByOthers = createReach(library.filter(({ path }) => !devices.has(path)));
  const look = createLook();
  return {
    async whyUnmet(photo) {
      const absence = await absenceOf(photo, look);
      return absence === "unsure" && !isReached(photo.path) ? "excluded" : absence;
    },
    isForAnotherRoot: (path) => !isReached(path) && isReachedByOthers(path),
    async lostRoots() {
      const looked = await Promise.all(
        roots.map(async ({ path }) => {
          const device = devices.get(path) ?? null;
          const now = await ask(path, device);
          return { path, isHere: now !== null && now === device };
        }),
      );
      return looked.filter(({ isHere }) => !isHere).map(({ path }) => path);
    },
  };
}

/** Asks the nearest folder at or above the photo that can be listed for the next name on the way down. */
async function absenceOf({ path, root, devices }: UnmetPhoto, look: (folder: string) => Promise<Looked>): Promise<Absence> {
  for (let [folder, name] = [dirname(path), basename(path)]; isWithin(folder, root); [folder, name] = [dirname(folder), basename(folder)]) {
    const looked = await look(folder);
    if (looked === "absent") continue;
    if (looked === "unreadable" || !devices.has(looked.device)) return "unsure";
    const entry = looked.entries.get(name);
    if (entry === undefined) return "gone";
    const isPhoto = folder === dirname(path);
    // What the path leads through, or to, became another thing: a link, say, which a walk counts as such.
    if (isPhoto ? !entry.isFile() : !entry.isDirectory()) return "excluded";
    return "unsure";
  }
  return "unsure";
}

/** Lists each folder once, as long as there is room. */
function createLook(): (folder: string) => Promise<Looked> {
  const known = new Map<string, Looked>();
  let names = 0;
  return async (folder) => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    if (names > NAMES_HELD) {
      known.clear();
      names = 0;
    }
    const looked = await list(folder);
    known.set(folder, looked);
    names += typeof looked === "string" ? 1 : 1 + looked.entries.size;
    return looked;
  };
}

async function list(folder: string): Promise<Looked> {
  try {
    const before = await lstat(folder, { bigint: true });
    if (!before.isDirectory()) return "absent"; // a link would be followed to what lies elsewhere
    const entries = await readdir(folder, { withFileTypes: true });
    const after = await lstat(folder, { bigint: true });
    if (fileIdOf(before) !== fileIdOf(after)) return "unreadable";
    return { device: String(after.dev), entries: new Map(entries.map((entry) => [entry.name, entry])) };
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes(errorCode(error)) ? "absent" : "unreadable";
  }
}

/**
 * Asked often, of folders that may be large: one entry is enough to see that a listing works.
 * @returns the device that the folder lies on; null where it cannot be listed
 */
export async function listedOn(folder: string): Promise<string | null> {
  try {
    const opened = await opendir(folder);
    try {
      await opened.read();
    } finally {
      await opened.close();
    }
    return String((await lstat(folder, { bigint: true })).dev);
  } catch {
    return null;
  }
}

/** Null where it cannot be told. */
function deviceNow(folder: string): string | null {
  try {
    return String(lstatSync(folder, { bigint: true }).dev);
  } catch {
    return null;
  }
}
