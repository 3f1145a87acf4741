/**
 * `dupfind models list | verify | import | remove`: the encoders on this machine. `pull` is in `pull-models.ts`.
 */
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { importModel, type MissingFile, openFileSource } from "../../io/encoders/import-files.ts";
import { lockModels } from "../../io/encoders/model-folder.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import {
  renderImportJson,
  renderModelsJson,
  renderModelsText,
  renderRemovalJson,
  renderVerificationJson,
} from "../../render/encoders/models.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import type { ModelsSettings } from "./settings.ts";

export async function runModelsList(settings: ModelsSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const listed = store.models.map((model) => ({ model, installed: store.isInstalled(model) }));
  host.write(settings.json ? renderModelsJson(listed) : renderModelsText(listed));
  return EXIT.ok;
}

/** Checks the named models, or all installed ones, byte for byte. */
export async function runModelsVerify(ids: readonly string[], settings: ModelsSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const chosen = ids.length > 0 ? ids.map((id) => store.find(id)) : store.models.filter((model) => store.isInstalled(model));
  for (const model of chosen) {
    if (host.stop.aborted) return stopCode(host.stop);
    await store.verify(model);
    if (!settings.json) say(`${model.id}: every file matches its pin.`, settings, host);
  }
  if (settings.json) host.write(renderVerificationJson(chosen.map(({ id }) => id)));
  return EXIT.ok;
}

/** Takes every model of which the folder or archive has all files. */
export async function runModelsImport(path: string, settings: ModelsSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const wanted = store.models.filter((model) => !["embedded", "adapted"].includes(model.source.kind) && !store.isInstalled(model));
  const source = await openFileSource(path, wanted);
  const imported: string[] = [];
  const partly: string[] = [];
  const lock = lockModels(settings.models.folder);
  try {
    for (const model of wanted) {
      const missing = await importModel(model, source, store, host.stop);
      if (missing.length === 0) imported.push(model.id);
      else if (missing.length < model.files.length || missing.some(({ fault }) => fault !== null))
        partly.push(`${model.id} lacks ${missing.map(describeMissing).join(", ")}`);
    }
  } catch (error) {
    if (host.stop.aborted && error === host.stop.reason) return stopCode(host.stop);
    throw error;
  } finally {
    source.close();
    lock.release();
  }
  if (imported.length === 0) {
    const detail = partly.length > 0 ? `: ${partly.join("; ")}` : ", or they are already installed";
    throw new UserError(
      `${path} has no encoder with all the files that the lock pins${detail}`,
      "dupfind models list shows the encoders; their files must match the lock byte for byte",
    );
  }
  if (settings.json) host.write(renderImportJson(imported));
  else for (const id of imported) say(`${id} is ready: dupfind scan <folder> --model ${id}`, settings, host);
  return EXIT.ok;
}

function describeMissing({ path, fault }: MissingFile): string {
  return fault === null ? path : `${path} (${fault})`;
}

export async function runModelsRemove(id: string, settings: ModelsSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  await store.remove(store.find(id));
  if (settings.json) host.write(renderRemovalJson(id));
  else say(`${id} is removed; its vectors stay in the library.`, settings, host);
  return EXIT.ok;
}

function say(line: string, { quiet }: ModelsSettings, host: Host): void {
  if (!quiet) host.write(`${line}\n`);
}
