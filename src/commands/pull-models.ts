/**
 * `dupfind models pull <id...>`: the one command that uses the network.
 */

import type { PinnedFile } from "../core/encoder.ts";
import { EXIT, type ExitCode, UserError } from "../core/errors.ts";
import { howToGet, type LockedModel } from "../core/model-lock.ts";
import type { Host, PullSettings } from "../core/settings.ts";
import { createDownloads, type Downloads } from "../io/download.ts";
import { lockModels } from "../io/model-folder.ts";
import { fileUrl } from "../io/model-hub.ts";
import { faultOf, ModelStore } from "../io/model-store.ts";
import { inParallel } from "../pipeline/in-parallel.ts";
import { createPullDisplay, type PullDisplay } from "./pull-display.ts";
import { stopCode } from "./stop-code.ts";

const FILES_AT_ONCE = 3;
/** Bytes per second: a modem brings more. */
const SLOWEST = 1000;
/** Bytes per second: a model of 350 MB may take ten hours, not a week. */
const SLOWEST_OVERALL = 10_000;

export async function runModelsPull(ids: readonly string[], settings: PullSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const models = [...new Set(ids)].map((id) => store.find(id));
  const unpublished = models.find(({ source }) => source.kind !== "download" && source.kind !== "embedded");
  if (unpublished !== undefined)
    throw new UserError(`${unpublished.id} is not published anywhere dupfind may fetch it from`, howToGet(unpublished));
  const lock = lockModels(settings.models.folder);
  const files = models.flatMap((model) => model.files.map((file) => ({ model, file })));
  const display = createPullDisplay(
    files.reduce((sum, { file }) => sum + file.bytes, 0),
    settings.quiet,
    host,
  );
  const limits = { patience: settings.patience, slowest: SLOWEST, slowestOverall: SLOWEST_OVERALL };
  const failed = new AbortController();
  try {
    const stop = AbortSignal.any([host.stop, failed.signal]);
    const downloads = createDownloads({ environment: host.environment, limits, stop, ...display });
    try {
      const pull = async ({ model, file }: (typeof files)[number]) => {
        try {
          await pullFile(model, file, store, settings, downloads, display);
        } catch (error) {
          failed.abort(); // the others go on where they were, next time
          throw error;
        }
      };
      for await (const _ of inParallel(files, FILES_AT_ONCE, pull)) if (host.stop.aborted) return stopCode(host.stop);
    } finally {
      await downloads.close();
    }
  } catch (error) {
    if (host.stop.aborted && error instanceof UserError) {
      host.writeError(`dupfind: ${error.message}.\n${error.hint}.\n`);
      return stopCode(host.stop);
    }
    throw error;
  } finally {
    display.close();
    lock.release();
  }
  if (!settings.quiet) for (const { id } of models) host.write(`${id} is ready: dupfind scan <folder> --model ${id}\n`);
  return EXIT.ok;
}

async function pullFile(
  model: LockedModel,
  file: PinnedFile,
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
