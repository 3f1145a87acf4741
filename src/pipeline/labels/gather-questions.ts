/**
 * The story before the first question: the pairs around the threshold and those that encoders disagree on, less what needs
 * no person, in the order they are asked.
 */
import type { Label, LabelStore, Question } from "../../core/labels/question.ts";
import { disagreement, type LabelCandidate, type LabelChoice, orderQuestions } from "../../core/labels/question-order.ts";
import type { ContentId, LibraryContent } from "../../core/library/contents.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import { areDifferentExposures } from "../../core/photos/exposure.ts";

/** More than anyone answers, so that bursts and pairs that are settled leave enough. */
const CANDIDATES = 2_000;

export function gatherQuestions(store: LabelStore, labels: readonly Label[], choice: Omit<LabelChoice, "labelled">): readonly Question[] {
  const pairs = gatherPairs(store, choice.near);
  const contents = store.contentsFor(pairs);
  const candidates = pairs.filter(({ a, b }) => needsPerson(contents.get(a), contents.get(b)));
  const labelled = labels.flatMap(({ a, b }) => {
    const [one, other] = [store.contentAt(a), store.contentAt(b)];
    return one === null || other === null ? [] : [{ a: one, b: other }];
  });
  return orderQuestions(candidates, { ...choice, labelled }).map(({ a, b, similarity }) => ({
    a: contents.get(a) as LibraryContent,
    b: contents.get(b) as LibraryContent,
    similarity,
  }));
}

/** Each pair once, with its similarity by the encoder that is asked about. */
function gatherPairs(store: LabelStore, near: number): readonly LabelCandidate[] {
  const [encoder, ...others] = store.encoders;
  const found = [
    ...store.pairsNear(encoder, near, CANDIDATES),
    ...others.flatMap((other) => store.pairsNear(other, other.spec.threshold.value, CANDIDATES)),
  ];
  const candidates = new Map<string, LabelCandidate>();
  for (const { a, b } of found) {
    const key = `${a} ${b}`;
    const similarity = candidates.has(key) ? null : store.similarityBy(encoder, a, b);
    if (similarity !== null) candidates.set(key, { a, b, similarity, disagreement: disagreementOn(store, a, b) });
  }
  return [...candidates.values()];
}

function disagreementOn(store: LabelStore, a: ContentId, b: ContentId): number {
  const views = store.encoders.flatMap((encoder) => {
    const similarity = store.similarityBy(encoder, a, b);
    return similarity === null ? [] : [{ similarity, threshold: encoder.spec.threshold }];
  });
  return disagreement(views);
}

/** Nearly empty pictures and exposures that their times tell apart are decided without the threshold. */
function needsPerson(a: LibraryContent | undefined, b: LibraryContent | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.detail >= NEARLY_EMPTY_BELOW && b.detail >= NEARLY_EMPTY_BELOW && !areDifferentExposures(a.facts.exposure, b.facts.exposure);
}
