/**
 * The threshold for a precision, from pairs that a person labelled, from edits of the library's photos, or from both.
 */
import type { DecidedCalibration, DecisionsRead } from "../../core/calibration/calibration.ts";
import type { CalibrationSource } from "../../core/calibration/calibration-source.ts";
import { joinPairSets } from "../../core/calibration/joined-pairs.ts";
import { standingDecisions } from "../../core/decisions/decisions.ts";
import { UserError } from "../../core/errors.ts";
import { requireBothAnswers } from "../../core/labels/label-rows.ts";
import type { Library } from "../../core/library-port.ts";
import type { LooksSeen } from "../../core/look/looks-seen.ts";
import type { AreDifferent, PhotoLooks } from "../../core/pairs/seen-different.ts";
import type { Run } from "../../core/run.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import { DecisionsFile } from "../../io/decisions/decisions-file.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import { calibrateThreshold } from "../../pipeline/calibration/calibrate-threshold.ts";
import { type DecidedLabels, findDecided, joinDecided, type LabelEvidence, NO_LABELS } from "../../pipeline/calibration/score-decisions.ts";
import { gatherEvidence, scoreAsReported } from "../../pipeline/calibration/score-labels.ts";
import { ownModel } from "../choose-encoder.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { keptLooks, verdictsIn } from "../look/kept-looks.ts";
import { type Locations, withLibraryUnlessDry } from "../open-library.ts";
import { type Effort, withWorkbench } from "../workbench.ts";
import { type LabelSource, readLabelledPairs, scorePorts } from "./labelled-pairs.ts";
import { withPhotoLooks } from "./seen-different.ts";
import { scoreSyntheticPairs } from "./synthetic-pairs.ts";

/** Where pairs with known answers come from. */
export type PairSource =
  | ({ readonly kind: "labels" } & LabelSource)
  /** Photos of the library to edit, at most. */
  | { readonly kind: "synthetic"; readonly photos: number };

/** Labels count on top of edits, and overrule what is taken for different there. What was decided in reviews counts as labels everywhere. */
export type CalibrationPairs =
  | PairSource
  /** What was decided in reviews, alone. */
  | { readonly kind: "decisions" }
  | ({ readonly kind: "labels-and-synthetic"; readonly photos: number } & LabelSource);

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
export function calibrateLibrary(request: CalibrationRequest, run: Run): Promise<DecidedCalibration | null> {
  const { models, model, source, precision, dryRun, force } = request;
  const store = new ModelStore(models);
  return withLibraryUnlessDry(request, run, async (library) => {
    const encoder = await store.open(model ?? (await ownModel(library)));
    await noteUnfinished(library, encoder, [], run);
    const { decisions } = await new DecisionsFile(request.library.ownFiles).read();
    const standing = standingDecisions(decisions);
    if (source.kind === "decisions" && standing.length === 0)
      throw new UserError("nothing-decided", `There are no decisions about photos in ${request.library.name} to calibrate with`);
    const decided = await findDecided(standing, library.calibrationOf(encoder));
    const kept = request.looking ? await keptLooks(library.looks()) : null;
    let decisionsRead: DecisionsRead = { counted: 0, contradicted: 0, absent: decided.absent };
    const noteRead = (read: DecisionsRead) => {
      decisionsRead = read;
    };
    const calibration = await calibrateThreshold(
      {
        store: library.calibrationOf(encoder),
        scorePairs: () => scorePairsOf(request, { encoder, library, kept }, decided, noteRead, run),
        areDifferent: verdictsFor(kept),
      },
      { encoder, source: sourceOf(source, decided), precision, createdAt: new Date().toISOString(), save: !dryRun, force },
    );
    return calibration === null ? null : { ...calibration, decisions: decisionsRead };
  });
}

function sourceOf({ kind }: CalibrationPairs, { labels }: DecidedLabels): CalibrationSource {
  if (kind === "labels" || kind === "decisions") return "labels";
  return labels.length > 0 ? "labels-and-synthetic" : kind;
}

interface CalibratedLibrary {
  readonly encoder: InstalledEncoder;
  readonly library: Library;
  /** What it has seen; null where reports do not look. */
  readonly kept: LooksSeen | null;
}

async function scorePairsOf(
  request: CalibrationRequest,
  calibrated: CalibratedLibrary,
  decided: DecidedLabels,
  noteRead: (read: DecisionsRead) => void,
  run: Run,
): Promise<ScoredPairSet | null> {
  const { source, threads } = request;
  const { encoder, library, kept } = calibrated;
  const given = await givenLabels(request, encoder, library, run);
  if (given === null) return null;
  const { labels, photo, decided: counted, contradicted } = joinDecided(given, decided);
  const file = "named" in source ? source.named : null;
  const { absent } = decided;
  noteRead({ counted, contradicted: contradicted.length, absent });
  if (counted + contradicted.length + absent > 0) run.onNotice({ kind: "decisions", counted, contradicted, file, absent });
  const scored = await scoreGiven({ labels, photo }, calibrated, threads, run);
  if (scored === null) return null;
  if (source.kind === "labels" || source.kind === "decisions") {
    requireBothAnswers(scored.pairs, file === null ? DECISIONS : counted === 0 ? file : `${file} and ${DECISIONS}`);
    return scored;
  }
  const edited = { encoder, library, areDifferent: verdictsFor(kept) };
  const synthetic = await scoreSyntheticPairs(source.photos, edited, request, run);
  return synthetic === null ? null : joinPairSets(scored, synthetic);
}

function scoreGiven(
  { labels, photo }: LabelEvidence,
  { encoder, library, kept }: CalibratedLibrary,
  threads: number,
  { onProgress, signal }: Run,
): Promise<ScoredPairSet | null> {
  const score = (looks: PhotoLooks | null) => scoreAsReported(labels, photo, looks, { parallel: threads, onProgress, stop: signal });
  if (kept === null) return score(null);
  return withPhotoLooks({ encoder: encoder.spec, kept, contents: library.calibrationOf(encoder), threads }, score);
}

/** In messages. */
const DECISIONS = "the decisions of this library";

/** Those of the file that is named; none where none is. Null where it was stopped. */
async function givenLabels(
  request: CalibrationRequest,
  encoder: InstalledEncoder,
  library: Library,
  run: Run,
): Promise<LabelEvidence | null> {
  const { source } = request;
  if (source.kind === "synthetic" || source.kind === "decisions") return NO_LABELS;
  const labels = readLabelledPairs(source);
  const photo = await withWorkbench(encoder, request, (bench) =>
    gatherEvidence(labels, source.named, scorePorts(bench, library.calibrationOf(encoder), run)),
  );
  return photo === null ? null : { labels, photo };
}

function verdictsFor(kept: LooksSeen | null): AreDifferent {
  return kept === null ? () => false : verdictsIn(kept);
}
