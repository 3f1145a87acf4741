/**
 * `dupfind models list | pull | verify | import | remove`: the encoders on this machine.
 */
import { join } from "node:path";
import type { PinnedFile } from "../core/encoder.ts";
import { EXIT, type ExitCode, UserError } from "../core/errors.ts";
import { howToGet, type LockedModel } from "../core/model-lock.ts";
import type { Host, ModelsSettings, PullSettings } from "../core/settings.ts";
import { createDownload, type Download } from "../io/download.ts";
import { importModel, openFileSource } from "../io/import-files.ts";
import { fileUrl } from "../io/model-hub.ts";
import { faultOf, ModelStore } from "../io/model-store.ts";
import { createProgressDisplay } from "../io/progress-bar.ts";
import { lockFile } from "../io/sqlite.ts";
import { inParallel } from "../pipeline/in-parallel.ts";
import { renderModelsJson, renderModelsText } from "../render/models.ts";
import { stopCode } from "./stop-code.ts";

const FILES_AT_ONCE = 3;

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
    say(`${model.id}: every file is the pinned one.`, settings, host);
  }
  return EXIT.ok;
}

export async function runModelsPull(ids: readonly string[], settings: PullSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const models = ids.map((id) => store.find(id));
  const lock = lockFile(join(settings.models.folder, "pull"), "Another dupfind is fetching models", "Wait until it is done");
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  const total = models.flatMap((model) => model.files).reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    progress.onProgress({ step: "pull", done, total });
  };
  try {
    const download = createDownload({ environment: host.environment, stop: host.stop, onBytes });
    const files = models.flatMap((model) => model.files.map((file) => ({ model, file })));
    const pull = ({ model, file }: (typeof files)[number]) => pullFile(model, file, store, settings, download, onBytes);
    for await (const _ of inParallel(files, FILES_AT_ONCE, pull)) if (host.stop.aborted) return stopCode(host.stop);
  } catch (error) {
    if (host.stop.aborted && error instanceof UserError) {
      host.writeError(`dupfind: ${error.message}.\n${error.hint}.\n`);
      return stopCode(host.stop);
    }
    throw error;
  } finally {
    progress.close();
    lock.release();
  }
  for (const model of models) say(`${model.id} is ready: dupfind scan <folder> --model ${model.id}`, settings, host);
  return EXIT.ok;
}

async function pullFile(
  model: LockedModel,
  file: PinnedFile,
  store: ModelStore,
  settings: PullSettings,
  download: Download,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { source } = model;
  if (source.kind === "embedded") return onBytes(file.bytes);
  if (source.kind !== "download") throw new UserError(`${model.id} is not published anywhere dupfind may fetch it from`, howToGet(model));
  const path = join(store.folderOf(model), file.path);
  if ((await faultOf(path, file)) === null) return onBytes(file.bytes);
  await download(fileUrl(settings.endpoint, source, file), file, path);
}

/** Takes every model of which the folder or archive has all files. */
export async function runModelsImport(path: string, settings: ModelsSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const source = openFileSource(path);
  const imported: string[] = [];
  const partly: string[] = [];
  for (const model of store.models) {
    if (host.stop.aborted) return stopCode(host.stop);
    if (["embedded", "adapted"].includes(model.source.kind) || store.isInstalled(model)) continue;
    const missing = await importModel(model, source, store.folderOf(model));
    if (missing.length === 0) imported.push(model.id);
    else if (missing.length < model.files.length) partly.push(`${model.id} lacks ${missing.map((file) => file.path).join(", ")}`);
  }
  if (imported.length === 0) {
    const detail = partly.length > 0 ? `: ${partly.join("; ")}` : ", or they are installed already";
    throw new UserError(
      `${path} has no model with all the files the lock pins${detail}`,
      "dupfind models list names the models; their files must be the pinned ones byte for byte",
    );
  }
  for (const id of imported) say(`${id} is ready: dupfind scan <folder> --model ${id}`, settings, host);
  return EXIT.ok;
}

export async function runModelsRemove(id: string, settings: ModelsSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  await store.remove(store.find(id));
  say(`${id} is removed; the vectors it made stay in the library.`, settings, host);
  return EXIT.ok;
}

function say(line: string, { quiet }: ModelsSettings, host: Host): void {
  if (!quiet) host.write(`${line}\n`);
}
