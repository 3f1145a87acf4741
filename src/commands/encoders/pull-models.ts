/**
 * `dupfind models pull <id...>`: the one command that uses the network.
 */
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import { howToGet, type LockedModel } from "../../core/encoders/model-lock.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { createDownloads, type Downloads } from "../../io/encoders/download.ts";
import { lockModels } from "../../io/encoders/model-folder.ts";
import { fileUrl } from "../../io/encoders/model-hub.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { faultOf } from "../../io/encoders/pinned-file.ts";
import { inParallel } from "../../pipeline/in-parallel.ts";
import { renderPullJson } from "../../render/encoders/models.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { createPullDisplay, type PullDisplay } from "./pull-display.ts";
import type { PullSettings } from "./settings.ts";

const FILES_AT_ONCE = 3;
/** Bytes per second: a modem brings more. */
const SLOWEST = 1000;
/** Bytes per second: a model of 350 MB may take ten hours, not a week. */
const SLOWEST_OVERALL = 10_000;

export async function runModelsPull(ids: readonly string[], settings: PullSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const models = [...new Set(ids)].map((id) => store.find(id));
  const unpublished = models.find(({ source }) => source.kind !== "download" && source.kind !== "embedded");
  if (unpublished !== undefined) throw new UserError(`${unpublished.id} cannot be downloaded`, howToGet(unpublished));
  const lock = lockModels(settings.models.folder);
  const files = models.flatMap((model) => model.files.map((file) => ({ model, file })));
  const total = files.reduce((sum, { file }) => sum + file.bytes, 0);
  const display = createPullDisplay(total, settings.quiet, host);
  try {
    await pullFiles(files, store, settings, display, host);
  } catch (error) {
    if (!host.stop.aborted || !(error instanceof UserError)) throw error;
    host.writeError(`dupfind: ${error.message}.\n${error.hint}.\n`);
  } finally {
    display.close();
    lock.release();
  }
  if (host.stop.aborted) return stopCode(host.stop);
  if (settings.json) host.write(renderPullJson(models.map(({ id }) => id)));
  else if (!settings.quiet) for (const { id } of models) host.write(`${id} is ready: dupfind scan <folder> --model ${id}\n`);
  return EXIT.ok;
}

interface WantedFile {
  readonly model: LockedModel;
  readonly file: PinnedFile;
}

/** Some at once; when one cannot be had, the others are let go, and go on where they were next time. */
async function pullFiles(
  files: readonly WantedFile[],
  store: ModelStore,
  settings: PullSettings,
  display: PullDisplay,
  host: Host,
): Promise<void> {
  const failed = new AbortController();
  const downloads = createDownloads({
    environment: host.environment,
    limits: { patience: settings.patience, slowest: SLOWEST, slowestOverall: SLOWEST_OVERALL },
    stop: AbortSignal.any([host.stop, failed.signal]),
    ...display,
  });
  const pull = (wanted: WantedFile) =>
    pullFile(wanted, store, settings, downloads, display).catch((error: unknown) => {
      failed.abort();
      throw error;
    });
  try {
    for await (const _ of inParallel(files, FILES_AT_ONCE, pull)) if (host.stop.aborted) return;
  } finally {
    await downloads.close();
  }
}

async function pullFile(
  { model, file }: WantedFile,
  store: ModelStore,
  settings: PullSettings,
  downloads: Downloads,
  { onKept }: PullDisplay,
): Promise<void> {
  if (model.source.kind !== "download") return onKept(file.bytes); // part of the package
  const path = store.placeFor(model, file);
  if ((await faultOf(path, file)) === null) return onKept(file.bytes);
  await downloads.fetch(fileUrl(settings.endpoint, model.source, file), file, path);
}
