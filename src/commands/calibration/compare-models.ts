/**
 * `dupfind models compare --pairs labeled.csv | --synthetic [n]`: every encoder on this machine, asked about the same pairs.
 * Keeps nothing.
 */
import { dirname, resolve } from "node:path";
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { type EncoderComparison, rankEncoders, scorePairs } from "../../core/calibration/encoder-comparison.ts";
import { inputSize } from "../../core/encoders/encoder.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { readLabels } from "../../core/labels/label-rows.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";
import type { SampledPhoto } from "../../core/synthetic/edited-photo.ts";
import { photoPath } from "../../core/units.ts";
import { readCsv } from "../../io/csv.ts";
import { createEncoderPool, type EncoderPool } from "../../io/encoders/encoder-pool.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { createDecoder, type Decoder } from "../../io/photos/decode.ts";
import { EDITABLE, editPicture } from "../../io/photos/edit-photo.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { createPairSearch } from "../../io/vectors/pair-search.ts";
import { compareOnEdits, type EmbeddedSample, embedSample } from "../../pipeline/calibration/compare-encoders.ts";
import { scoreLabelledPairs } from "../../pipeline/calibration/score-labels.ts";
import { drawSample, requireEnough } from "../../pipeline/synthetic/draw-sample.ts";
import { SYNTHETIC_SEED } from "../../pipeline/synthetic/score-edits.ts";
import { renderComparisonJson, renderComparisonText } from "../../render/calibration/encoder-comparison.ts";
import { ownModel } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { withLibrary } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import type { CompareModelsSettings } from "./settings.ts";

export async function runModelsCompare(settings: CompareModelsSettings, host: Host): Promise<ExitCode> {
  const { source } = settings;
  const store = new ModelStore(settings.models);
  const bench = { store, present: store.models.filter((model) => store.isInstalled(model)), settings, host };
  const comparison = source.kind === "labels" ? await compareOnLabels(source.file, bench) : await compareOnPhotos(source.photos, bench);
  if (comparison === null) return stopCode(host.stop);
  host.write(settings.json ? renderComparisonJson(comparison) : renderComparisonText(comparison));
  return EXIT.ok;
}

/** Vectors that a library keeps would make an encoder look fast: each photo is embedded anew. */
const NOTHING_KNOWN: Pick<CalibrationStore, "findContent" | "photo"> = {
  findContent: () => null,
  photo: (content) => {
    throw new RangeError(`Expected no content to be known, got ${content}`);
  },
};

interface Bench {
  readonly store: ModelStore;
  readonly present: readonly LockedModel[];
  readonly settings: CompareModelsSettings;
  readonly host: Host;
}

async function compareOnLabels(named: string, bench: Bench): Promise<EncoderComparison | null> {
  const file = resolve(bench.host.workingFolder, named);
  const labels = readLabels(readCsv(file), named, (path) => photoPath(resolve(dirname(file), path)));
  const photos = new Set(labels.flatMap(({ a, b }) => [a, b])).size;
  const scored = await withEachEncoder(bench, async ({ decoder, encoder, shared }) => {
    const begun = performance.now();
    const pairs = await scoreLabelledPairs(labels, named, {
      ...shared,
      store: NOTHING_KNOWN,
      identify: identifyPath,
      decode: decoder.decode,
      encoder,
    });
    return pairs === null ? null : { ...pairs, photosPerSecond: photos / ((performance.now() - begun) / 1000) };
  });
  const pairs = scored?.[0]?.pairs;
  if (scored === null || pairs === undefined) return null;
  const same = pairs.filter((pair) => pair.same).length;
  const scores = scored.map((one) => ({
    ...scorePairs(one.pairs, bench.settings.precision),
    edits: [],
    photosPerSecond: one.photosPerSecond,
  }));
  return comparison(bench, scores, { pairs: { same, different: pairs.length - same, photos }, suspects: 0, skipped: 0 });
}

