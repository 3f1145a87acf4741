/**
 * `dupfind models list | verify | import | remove`: the encoders on this machine. `pull` is in `pull-models.ts`.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { importModels } from "../../engine/encoders/import-models.ts";
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
  try {
    const found = await importModels(path, settings.models, { signal: host.stop });
    if (settings.json) host.write(renderImportJson(found));
    else {
      for (const id of found.imported) say(`${id} is ready: dupfind scan <folder> --model ${id}`, settings, host);
      for (const id of found.alreadyHere) say(`${id} was installed before; nothing was copied.`, settings, host);
    }
    return EXIT.ok;
  } catch (error) {
    if (host.stop.aborted && error === host.stop.reason) return stopCode(host.stop);
    throw error;
  }
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
