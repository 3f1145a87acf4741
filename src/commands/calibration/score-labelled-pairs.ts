/**
 * Opens what it takes to read labelled pairs and score them with one encoder.
 */
import { dirname, resolve } from "node:path";
import { readLabels } from "../../core/labels/label-rows.ts";
import type { LabelledPair } from "../../core/pairs/labelled-pair.ts";
import { photoPath } from "../../core/units.ts";
import { readCsv } from "../../io/csv.ts";
import { createEncoderPool } from "../../io/encoders/encoder-pool.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { createDecoder } from "../../io/photos/decode.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import type { ScorePorts } from "../../pipeline/calibration/score-labels.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

interface ReadingSettings extends Pick<CommonSettings, "quiet"> {
  readonly maxMegapixels: number;
  readonly threads: number;
}

/**
 * Photos the library does not know are embedded on the spot and not added to it.
 * @param named file as the user named it
 * @param work what is done with the labels of that file
 */
export async function withLabelledPairs<Result>(
  named: string,
  { quiet, maxMegapixels, threads }: ReadingSettings,
  encoder: InstalledEncoder,
  store: ScorePorts["store"],
  host: Host,
  work: (labels: readonly LabelledPair[], named: string, ports: ScorePorts) => Promise<Result>,
): Promise<Result> {
  const file = resolve(host.workingFolder, named);
  const labels = readLabels(readCsv(file), named, (path) => photoPath(resolve(dirname(file), path)));
  const decoder = createDecoder({ resize: encoder.spec.image.resize, maxMegapixels, threads });
  const pool = createEncoderPool(encoder, threads);
  const progress = createProgressDisplay(host.isTerminal && !quiet, host.stop);
  const ports = {
    store,
    identify: identifyPath,
    decode: decoder.decode,
    encoder: pool,
    onProgress: progress.onProgress,
    parallel: threads * 4,
    stop: host.stop,
  };
  try {
    return await work(labels, named, ports);
  } finally {
    progress.close();
    await Promise.all([decoder.close(), pool.close()]);
  }
}
