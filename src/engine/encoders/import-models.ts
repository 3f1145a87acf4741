/**
 * Takes every model of which a folder or an archive has all files.
 */
import type { ModelSettings } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import type { Run } from "../../core/run.ts";
import { importModel, type MissingFile, openFileSource } from "../../io/encoders/import-files.ts";
import { lockModels } from "../../io/encoders/model-folder.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";

/** Names of encoders; at least one in both together. */
export interface ImportedModels {
  readonly imported: readonly string[];
  /** All their files are there, and were here before: nothing was copied. */
  readonly alreadyHere: readonly string[];
}

/**
 * @param path of the folder or the archive
 * @throws {UserError} when no model has all its files there, or what the signal was fired with
 */
export async function importModels(path: string, settings: ModelSettings, { signal }: Pick<Run, "signal">): Promise<ImportedModels> {
  const store = new ModelStore(settings);
  const pinned = store.models.filter((model) => !["embedded", "adapted"].includes(model.source.kind));
  const wanted = pinned.filter((model) => !store.isInstalled(model));
  const source = await openFileSource(path, pinned);
  const alreadyHere = pinned
    .filter((model) => !wanted.includes(model) && model.files.every((file) => source.candidates(model, file).length > 0))
    .map(({ id }) => id);
  const imported: string[] = [];
  const partly: string[] = [];
  const lock = lockModels(settings.folder);
  try {
    for (const model of wanted) {
      const missing = await importModel(model, source, store, signal);
      if (missing.length === 0) imported.push(model.id);
      else if (missing.length < model.files.length || missing.some(({ fault }) => fault !== null))
        partly.push(`${model.id} lacks ${missing.map(describeMissing).join(", ")}`);
    }
  } finally {
    source.close();
    lock.release();
  }
  if (imported.length + alreadyHere.length > 0) return { imported, alreadyHere };
  const detail = partly.length > 0 ? `: ${partly.join("; ")}` : "";
  throw new UserError("nothing-to-import", `${path} does not contain all pinned files of any encoder${detail}`);
}

function describeMissing({ path, fault }: MissingFile): string {
  return fault === null ? path : `${path} (${fault})`;
}
