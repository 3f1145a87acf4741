/**
 * Every encoder on this machine, asked about the same pairs. Keeps nothing.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { type EncoderComparison, rankEncoders, scorePairs } from "../../core/calibration/encoder-comparison.ts";
import { inputSize } from "../../core/encoders/encoder.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import type { Encoder } from "../../core/encoders/ports.ts";
import { handOver } from "../../core/photos/photo.ts";
import type { Run } from "../../core/run.ts";
import { seededRandom } from "../../core/statistics/seeded-random.ts";
import type { SampledPhoto } from "../../core/synthetic/edited-photo.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { EDITABLE, editPicture } from "../../io/photos/edit-photo.ts";
import { createPairSearch } from "../../io/vectors/pair-search.ts";
import { compareOnEdits, type EmbeddedSample, embedSample } from "../../pipeline/calibration/compare-encoders.ts";
import { scoreLabelledPairs } from "../../pipeline/calibration/score-labels.ts";
import { drawSample, requireEnough } from "../../pipeline/synthetic/draw-sample.ts";
import { SYNTHETIC_SEED } from "../../pipeline/synthetic/score-edits.ts";
import { ownModel } from "../choose-encoder.ts";
import { type Locations, withLibrary } from "../open-library.ts";
import { type Effort, type Workbench, withDecoder, withWorkbench } from "../workbench.ts";
import type { PairSource } from "./calibrate.ts";
import { type LabelSource, readLabelledPairs, scorePorts } from "./labelled-pairs.ts";

export interface ComparisonRequest extends Locations, Effort {
  readonly source: PairSource;
  /** In (0, 1). */
  readonly precision: number;
}

/** What the steps of a comparison have in common. */
interface Comparison {
  readonly store: ModelStore;
  /** On this machine. */
  readonly present: readonly LockedModel[];
  readonly request: ComparisonRequest;
  readonly run: Run;
}

/** @returns null when it was stopped */
export function compareModels(request: ComparisonRequest, run: Run): Promise<EncoderComparison | null> {
  const store = new ModelStore(request.models);
  const comparison = { store, present: store.models.filter((model) => store.isInstalled(model)), request, run };
  const { source } = request;
  return source.kind === "labels" ? compareOnLabels(source, comparison) : compareOnPhotos(source.photos, comparison);
}

/** Vectors that a library keeps would make an encoder look fast: each photo is embedded anew. */
const NOTHING_KNOWN: Pick<CalibrationStore, "contentsOf" | "photos"> = {
  contentsOf: async () => new Map(),
  photos: async () => new Map(),
};

async function compareOnLabels(source: LabelSource, comparison: Comparison): Promise<EncoderComparison | null> {
  const { request, run } = comparison;
  const labels = readLabelledPairs(source);
  const photos = new Set(labels.flatMap(({ a, b }) => [a, b])).size;
  const scored = await withEachEncoder(comparison, async (bench) => {
    const begun = performance.now();
    const pairs = await scoreLabelledPairs(labels, source.named, scorePorts(bench, NOTHING_KNOWN, run));
    return pairs === null ? null : { ...pairs, photosPerSecond: photos / ((performance.now() - begun) / 1000) };
  });
  const pairs = scored?.[0]?.pairs;
  if (scored === null || pairs === undefined) return null;
  const same = pairs.filter((pair) => pair.same).length;
  const scores = scored.map((one) => ({ ...scorePairs(one.pairs, request.precision), edits: [], photosPerSecond: one.photosPerSecond }));
  return summarize(comparison, scores, { pairs: { same, different: pairs.length - same, photos }, suspects: 0, skipped: 0 });
}

async function compareOnPhotos(count: number, comparison: Comparison): Promise<EncoderComparison | null> {
  const { request, run } = comparison;
  const sample = await drawPhotos(count, comparison);
  const samples = await withDecoder(EDITABLE, request, (opener) =>
    withEachEncoder(comparison, ({ parallel, ...bench }, model): Promise<EmbeddedSample | null> => {
      const { onProgress, signal: stop } = run;
      const ports = { ...bench, open: opener.decode, editPicture, now: () => performance.now(), onProgress, parallel, stop };
      return embedSample(sample, model.threshold.value, ports);
    }),
  );
  if (samples === null) return null;
  const fewest = Math.min(...samples.map(({ edited }) => edited.length));
  requireEnough(fewest, `Only ${fewest} of ${sample.length} photos can still be read`);
  const { scores, ...found } = await compareOnEdits(samples, createPairSearch(request.threads), request.precision);
  const timed = scores.map((score, at) => ({ ...score, photosPerSecond: samples[at]?.photosPerSecond ?? 0 }));
  return summarize(comparison, timed, { ...found, skipped: sample.length - found.pairs.photos });
}

/** Of what the library has embedded with its own encoder; what that makes of them is not used. */
function drawPhotos(count: number, { store, request }: Comparison): Promise<readonly SampledPhoto[]> {
  return withLibrary(request.library, async (library) => {
    const model = await ownModel(library);
    const source = { store: library.calibrationOf(store.choose(model)) };
    return drawSample(source, count, model, seededRandom(SYNTHETIC_SEED));
  });
}

/** One after the other, so that each has the machine to itself. */
async function withEachEncoder<Result>(
  { store, present, request }: Comparison,
  work: (bench: Workbench, model: LockedModel) => Promise<Result | null>,
): Promise<readonly Result[] | null> {
  const results: Result[] = [];
  for (const model of present) {
    const installed = await store.open(model.id);
    const result = await withWorkbench(installed, request, async (bench) => {
      await warmUp(bench.encoder, inputSize(installed.spec.image.resize), request.threads);
      return work(bench, model);
    });
    if (result === null) return null;
    results.push(result);
  }
  return results;
}

/** Opens the model on every thread, which is no part of an encoder's pace. */
async function warmUp(encoder: Encoder, edge: number, threads: number): Promise<void> {
  const stripes = () => handOver({ data: Uint8Array.from({ length: edge * edge * 3 }, (_, i) => i & 255), width: edge, height: edge });
  await Promise.all(Array.from({ length: threads }, () => encoder.encode(stripes())));
}

type Scored = Omit<EncoderComparison["encoders"][number], "id" | "version" | "bytes" | "dimensions">;

function summarize(
  { store, present, request }: Comparison,
  scores: readonly Scored[],
  found: Pick<EncoderComparison, "pairs" | "suspects" | "skipped">,
): EncoderComparison {
  const encoders = present.flatMap(({ id, version, files, image }, at) => {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const score = scores[at];
    return score === undefined ? [] : [{ id, version, bytes, dimensions: image.dimensions, ...score }];
  });
  return {
    source: request.source.kind,
    precision: request.precision,
    ...found,
    threads: request.threads,
    encoders: rankEncoders(encoders),
    // Retired ones are not available.
    absent: store.models.filter((model) => !present.includes(model) && model.source.kind !== "retired").map(({ id }) => id),
  };
}
