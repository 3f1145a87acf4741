/**
 * Places in the trash of the desktop, as freedesktop.org's Trash specification 1.0 has them: in the home folder, or at the top of the
 * file system that the file lies on. The place is known before the file goes there, so that it can be brought back.
 */
import { type BigIntStats, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { FileFault, type NewPlace } from "../../core/cleanup/ports.ts";
import { isWithin } from "../../core/paths.ts";
import { photoPath } from "../../core/units.ts";
import { statOrNull } from "./change-files.ts";
import type { FileCalls } from "./file-calls.ts";

export interface TrashSettings {
  /** "linux", "darwin", "win32" and the like. */
  readonly platform: string;
  /** The trash of the home folder, which need not be there yet. */
  readonly homeTrash: string;
  /** Number of the user; null where the system has none. */
  readonly userId: number | null;
}

interface Trash {
  readonly files: string;
  /** Null where there are no notes. */
  readonly info: string | null;
  /** What a note's path is relative to; null for absolute ones. */
  readonly top: string | null;
}

const STICKY = 0o1000n;
const NAMES_TRIED = 10_000;
/** In bytes: of the 255 that Linux and macOS allow ".trashinfo" takes ten. */
const LONGEST_NAME = 245;

export function createTrash(calls: FileCalls, { platform, homeTrash, userId }: TrashSettings) {
  /** @param taken places that were given away and are not filled yet */
  return async function placeInTrash(path: string, taken: readonly string[]): Promise<NewPlace> {
    const trash = await trashFor(path);
    for (let number = 1; number <= NAMES_TRIED; number++) {
      const name = trashName(basename(path), number);
      const to = join(trash.files, name);
      const note = trash.info === null ? null : join(trash.info, `${name}.trashinfo`);
      if (taken.includes(to) || (await statOrNull(calls, to)) !== null) continue;
      if (note !== null && (await statOrNull(calls, note)) !== null) continue;
      return { to: photoPath(to), note: note === null ? null : { path: note, text: noteText(path, trash.top) } };
    }
    throw new FileFault("no-trash", `The trash has no free name for ${path}`);
  };

  async function trashFor(path: string): Promise<Trash> {
    if (platform === "win32") throw new FileFault("no-trash", "Windows tells nobody where its Recycle Bin puts a file");
    const mounts = mountPoints();
    const mount = await mountOf(dirname(path), mounts);
    if (mount === (await mountOf(await nearestFolder(homeTrash), mounts)))
      return platform === "darwin" ? bare(homeTrash) : noted(homeTrash, null);
    if (platform === "darwin") return bare(join(mount, ".Trashes", String(userId)));
    return topTrash(mount);
  }

  /** The shared trash where the user has a folder of their own in it, or may make one: what others made there is a trap. */
  async function topTrash(mount: string): Promise<Trash> {
    const shared = await statOrNull(calls, join(mount, ".Trash"));
    if (shared?.isDirectory() && (shared.mode & STICKY) !== 0n) {
      const inside = join(mount, ".Trash", String(userId));
      if (await mayBeOwn(inside)) return noted(inside, mount);
    }
    const own = join(mount, `.Trash-${userId}`);
    if (!(await mayBeOwn(own))) throw new FileFault("no-trash", `${own} is no folder of this user`);
    return noted(own, mount);
  }

  async function mayBeOwn(folder: string): Promise<boolean> {
    const there = await statOrNull(calls, folder);
    return there === null || isOwnFolder(there);
  }

  function isOwnFolder(stats: BigIntStats): boolean {
    return stats.isDirectory() && (userId === null || Number(stats.uid) === userId);
  }

  /** The innermost mount point above the folder; where the system lists none, the topmost folder of the same device. */
  async function mountOf(folder: string, mounts: readonly string[]): Promise<string> {
    const known = mounts.filter((mount) => isWithin(folder, mount)).sort((one, other) => other.length - one.length)[0];
    if (known !== undefined) return known;
    const device = (await statOrNull(calls, folder))?.dev;
    for (let top = folder; ; top = dirname(top)) {
      const above = dirname(top);
      if (above === top || (await statOrNull(calls, above))?.dev !== device) return top;
    }
  }

  async function nearestFolder(path: string): Promise<string> {
    for (let folder = path; ; folder = dirname(folder)) {
      if ((await statOrNull(calls, folder)) !== null) return calls.realpath(folder);
      if (dirname(folder) === folder) return folder;
    }
  }
}

function noted(folder: string, top: string | null): Trash {
  return { files: join(folder, "files"), info: join(folder, "info"), top };
}

/** macOS keeps its notes in a database of the Finder's: what is brought back from there by hand has no "Put Back". */
function bare(folder: string): Trash {
  return { files: folder, info: null, top: null };
}

function noteText(path: string, top: string | null): string {
  const named = top === null ? path : relative(top, path);
  return `[Trash Info]\nPath=${named.split("/").map(encodeURIComponent).join("/")}\nDeletionDate=${localTime(new Date())}\n`;
}

/** "2026-11-29T21:40:59", in the time of the place, as the specification wants it. */
function localTime(now: Date): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** As the name was, but for a number, and shorter where the note's name would be longer than a name may be: the note has the whole of it. */
function trashName(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const end = `${number === 1 ? "" : `.${number}`}${extension}`;
  const letters = [...stem];
  while (letters.length > 1 && Buffer.byteLength(letters.join("") + end) > LONGEST_NAME) letters.pop();
  return letters.join("") + end;
}

/** A bind mount has the device of what it shows, and no file can be moved out of it: only the list tells. Empty where there is none. */
function mountPoints(): readonly string[] {
  try {
    return readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .flatMap((line) => line.split(" ")[4] ?? [])
      .map((mount) => mount.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))));
  } catch {
    return [];
  }
}
