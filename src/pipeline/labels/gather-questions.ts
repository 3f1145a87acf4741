/**
 * The story before the first question: the pairs around the threshold and those that encoders disagree on, less what needs
 * no person, in the order they are asked.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { Label, LabelStore, Question } from "../../core/labels/question.ts";
import { disagreement, type LabelCandidate, type LabelChoice, orderQuestions } from "../../core/labels/question-order.ts";
import type { ContentId, LibraryContent } from "../../core/library/contents.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import { areDifferentExposures } from "../../core/photos/exposure.ts";
import type { Similarity } from "../../core/units.ts";

/** More than anyone answers, so that bursts and pairs that are settled leave enough. */
const CANDIDATES = 2_000;

export async function gatherQuestions(
  store: LabelStore,
  labels: readonly Label[],
  isDecided: (a: ContentId, b: ContentId) => boolean,
  choice: Omit<LabelChoice, "labelled">,
): Promise<readonly Question[]> {
  const pairs = await gatherPairs(store, choice.near);
  const contents = await store.contents(new Set(pairs.flatMap(({ a, b }) => [a, b])));
  const candidates = pairs.filter(({ a, b }) => !isDecided(a, b) && needsPerson(contents.get(a), contents.get(b)));
  const known = await store.contentsAt(labels.flatMap(({ a, b }) => [a, b]));
  const labelled = labels.flatMap(({ a, b }) => {
    const [one, other] = [known.get(a), known.get(b)];
    return one === undefined || other === undefined ? [] : [{ a: one, b: other }];
  });
  return orderQuestions(candidates, { ...choice, labelled }).map(({ a, b, similarity }) => ({
    a: contents.get(a) as LibraryContent,
    b: contents.get(b) as LibraryContent,
    similarity,
  }));
}

/** Each pair once, with its similarity by the encoder that is asked about. */
async function gatherPairs(store: LabelStore, near: number): Promise<readonly LabelCandidate[]> {
  const [encoder, ...others] = store.encoders;
  const found = [...(await store.pairsNear(encoder, near, CANDIDATES))];
  for (const other of others) found.push(...(await store.pairsNear(other, other.spec.threshold.value, CANDIDATES)));
  const ids = new Set(found.flatMap(({ a, b }) => [a, b]));
  const views: EncoderView[] = [];
  for (const seen of store.encoders) views.push({ threshold: seen.spec.threshold, vectors: await store.vectors(seen, ids) });
  const candidates = new Map<string, LabelCandidate>();
  for (const { a, b } of found) {
    const key = `${a} ${b}`;
    const similarity = candidates.has(key) ? null : similarityBy(views[0] as EncoderView, a, b);
    if (similarity !== null) candidates.set(key, { a, b, similarity, disagreement: disagreementOn(views, a, b) });
  }
  return [...candidates.values()];
}

/** What one encoder makes of the contents. */
interface EncoderView {
  readonly threshold: ChosenEncoder["spec"]["threshold"];
  readonly vectors: ReadonlyMap<ContentId, Float32Array>;
}

/** Null where the encoder has not embedded both. */
function similarityBy({ vectors }: EncoderView, a: ContentId, b: ContentId): Similarity | null {
  const [one, other] = [vectors.get(a), vectors.get(b)];
  return one === undefined || other === undefined ? null : cosine(one, other);
}

function disagreementOn(views: readonly EncoderView[], a: ContentId, b: ContentId): number {
  const seen = views.flatMap((view) => {
    const similarity = similarityBy(view, a, b);
    return similarity === null ? [] : [{ similarity, threshold: view.threshold }];
  });
  return disagreement(seen);
}

/** Nearly empty pictures and exposures that their times tell apart are decided without the threshold. */
function needsPerson(a: LibraryContent | undefined, b: LibraryContent | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.detail >= NEARLY_EMPTY_BELOW && b.detail >= NEARLY_EMPTY_BELOW && !areDifferentExposures(a.facts, b.facts);
}
