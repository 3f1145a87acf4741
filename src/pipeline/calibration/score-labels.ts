/**
 * Labelled pairs become scored ones: every photo is read once, and what the library knows already is not embedded again.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import { type RowFault, refuseFaults, requireBothAnswers } from "../../core/labels/label-rows.ts";
import { type DecidedBefore, decidedBefore, type JudgedPair, type LabelledPair, type SeenPhoto } from "../../core/pairs/judged-pair.ts";
import { picturesOf } from "../../core/pairs/same-picture-groups.ts";
import { type IdentifiedPhoto, SKIP_REASONS, type SkippedPhoto } from "../../core/photos/photo.ts";
import type { Outcome } from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { Judgement } from "../../core/synthetic/judgement.ts";
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
export async function scoreLabels(labels: readonly LabelledPair[], file: string, ports: ScorePorts): Promise<Judgement | null> {
  const photo = await seeLabels(labels, file, ports);
  return photo === null ? null : judgeSeen(labels, file, photo);
}

/** @returns what is seen of each photo of the labels */
export async function seeLabels(
  labels: readonly LabelledPair[],
  file: string,
  ports: ScorePorts,
): Promise<((path: PhotoPath) => SeenPhoto) | null> {
  const outcomes = await seeAll([...new Set(labels.flatMap(({ a, b }) => [a, b]))], ports);
  if (ports.stop.aborted) return null;
  refuseFaults(file, unreadable(labels, outcomes), "labelled-photos-unreadable");
  return (path) => (outcomes.get(path) as Extract<Outcome<SeenPhoto>, { ok: true }>).value;
}

/**
 * @param origins names each photo's picture
 * @throws {UserError} when all pairs that a threshold decides have one answer
 */
export function judgeSeen(
  labels: readonly LabelledPair[],
  file: string,
  photo: (path: PhotoPath) => SeenPhoto,
  origins = picturesOf(labels),
): Judgement {
  const judgement = judge(labels, photo, origins);
  requireBothAnswers(judgement.pairs, file);
  return judgement;
}

/** Reads every photo, asks the library once for what it knows of them, and embeds the rest. */
async function seeAll(paths: readonly PhotoPath[], ports: ScorePorts): Promise<ReadonlyMap<PhotoPath, Outcome<SeenPhoto>>> {
  const { identify, store, parallel, stop } = ports;
  const identified = new Map<PhotoPath, Outcome<IdentifiedPhoto>>();
  const read = async (path: PhotoPath) => [path, stop.aborted ? null : await identify(path)] as const;
  for await (const [path, outcome] of inParallel(paths, parallel, read)) if (outcome !== null) identified.set(path, outcome);
  const hashes = [...identified.values()].flatMap((outcome) => (outcome.ok ? [outcome.value.hash] : []));
  const known = await store.contentsOf(hashes);
  const photos = await store.photos(known.values());

  const seen = new Map<PhotoPath, Outcome<SeenPhoto>>();
  const see = async ([path, outcome]: readonly [PhotoPath, Outcome<IdentifiedPhoto>]) => {
    const content = outcome.ok ? known.get(outcome.value.hash) : undefined;
    const photo = content === undefined ? undefined : photos.get(content);
    if (photo !== undefined) return [path, { ok: true, value: photo } as const] as const;
    return [path, stop.aborted ? null : await embedIdentified(outcome, ports)] as const;
  };
  for await (const [path, outcome] of inParallel(identified, parallel, see)) {
    if (outcome === null) continue;
    seen.set(path, outcome);
    ports.onProgress({ step: "embed", done: seen.size, total: paths.length });
  }
  return seen;
}

async function embedIdentified(identified: Outcome<IdentifiedPhoto>, ports: ScorePorts): Promise<Outcome<SeenPhoto>> {
  if (!identified.ok) return identified;
  const embedded = await embedPhoto(identified.value, ports);
  if (!embedded.ok) return embedded;
  const { facts, detail, vector } = embedded.value;
  return { ok: true, value: { hash: identified.value.hash, exposure: facts.exposure, detail, vector } };
}

function unreadable(labels: readonly LabelledPair[], outcomes: ReadonlyMap<PhotoPath, Outcome<SeenPhoto>>): readonly RowFault[] {
  return labels.flatMap(({ a, b, line }) => {
    const skipped = [a, b].map((path) => outcomes.get(path)).find((outcome) => outcome?.ok === false);
    return skipped?.ok === false ? [{ line, fault: faultOf(skipped.skipped) }] : [];
  });
}

function faultOf({ path, reason, detail }: SkippedPhoto): string {
  if (reason === "vanished") return `there is no ${path}`;
  return `${path}: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`;
}

function judge(
  labels: readonly LabelledPair[],
  photo: (path: PhotoPath) => SeenPhoto,
  origins: ReadonlyMap<PhotoPath, PhotoPath>,
): Judgement {
  const leftOut: Record<DecidedBefore, number> = { sameBytes: 0, nearlyEmpty: 0, differentExposures: 0 };
  const pairs: JudgedPair[] = [];
  const originOf = (path: PhotoPath) => origins.get(path) as PhotoPath;
  for (const { a, b, same } of labels) {
    const [one, other] = [photo(a), photo(b)];
    const decided = decidedBefore(one, other);
    if (decided !== null) leftOut[decided]++;
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
  return { pairs, unlisted: 0, leftOut, made: null };
}
