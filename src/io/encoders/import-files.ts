/**
 * Takes model files that came from another machine, from a folder or out of an archive. What lies there may be anything: each
 * file is streamed, hashed on the way, cut off at the first byte that is not pinned, and put in place only when it is the pinned one.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import { UserError } from "../../core/errors.ts";
import { errorCode, reasonOf } from "../system-errors.ts";
import { onDisk, onDiskAsync } from "./model-folder.ts";
import type { ModelStore } from "./model-store.ts";
import { faultOf } from "./pinned-file.ts";
import { openArchive } from "./zip-archive.ts";

/** Where files may come from. */
export interface FileSource {
  /** Places where the file may lie, by name and size; what each gives may be anything, and may break off. */
  candidates(model: LockedModel, file: PinnedFile): readonly OpenBytes[];
  close(): void;
}
export type OpenBytes = () => Promise<AsyncIterable<Uint8Array>>;

/** A pinned file that a source does not have. */
export interface MissingFile {
  readonly path: string;
  /** What was wrong with the one in its place; null where there is none. */
  readonly fault: string | null;
}

/**
 * @param models all that may be looked for
 * @throws {UserError} when the path is neither a folder nor an archive that can be read
 */
export async function openFileSource(path: string, models: readonly LockedModel[]): Promise<FileSource> {
  try {
    const status = statSync(path);
    if (status.isDirectory()) return fromFolder(path);
    if (!status.isFile()) throw new Error("it is not a file");
    return await fromArchive(path, models);
  } catch (error) {
    throw new UserError("import-source-unreadable", `${path} cannot be read as a folder or a zip archive (${reasonOf(error)})`, {
      cause: error,
    });
  }
}

/**
 * Copies every file of the model, each verified before it is renamed into place.
 * @returns the files the source does not have; nothing is imported unless it has all
 * @throws {UserError} when the folder of models cannot be written to
 */
export async function importModel(
  model: LockedModel,
  source: FileSource,
  store: ModelStore,
  stop: AbortSignal,
): Promise<readonly MissingFile[]> {
  const missing: MissingFile[] = [];
  const drafts = new Map<string, string>();
  try {
    for (const file of model.files) {
      const place = join(store.folderOf(model), file.path);
      if ((await faultOf(place, file)) === null) continue;
      const draft = `${place}.import`;
      const fault = await take(
        source.candidates(model, file),
        file,
        () => {
          drafts.set(draft, store.placeFor(model, file));
          return draft;
        },
        stop,
      );
      if (fault !== "taken") missing.push({ path: file.path, fault });
    }
    if (missing.length === 0) for (const [draft, place] of drafts) onDisk(place, () => renameSync(draft, place));
  } finally {
    for (const draft of drafts.keys()) if (existsSync(draft)) onDisk(draft, () => rmSync(draft));
  }
  return missing;
}

/** @returns "taken", or what was wrong with the last candidate; null where there is none */
async function take(
  candidates: readonly OpenBytes[],
  file: PinnedFile,
  makeRoom: () => string,
  stop: AbortSignal,
): Promise<"taken" | string | null> {
  let fault: string | null = null;
  for (const openBytes of candidates) {
    fault = await writePinned(openBytes, file, makeRoom(), stop);
    if (fault === null) return "taken";
  }
  return fault;
}

/** @returns what is wrong with the bytes; null when they are the pinned ones and the draft has them all */
async function writePinned(openBytes: OpenBytes, { bytes, sha256 }: PinnedFile, draft: string, stop: AbortSignal): Promise<string | null> {
  onDisk(draft, () => rmSync(draft, { force: true })); // "wx" then follows no link that stood there
  const handle = await onDiskAsync(draft, () => open(draft, "wx"));
  try {
    const hash = createHash("sha256");
    let size = 0;
    for await (const piece of reading(openBytes)) {
      stop.throwIfAborted();
      if (piece instanceof Error) return `it cannot be read: ${errorCode(piece)}`;
      size += piece.length;
      if (size > bytes) return `it has more than the ${bytes} bytes the lock pins`;
      hash.update(piece);
      await onDiskAsync(draft, () => handle.writeFile(piece));
    }
    if (hash.digest("hex") !== sha256) return "it does not match the lock: its SHA-256 differs";
    await onDiskAsync(draft, () => handle.sync());
    return null;
  } finally {
    await onDiskAsync(draft, () => handle.close());
  }
}

/** The bytes, and at the end the error that they broke off with: what is wrong with the source is no fault of the disk written to. */
async function* reading(openBytes: OpenBytes): AsyncIterable<Uint8Array | Error> {
  try {
    yield* await openBytes();
  } catch (error) {
    yield error instanceof Error ? error : new Error(String(error));
  }
}

function fromFolder(folder: string): FileSource {
  return {
    candidates: (model, file) =>
      [file.path, join(model.id, file.path), basename(file.path)]
        .map((name) => join(folder, name))
        .filter((path) => {
          const status = statSync(path, { throwIfNoEntry: false });
          return status?.isFile() === true && status.size === file.bytes;
        })
        .map((path) => async () => createReadStream(path, { highWaterMark: 1 << 20 })),
    close: () => {},
  };
}

async function fromArchive(path: string, models: readonly LockedModel[]): Promise<FileSource> {
  const archive = await openArchive(path, new Set(models.flatMap(({ files }) => files.map(nameInArchive))));
  return {
    candidates: (_model, file) => {
      const entry = archive.entries.get(nameInArchive(file));
      return entry?.bytes === file.bytes ? [entry.open] : [];
    },
    close: archive.close,
  };
}

function nameInArchive({ path, archivePath }: PinnedFile): string {
  return archivePath ?? path;
}