async function compareOnPhotos(count: number, bench: Bench): Promise<EncoderComparison | null> {
  const { settings } = bench;
  const sample = await drawPhotos(count, bench);
  const opener = createDecoder({ resize: EDITABLE, maxMegapixels: settings.maxMegapixels, threads: settings.threads });
  const samples = await withEachEncoder(bench, ({ model, decoder, encoder, shared }): Promise<EmbeddedSample | null> => {
    const { decode, decodeBytes } = decoder;
    const ports = { ...shared, open: opener.decode, editPicture, decode, decodeBytes, encoder, now: () => performance.now() };
    return embedSample(sample, model.threshold.value, ports);
  }).finally(() => opener.close());
  if (samples === null) return null;
  const fewest = Math.min(...samples.map(({ edited }) => edited.length));
  requireEnough(fewest, `Only ${fewest} of ${sample.length} photos can still be read`);
  const { scores, ...found } = await compareOnEdits(samples, createPairSearch(settings.threads), settings.precision);
  const timed = scores.map((score, at) => ({ ...score, photosPerSecond: samples[at]?.photosPerSecond ?? 0 }));
  return comparison(bench, timed, { ...found, skipped: sample.length - found.pairs.photos });
}

/** Of what the library has embedded with its own encoder; what that makes of them is not used. */
function drawPhotos(count: number, { store, settings }: Bench): Promise<readonly SampledPhoto[]> {
  return withLibrary(settings.library, async (library) => {
    const model = ownModel(library);
    const source = { store: library.calibrationOf(store.choose(model)), fileOf: library.samples().fileOf };
    return drawSample(source, count, model, seededRandom(SYNTHETIC_SEED));
  });
}

interface Tools {
  readonly model: LockedModel;
  readonly decoder: Decoder;
  readonly encoder: EncoderPool;
  readonly shared: Pick<Parameters<typeof scoreLabelledPairs>[2], "onProgress" | "parallel" | "stop">;
}

/** One after the other, so that each has the machine to itself. */
async function withEachEncoder<Result>(
  { store, present, settings, host }: Bench,
  work: (tools: Tools) => Promise<Result | null>,
): Promise<readonly Result[] | null> {
  const { threads, maxMegapixels } = settings;
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  const results: Result[] = [];
  try {
    for (const model of present) {
      const installed = await store.open(model.id);
      const { resize } = installed.spec.image;
      const decoder = createDecoder({ resize, maxMegapixels, threads });
      const encoder = createEncoderPool(installed, threads);
      try {
        await warmUp(encoder, inputSize(resize), threads);
        const shared = { onProgress: progress.onProgress, parallel: threads * 4, stop: host.stop };
        const result = await work({ model, decoder, encoder, shared });
        if (result === null) return null;
        results.push(result);
      } finally {
        await Promise.all([decoder.close(), encoder.close()]);
      }
    }
    return results;
  } finally {
    progress.close();
  }
}

/** Opens the model on every thread, which is no part of an encoder's pace. */
async function warmUp(encoder: EncoderPool, edge: number, threads: number): Promise<void> {
  const stripes = () => ({ data: Uint8Array.from({ length: edge * edge * 3 }, (_, i) => i & 255), width: edge, height: edge });
  await Promise.all(Array.from({ length: threads }, () => encoder.encode(stripes())));
}

type Scored = Omit<EncoderComparison["encoders"][number], "id" | "version" | "bytes" | "dimensions">;

function comparison(
  { store, present, settings }: Bench,
  scores: readonly Scored[],
  found: Pick<EncoderComparison, "pairs" | "suspects" | "skipped">,
): EncoderComparison {
  const encoders = present.flatMap(({ id, version, files, image }, at) => {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const score = scores[at];
    return score === undefined ? [] : [{ id, version, bytes, dimensions: image.dimensions, ...score }];
  });
  return {
    source: settings.source.kind,
    precision: settings.precision,
    ...found,
    threads: settings.threads,
    encoders: rankEncoders(encoders),
    // Retired ones are not available.
    absent: store.models.filter((model) => !present.includes(model) && model.source.kind !== "retired").map(({ id }) => id),
  };
}
