/**
 * The threshold for a precision, from pairs that a person labelled, from edits of the library's photos, or from both.
 */
import type { Calibration } from "../../core/calibration/calibration.ts";
import { joinPairSets } from "../../core/calibration/joined-pairs.ts";
import type { Library } from "../../core/library-port.ts";
import type { AreDifferent, PhotoLooks } from "../../core/pairs/seen-different.ts";
import type { Run } from "../../core/run.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import { calibrateThreshold } from "../../pipeline/calibration/calibrate-threshold.ts";
import { scoreLabelledPairs } from "../../pipeline/calibration/score-labels.ts";
import { ownModel } from "../choose-encoder.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { type Locations, withLibraryUnlessDry } from "../open-library.ts";
import { type Effort, withWorkbench } from "../workbench.ts";
import { type LabelSource, readLabelledPairs, scorePorts } from "./labelled-pairs.ts";
import { keptVerdicts, withPhotoLooks } from "./seen-different.ts";
import { scoreSyntheticPairs } from "./synthetic-pairs.ts";

/** Where pairs with known answers come from. */
export type PairSource =
  | ({ readonly kind: "labels" } & LabelSource)
  /** Photos of the library to edit, at most. */
  | { readonly kind: "synthetic"; readonly photos: number };

/** Labels count on top of edits, and overrule what is taken for different there. */
export type CalibrationPairs = PairSource | ({ readonly kind: "labels-and-synthetic"; readonly photos: number } & LabelSource);

export interface CalibrationRequest extends Locations, Effort {
  readonly source: CalibrationPairs;
  /** Null for the library's own. */
  readonly model: string | null;
  /** In (0, 1). */
  readonly precision: number;
  /** Keeps nothing. */
  readonly dryRun: boolean;
  /** Replaces a calibration that rests on more labels, too. */
  readonly force: boolean;
  /** Whether reports look at pairs: then what they see to be different is no pair that a threshold decides. */
  readonly looking: boolean;
}

/**
 * @returns null when it was stopped: then nothing was kept
 * @throws {UserError} when pairs cannot be read, are too few, or have one answer alone
 */
export function calibrateLibrary(request: CalibrationRequest, run: Run): Promise<Calibration | null> {
  const { models, model, source, precision, dryRun, force } = request;
  const store = new ModelStore(models);
  return withLibraryUnlessDry(request, run, async (library) => {
    const encoder = await store.open(model ?? (await ownModel(library)));
    await noteUnfinished(library, encoder, [], run);
    return calibrateThreshold(
      {
        store: library.calibrationOf(encoder),
        scorePairs: () => scorePairsOf(request, encoder, library, run),
        areDifferent: await verdictsFor(request, library),
      },
      { encoder, source: source.kind, precision, createdAt: new Date().toISOString(), save: !dryRun, force },
    );
  });
}

async function scorePairsOf(
  request: CalibrationRequest,
  encoder: InstalledEncoder,
  library: Library,
  run: Run,
): Promise<ScoredPairSet | null> {
  const { source } = request;
  const areDifferent = await verdictsFor(request, library);
  const scoreEdits = (photos: number) => scoreSyntheticPairs(photos, { encoder, library, areDifferent }, request, run);
  if (source.kind === "synthetic") return scoreEdits(source.photos);
  const labels = readLabelledPairs(source);
  const store = library.calibrationOf(encoder);
  const score = (looks: PhotoLooks | null) =>
    withWorkbench(encoder, request, (bench) => scoreLabelledPairs(labels, source.named, scorePorts(bench, store, run), looks));
  const looking = { encoder: encoder.spec, looks: library.looks(), contents: store, threads: request.threads };
  const labelled = await (request.looking ? withPhotoLooks(looking, score) : score(null));
  if (source.kind === "labels" || labelled === null) return labelled;
  const synthetic = await scoreEdits(source.photos);
  return synthetic === null ? null : joinPairSets(labelled, synthetic);
}

async function verdictsFor({ looking }: CalibrationRequest, library: Library): Promise<AreDifferent> {
  return looking ? keptVerdicts(library.looks()) : () => false;
}
