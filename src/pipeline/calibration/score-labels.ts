/**
 * Labelled pairs become scored ones: every photo is read once, and what the library knows already is not embedded again.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import { type RowFault, refuseFaults, requireBothAnswers } from "../../core/labels/label-rows.ts";
import { exclusionOf, type LabelledPair, NONE_EXCLUDED, type PhotoEvidence, type ReviewablePair } from "../../core/pairs/labelled-pair.ts";
import { samePictureGroups } from "../../core/pairs/same-picture-groups.ts";
import type { PhotoLooks } from "../../core/pairs/seen-different.ts";
import { type IdentifiedPhoto, SKIP_REASONS, type SkippedPhoto } from "../../core/photos/photo.ts";
import type { Outcome } from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { ScoredPairSet } from "../../core/synthetic/scored-pair-set.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";
import { type EmbedFilePorts, embedPhoto } from "../photos/embed-photo.ts";

export interface ScorePorts extends EmbedFilePorts<PhotoPath> {
  readonly store: Pick<CalibrationStore, "contentsOf" | "photos">;
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

/** A pair whose answer is known, wherever from. */
export type AnsweredPair = Omit<LabelledPair, "line">;

/**
 * As a report decides the pairs: it looks at those that are alike. One answer may be missing.
 * @param looks null where reports do not look
 * @returns null when it was stopped
 */
export async function scoreAsReported(
  labels: readonly AnsweredPair[],
  photo: (path: PhotoPath) => PhotoEvidence,
  looks: PhotoLooks | null,
  ports: Pick<ScorePorts, "parallel" | "stop" | "onProgress">,
): Promise<ScoredPairSet | null> {
  const different = looks === null ? new Set<AnsweredPair>() : await seenDifferent(labels, photo, looks, ports);
  return ports.stop.aborted ? null : scoreAll(labels, photo, samePictureGroups(labels), different);
}

/** Those of the different pairs that no report lists: it looks at what is similar enough, and so does this. */
async function seenDifferent(
  labels: readonly AnsweredPair[],
  photo: (path: PhotoPath) => PhotoEvidence,
  { from, areDifferent }: PhotoLooks,
  { parallel, stop, onProgress }: Pick<ScorePorts, "parallel" | "stop" | "onProgress">,
): Promise<ReadonlySet<AnsweredPair>> {
  const asked = labels.filter(({ a, b, same }) => {
    if (same) return false;
    const [one, other] = [photo(a), photo(b)];
    return exclusionOf(one, other) === null && cosine(one.vector, other.vector) >= from;
  });
  const different = new Set<AnsweredPair>();
  const look = async (pair: AnsweredPair) => [pair, !stop.aborted && (await areDifferent(pair.a, pair.b))] as const;
  let done = 0;
  for await (const [pair, isDifferent] of inParallel(asked, parallel, look)) {
    if (isDifferent) different.add(pair);
    onProgress({ step: "look", done: ++done, total: asked.length });
  }
  return different;
}

/** @returns the evidence of each photo of the labels */
export async function gatherEvidence(
  labels: readonly LabelledPair[],
  file: string,
  ports: ScorePorts,
): Promise<((path: PhotoPath) => PhotoEvidence) | null> {
  const outcomes = await embedAll([...new Set(labels.flatMap(({ a, b }) => [a, b]))], ports);
  if (ports.stop.aborted) return null;
  refuseFaults(file, unreadable(labels, outcomes), "labelled-photos-unreadable");
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
  const scored = scoreAll(labels, photo, origins, new Set());
  requireBothAnswers(scored.pairs, file);
  return scored;
}

/** Reads every photo, asks the library once for what it knows of them, and embeds the rest. */
async function embedAll(paths: readonly PhotoPath[], ports: ScorePorts): Promise<ReadonlyMap<PhotoPath, Outcome<PhotoEvidence>>> {
  const { identify, store, parallel, stop } = ports;
  const identified = new Map<PhotoPath, Outcome<IdentifiedPhoto>>();
  const read = async (path: PhotoPath) => [path, stop.aborted ? null : await identify(path)] as const;
  for await (const [path, outcome] of inParallel(paths, parallel, read)) if (outcome !== null) identified.set(path, outcome);
  const hashes = [...identified.values()].flatMap((outcome) => (outcome.ok ? [outcome.value.hash] : []));
  const known = await store.contentsOf(hashes);
  const photos = await store.photos(known.values());

  const outcomes = new Map<PhotoPath, Outcome<PhotoEvidence>>();
  const embed = async ([path, outcome]: readonly [PhotoPath, Outcome<IdentifiedPhoto>]) => {
    const content = outcome.ok ? known.get(outcome.value.hash) : undefined;
    const photo = content === undefined ? undefined : photos.get(content);
    if (photo !== undefined) return [path, { ok: true, value: photo } as const] as const;
    return [path, stop.aborted ? null : await embedIdentified(outcome, ports)] as const;
  };
  for await (const [path, outcome] of inParallel(identified, parallel, embed)) {
    if (outcome === null) continue;
    outcomes.set(path, outcome);
    ports.onProgress({ step: "embed", done: outcomes.size, total: paths.length });
  }
  return outcomes;
}

async function embedIdentified(identified: Outcome<IdentifiedPhoto>, ports: ScorePorts): Promise<Outcome<PhotoEvidence>> {
  if (!identified.ok) return identified;
  const embedded = await embedPhoto(identified.value, ports);
  if (!embedded.ok) return embedded;
  const { facts, detail, vector } = embedded.value;
  const { exposure, pixelsHash } = facts;
  return { ok: true, value: { hash: identified.value.hash, exposure, pixelsHash, detail, vector } };
}

function unreadable(labels: readonly LabelledPair[], outcomes: ReadonlyMap<PhotoPath, Outcome<PhotoEvidence>>): readonly RowFault[] {
  return labels.flatMap(({ a, b, line }) => {
    const skipped = [a, b].map((path) => outcomes.get(path)).find((outcome) => outcome?.ok === false);
    return skipped?.ok === false ? [{ line, fault: rowFaultOf(skipped.skipped) }] : [];
  });
}

function rowFaultOf({ path, reason, detail }: SkippedPhoto): string {
  if (reason === "no-such-file") return `there is no ${path}`;
  return `${path}: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`;
}

function scoreAll(
  labels: readonly AnsweredPair[],
  photo: (path: PhotoPath) => PhotoEvidence,
  origins: ReadonlyMap<PhotoPath, PhotoPath>,
  different: ReadonlySet<AnsweredPair>,
): ScoredPairSet {
  const excluded = { ...NONE_EXCLUDED };
  const pairs: ReviewablePair[] = [];
  const originOf = (path: PhotoPath) => origins.get(path) as PhotoPath;
  for (const label of labels) {
    const { a, b, same } = label;
    const [one, other] = [photo(a), photo(b)];
    const exclusion = exclusionOf(one, other) ?? (different.has(label) ? "seenDifferent" : null);
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
  return { pairs, labelled: pairs, unlisted: 0, excluded, synthetic: null };
}
