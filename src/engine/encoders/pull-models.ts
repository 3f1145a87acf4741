/**
 * Fetches models from where they are published: the one piece of work that uses the network.
 */
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import type { ModelSettings } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import type { Run } from "../../core/run.ts";
import { createDownloads, type DownloadOptions, type Downloads } from "../../io/encoders/download.ts";
import { lockModels } from "../../io/encoders/model-folder.ts";
import { fileUrl } from "../../io/encoders/model-hub.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { faultOf } from "../../io/encoders/pinned-file.ts";
import { inParallel } from "../../pipeline/in-parallel.ts";

const FILES_AT_ONCE = 3;
/** Bytes per second: a modem brings more. */
const SLOWEST = 1000;
/** Bytes per second: a model of 350 MB may take ten hours, not a week. */
const SLOWEST_OVERALL = 10_000;

export interface PullPlan {
  readonly settings: ModelSettings;
  readonly models: readonly LockedModel[];
  /** Of all their files, those that lie here already among them. */
  readonly bytes: number;
}

/** @throws {UserError} for a name that no encoder has, and for one that is published nowhere */
export function planPull(ids: readonly string[], settings: ModelSettings): PullPlan {
  const store = new ModelStore(settings);
  const models = [...new Set(ids)].map((id) => store.find(id));
  const unpublished = models.find(({ source }) => source.kind !== "download" && source.kind !== "embedded");
  if (unpublished !== undefined)
    throw new UserError({ code: "encoder-not-published", model: unpublished }, `${unpublished.id} cannot be downloaded`);
  const bytes = models.flatMap(({ files }) => files).reduce((sum, file) => sum + file.bytes, 0);
  return { settings, models, bytes };
}

export interface PullRequest extends Pick<DownloadOptions, "environment"> {
  /** Mirror to fetch from; null for where the models are published. */
  readonly endpoint: string | null;
  /** Seconds without progress after which a connection is given up. */
  readonly patience: number;
}

export type PullListener = Pick<DownloadOptions, "onBytes" | "onKept" | "onRetry">;

interface WantedFile {
  readonly model: LockedModel;
  readonly file: PinnedFile;
}

/** Some at once; when one cannot be had, the others are let go, and go on where they were next time. Returns early when it is stopped. */
export async function pullModels(
  { settings, models }: PullPlan,
  { endpoint, patience, environment }: PullRequest,
  listener: PullListener,
  { signal }: Pick<Run, "signal">,
): Promise<void> {
  const store = new ModelStore(settings);
  const lock = lockModels(settings.folder);
  const failed = new AbortController();
  const downloads = createDownloads({
    environment,
    limits: { patience, slowest: SLOWEST, slowestOverall: SLOWEST_OVERALL },
    stop: AbortSignal.any([signal, failed.signal]),
    ...listener,
  });
  const pull = (wanted: WantedFile) =>
    pullFile(wanted, store, endpoint, downloads, listener).catch((error: unknown) => {
      failed.abort();
      throw error;
    });
  const files = models.flatMap((model) => model.files.map((file) => ({ model, file })));
  try {
    for await (const _ of inParallel(files, FILES_AT_ONCE, pull)) if (signal.aborted) return;
  } finally {
    await downloads.close();
    lock.release();
  }
}

async function pullFile(
  { model, file }: WantedFile,
  store: ModelStore,
  endpoint: string | null,
  downloads: Downloads,
  { onKept }: PullListener,
): Promise<void> {
  if (model.source.kind !== "download") return onKept(file.bytes); // part of the package
  const path = store.placeFor(model, file);
  if ((await faultOf(path, file)) === null) return onKept(file.bytes);
  await downloads.fetch(fileUrl(endpoint, model.source, file), file, path);
}
