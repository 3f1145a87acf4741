/**
 * The files of a clean-up on this machine.
 */
import { basename, dirname, join } from "node:path";
import { type Deed, type Relocation, relocationsOf, type TrashNote } from "../../core/cleanup/journal.ts";
import { type CleanupDisk, FileFault, type Standing } from "../../core/cleanup/ports.ts";
import { fileIdOf } from "../photos/photo-file.ts";
import { errorCode } from "../system-errors.ts";
import { linkToKeeper, partFromKeeper, relocateFile, statOrNull, writeNote } from "./change-files.ts";
import { FILE_CALLS, type FileCalls } from "./file-calls.ts";
import { isSystemError, readFileAt } from "./read-file.ts";
import { removeSidecar, tidySidecar, writeSidecar } from "./sidecars.ts";
import { createTrash, type TrashSettings } from "./trash.ts";

/** @param calls what the disk is reached by */
export function createCleanupDisk(trash: TrashSettings, calls: FileCalls = FILE_CALLS): CleanupDisk {
  const placeInTrash = createTrash(calls, trash);
  const folders = new Map<string, Promise<FolderStanding>>();
  const folder = (path: string): Promise<FolderStanding> => {
    const known = folders.get(path) ?? standingOfFolder(calls, path);
    folders.set(path, known);
    return known;
  };
  return {
    read: (path) => readFileAt(calls, path),
    async stand(path): Promise<Standing> {
      const { realPath, ids } = await folder(dirname(path));
      const stats = await statOrNull(calls, path).catch(() => null);
      const real = realPath === null ? null : join(realPath, basename(path));
      return { realPath: real, fileId: stats === null ? null : fileIdOf(stats), folderIds: ids };
    },
    namesIn: (path) => calls.readdir(path).catch(() => []),
    isFree: (path) => asFault(async () => (await statOrNull(calls, path)) === null),
    placeInTrash: (path, taken) => asFault(() => placeInTrash(path, taken)),
    relocate: (move) =>
      asFault(async () => {
        if (move.note !== null) await writeNote(calls, move.note);
        await relocateFile(calls, move);
      }),
    relocateBack: (move) => asFault(() => relocateBack(calls, move)),
    dropCopy: (move) =>
      asFault(async () => {
        const [from, to] = [await readFileAt(calls, move.from), await readFileAt(calls, move.to)];
        const areEqual = from.kind === "file" && to.kind === "file" && from.file.sha256 === to.file.sha256;
        if (!areEqual) throw new FileFault("changed", `${move.from} was changed meanwhile`);
        await calls.unlink(move.to);
      }),
    tidy: (deed) => asFault(() => tidy(calls, deed)),
    writeSidecar: (write, text) => asFault(() => writeSidecar(calls, write, text)),
    removeSidecar: (write) => asFault(() => removeSidecar(calls, write)),
    link: (deed) => asFault(() => linkToKeeper(calls, deed)),
    part: (deed) =>
      asFault(async () => {
        const now = await readFileAt(calls, deed.path);
        if (now.kind !== "file" || now.file.sha256 !== deed.file.sha256)
          throw new FileFault("changed", `${deed.path} was changed meanwhile`);
        await partFromKeeper(calls, deed, now.file);
      }),
  };
}

interface FolderStanding {
  readonly realPath: string | null;
  readonly ids: readonly string[];
}

async function standingOfFolder(calls: FileCalls, path: string): Promise<FolderStanding> {
  const ids: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    const stats = await statOrNull(calls, folder).catch(() => null);
    if (stats !== null) ids.push(fileIdOf(stats));
    if (dirname(folder) === folder) break;
  }
  // As the system spells it, where it takes several spellings for one.
  return { realPath: await calls.realpath(path).catch(() => null), ids };
}

/** The record's inode is that of the file before it went; a copy on the other file system has its own. */
async function relocateBack(calls: FileCalls, move: Relocation): Promise<void> {
  const now = await readFileAt(calls, move.to);
  if (now.kind !== "file" || now.file.sha256 !== move.file.sha256) throw new FileFault("changed", `${move.to} was changed meanwhile`);
  const draft = join(dirname(move.from), basename(move.temporary));
  const { mode, uid, gid, modifiedNs } = move.file;
  const way = { ...move, from: move.to, to: move.from, temporary: draft as Relocation["temporary"], note: null };
  const isMoved = now.file.fileId === move.file.fileId;
  await relocateFile(calls, { ...way, file: now.file }, isMoved ? now.file : { ...now.file, mode, uid, gid, modifiedNs });
  if (move.note !== null) await removeNote(calls, move.note);
}

/** By its text: once the trash was emptied another file's note may have the name. A torn one is the beginning of it. */
async function removeNote(calls: FileCalls, { path, text }: TrashNote): Promise<void> {
  const stats = await statOrNull(calls, path);
  if (stats === null || !stats.isFile() || stats.size > text.length * 4) return;
  if (text.startsWith(await calls.readFile(path, "utf8"))) await calls.unlink(path);
}

/** Drafts bear the run's and the step's number, and are nobody else's. An empty file that kept a place free is one too. */
async function tidy(calls: FileCalls, deed: Deed): Promise<void> {
  if (deed.kind === "link") return removeDraft(calls, deed.temporary);
  if (deed.sidecar != null) await tidySidecar(calls, deed.sidecar);
  for (const move of relocationsOf(deed)) {
    await removeDraft(calls, move.temporary);
    await removeDraft(calls, join(dirname(move.from), basename(move.temporary)));
    await freePlace(calls, move, move.to, move.from);
    await freePlace(calls, move, move.from, move.to);
    if (move.note !== null && (await statOrNull(calls, move.to)) === null) await removeNote(calls, move.note);
  }
}

/** Removes an empty file that kept the place free, while the file itself is at the other. One that is empty itself is told by its inode. */
async function freePlace(calls: FileCalls, { file }: Relocation, place: string, other: string): Promise<void> {
  const [here, there] = [await statOrNull(calls, place), await statOrNull(calls, other)];
  if (!here?.isFile() || here.size > 0n || !there?.isFile() || Number(there.size) !== file.bytes) return;
  const isOther = fileIdOf(there) === file.fileId && fileIdOf(here) !== file.fileId;
  if (file.bytes > 0 || isOther) await calls.unlink(place);
}

async function removeDraft(calls: FileCalls, path: string): Promise<void> {
  if ((await statOrNull(calls, path))?.isFile()) await calls.unlink(path);
}

async function asFault<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const code = errorCode(error);
    throw new FileFault(code === "EEXIST" ? "place-taken" : code, (error as Error).message, { cause: error });
  }
}
