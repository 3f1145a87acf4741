/**
 * Labelled pairs become scored ones: every photo is read once, and what the library knows already is not embedded again.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import type { Encoder } from "../../core/encoders/ports.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import { type RowFault, refuseFaults, requireBothAnswers } from "../../core/labels/label-rows.ts";
import {
  exclusionOf,
  type LabelledPair,
  type PairExclusion,
  type PhotoEvidence,
  type ReviewablePair,
} from "../../core/pairs/labelled-pair.ts";
import { samePictureGroups } from "../../core/pairs/same-picture-groups.ts";
import { measureDetail } from "../../core/photos/detail.ts";
import { type IdentifiedPhoto, SKIP_REASONS, type SkippedPhoto } from "../../core/photos/photo.ts";
import type { Decode, Outcome } from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";

export interface ScorePorts {
  readonly store: Pick<CalibrationStore, "findContent" | "photo">;
  readonly identify: (path: PhotoPath) => Promise<Outcome<IdentifiedPhoto>>;
  readonly decode: Decode;
  readonly encoder: Encoder;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  /** When it fires, photos under way are finished and no more are begun. */
  readonly stop: AbortSignal;
}

/**
 * @param file that the labels come from, for faults
 * @returns null when it was stopped
 * @throws {UserError} that lists the rows whose photos cannot be read, or says that one answer is missing
 */
export async function scoreLabelledPairs(labels: readonly LabelledPair[], file: string, ports: ScorePorts): Promise<ScoredPairSet | null> {
  const photo = await gatherEvidence(labels, file, ports);
  return photo === null ? null : scoreEvidence(labels, file, photo);
}

/** @returns the evidence of each photo of the labels */
export async function gatherEvidence(
  labels: readonly LabelledPair[],
  file: string,
  ports: ScorePorts,
): Promise<((path: PhotoPath) => PhotoEvidence) | null> {
  const outcomes = await embedAll([...new Set(labels.flatMap(({ a, b }) => [a, b]))], ports);
  if (ports.stop.aborted) return null;
  refuseFaults(file, unreadable(labels, outcomes), "Correct the paths, which are relative to the file's own folder, or remove the rows");
  return (path) => (outcomes.get(path) as Extract<Outcome<PhotoEvidence>, { ok: true }>).value;
}

/**
 * @param origins names each photo's picture
 * @throws {UserError} when all pairs that a threshold decides have one answer
 */
export function scoreEvidence(
  labels: readonly LabelledPair[],
  file: string,
  photo: (path: PhotoPath) => PhotoEvidence,
  origins = samePictureGroups(labels),
): ScoredPairSet {
  const scored = scoreAll(labels, photo, origins);
  requireBothAnswers(scored.pairs, file);
  return scored;
}

async function embedAll(paths: readonly PhotoPath[], ports: ScorePorts): Promise<ReadonlyMap<PhotoPath, Outcome<PhotoEvidence>>> {
  const outcomes = new Map<PhotoPath, Outcome<PhotoEvidence>>();
  const embed = async (path: PhotoPath) => [path, ports.stop.aborted ? null : await embedPhoto(path, ports)] as const;
  for await (const [path, outcome] of inParallel(paths, ports.parallel, embed)) {
    if (outcome === null) continue;
    outcomes.set(path, outcome);
    ports.onProgress({ step: "embed", done: outcomes.size, total: paths.length });
  }
  return outcomes;
}

async function embedPhoto(path: PhotoPath, { store, identify, decode, encoder }: ScorePorts): Promise<Outcome<PhotoEvidence>> {
  const identified = await identify(path);
  if (!identified.ok) return identified;
  const { hash } = identified.value;
  const known = store.findContent(hash);
  if (known !== null) return { ok: true, value: store.photo(known) };
  const decoded = await decode(identified.value);
  if (!decoded.ok) return decoded;
  const { facts, pixels } = decoded.value;
  const detail = measureDetail(pixels);
  return { ok: true, value: { hash, exposure: facts.exposure, detail, vector: await encoder.encode(pixels) } };
}

function unreadable(labels: readonly LabelledPair[], outcomes: ReadonlyMap<PhotoPath, Outcome<PhotoEvidence>>): readonly RowFault[] {
  return labels.flatMap(({ a, b, line }) => {
    const skipped = [a, b].map((path) => outcomes.get(path)).find((outcome) => outcome?.ok === false);
    return skipped?.ok === false ? [{ line, fault: rowFaultOf(skipped.skipped) }] : [];
  });
}

function rowFaultOf({ path, reason, detail }: SkippedPhoto): string {
  if (reason === "vanished") return `there is no ${path}`;
  return `${path}: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`;
}

function scoreAll(
  labels: readonly LabelledPair[],
  photo: (path: PhotoPath) => PhotoEvidence,
  origins: ReadonlyMap<PhotoPath, PhotoPath>,
): ScoredPairSet {
  const excluded: Record<PairExclusion, number> = { sameBytes: 0, nearlyEmpty: 0, differentExposures: 0 };
  const pairs: ReviewablePair[] = [];
  const originOf = (path: PhotoPath) => origins.get(path) as PhotoPath;
  for (const { a, b, same } of labels) {
    const [one, other] = [photo(a), photo(b)];
    const exclusion = exclusionOf(one, other);
    if (exclusion !== null) excluded[exclusion]++;
    else {
      pairs.push({
        a: originOf(a),
        b: originOf(b),
        same,
        similarity: cosine(one.vector, other.vector),
        pictures: [
          { name: a, photo: a },
          { name: b, photo: b },
        ],
      });
    }
  }
  return { pairs, unlisted: 0, excluded, synthetic: null };
}
