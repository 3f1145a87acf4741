/**
 * A linear map on top of an encoder, learned from labels and kept as an encoder of its own where it is better than none.
 */
import { setImmediate } from "node:timers/promises";
import type { AdaptationAnswer } from "../../core/adaptation/adaptation.ts";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import { UserError } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import { type Adaptation, adaptEncoder } from "../../pipeline/adaptation/adapt-encoder.ts";
import { type LabelSource, readLabelledPairs, scorePorts } from "../calibration/labelled-pairs.ts";
import { ownModel } from "../choose-encoder.ts";
import { type Locations, withLibraryUnlessDry } from "../open-library.ts";
import { type Effort, withWorkbench } from "../workbench.ts";
import { saveAdapted } from "./save-adapted.ts";

export interface AdaptationRequest extends Locations, Effort {
  readonly labels: LabelSource;
  /** That is adapted; null for the library's own. */
  readonly model: string | null;
  /** Of the adapted encoder; null for one made of the plain one's. */
  readonly name: string | null;
  /** To compare the recall at, in (0, 1). */
  readonly precision: number;
  /** Keeps nothing. */
  readonly dryRun: boolean;
}

/**
 * @returns null when it was stopped
 * @throws {UserError} when the labels are too few, or the name is taken
 */
export function adaptToLabels(request: AdaptationRequest, run: Run): Promise<AdaptationAnswer | null> {
  const store = new ModelStore(request.models);
  return withLibraryUnlessDry(request, run, async (library) => {
    const base = await store.open(request.model ?? (await ownModel(library)));
    requirePlain(store, base);
    const id = request.dryRun ? null : store.requireFree(request.name ?? `${base.spec.id}-adapted`);
    const adaptation = await adapt(request, base, library, run);
    if (adaptation === null) return null;
    const { findings, map } = adaptation;
    const better = map === null || id === null ? null : { id, base, ...adaptation, map };
    const saved = better === null ? null : await saveAdapted(better, store, request.precision, library, run);
    return { encoder: nameEncoder(base), findings, saved, dryRun: request.dryRun };
  });
}

/** @throws {UserError} for an encoder that is adapted itself */
function requirePlain(store: ModelStore, { spec }: InstalledEncoder): void {
  const { source } = store.find(spec.id);
  if (source.kind === "adapted")
    throw new UserError({ code: "encoder-already-adapted", base: source.base }, `${spec.id} is already adapted`);
}

function adapt(request: AdaptationRequest, base: InstalledEncoder, library: Library, run: Run): Promise<Adaptation | null> {
  const labels = readLabelledPairs(request.labels);
  return withWorkbench(base, request, (bench) => {
    const ports = { ...scorePorts(bench, library.calibrationOf(base), run), pause: () => setImmediate() };
    return adaptEncoder(labels, request.labels.named, request.precision, ports);
  });
}
