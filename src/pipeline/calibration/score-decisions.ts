/**
 * What was decided of pairs counts as labels: scored from what the library holds of their contents, so that no file is read for it.
 */
import type { CalibrationStore } from "../../core/calibration/calibration-store.ts";
import type { Decision } from "../../core/decisions/decisions.ts";
import type { PhotoEvidence } from "../../core/pairs/labelled-pair.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";
import type { AnsweredPair } from "./score-labels.ts";

/** Labels, and how to come by what their photos are. */
export interface LabelEvidence {
  readonly labels: readonly AnsweredPair[];
  readonly photo: (path: PhotoPath) => PhotoEvidence;
}

export interface DecidedLabels extends LabelEvidence {
  /** Decisions on contents that no photo holds now, or that the encoder has not embedded: nothing can be told by them. */
  readonly absent: number;
}

/** @param decisions that stand */
export async function findDecided(
  decisions: readonly Decision[],
  store: Pick<CalibrationStore, "contentsOf" | "photos" | "filesOf">,
): Promise<DecidedLabels> {
  const contents = await store.contentsOf([...new Set(decisions.flatMap(({ a, b }) => [a.sha256, b.sha256]))]);
  const photos = await store.photos(contents.values());
  const files = await store.filesOf(contents.values());
  const pathOf = (hash: ContentHash) => files.get(contents.get(hash) ?? NO_CONTENT)?.path;
  const evidence = new Map<PhotoPath, PhotoEvidence>();
  for (const [hash, content] of contents) {
    const [path, photo] = [pathOf(hash), photos.get(content)];
    if (path !== undefined && photo !== undefined) evidence.set(path, photo);
  }
  const labels = decisions.flatMap(({ a, b, verdict }): readonly AnsweredPair[] => {
    const [one, other] = [pathOf(a.sha256), pathOf(b.sha256)];
    if (one === undefined || other === undefined || !evidence.has(one) || !evidence.has(other)) return [];
    return [{ a: one, b: other, same: verdict === "same" }];
  });
  return { labels, photo: (path) => evidence.get(path) as PhotoEvidence, absent: decisions.length - labels.length };
}

const NO_CONTENT = -1 as Parameters<Awaited<ReturnType<CalibrationStore["filesOf"]>>["get"]>[0];

export interface JoinedLabels extends LabelEvidence {
  /** Decisions that count. */
  readonly decided: number;
  /** Pairs that the labels call otherwise than they were decided: the labels count. */
  readonly contradicted: readonly AnsweredPair[];
}

/** Pairs are compared by their contents, as names change. What is said twice counts once. */
export function joinDecided(given: LabelEvidence, decided: LabelEvidence): JoinedLabels {
  const pathOf = new Map<ContentHash, PhotoPath>();
  for (const path of given.labels.flatMap(({ a, b }) => [a, b]))
    if (!pathOf.has(given.photo(path).hash)) pathOf.set(given.photo(path).hash, path);
  const keyOf = ({ a, b }: AnsweredPair, photo: LabelEvidence["photo"]) => [photo(a).hash, photo(b).hash].sort().join(" ");
  const labelled = new Map(given.labels.map((pair) => [keyOf(pair, given.photo), pair]));
  const contradicted: AnsweredPair[] = [];
  const added: AnsweredPair[] = [];
  for (const pair of decided.labels) {
    const known = labelled.get(keyOf(pair, decided.photo));
    if (known === undefined) {
      // A photo goes by one name, so that it is one witness.
      const named = (path: PhotoPath) => pathOf.get(decided.photo(path).hash) ?? path;
      added.push({ ...pair, a: named(pair.a), b: named(pair.b) });
    } else if (known.same !== pair.same) contradicted.push(known);
  }
  const ofLabels = new Set(given.labels.flatMap(({ a, b }) => [a, b]));
  const all = [...given.labels, ...added];
  const photo = (path: PhotoPath) => (ofLabels.has(path) ? given : decided).photo(path);
  return { labels: all, photo, decided: added.length, contradicted };
}

export const NO_LABELS: LabelEvidence = {
  labels: [],
  photo: (path) => {
    throw new RangeError(`Expected a photo of a label, got ${path}`);
  },
};
