/**
 * Which pairs to ask a person about, and in which order: those whose answers tell most about the threshold.
 */
import type { EncoderSpec } from "../encoders/encoder.ts";
import type { ContentId, Pair } from "../library/contents.ts";

export interface LabelCandidate extends Pair {
  /** In [0, 1]: how surely one encoder says same while another says different; 0 where all agree. */
  readonly disagreement: number;
}

export interface LabelChoice {
  /** Similarity to ask around. */
  readonly near: number;
  /** Questions at most. */
  readonly count: number;
  /** Pairs that have an answer: not asked again, and counted for their photos. */
  readonly labelled: readonly Pick<Pair, "a" | "b">[];
}

/** Without a bound, ten shots of one moment would take 45 questions. */
const PAIRS_PER_CONTENT = 3;

/**
 * Takes turns: the nearest at or above the threshold, the nearest below, and the pair the encoders disagree about most. Goes
 * round several times, and lets a content in once more each time, so that questions are spread over the library before
 * they go deep.
 */
export function orderQuestions(candidates: readonly LabelCandidate[], { near, count, labelled }: LabelChoice): readonly LabelCandidate[] {
  const queues = [
    candidates.filter(({ similarity }) => similarity >= near).sort((one, other) => one.similarity - other.similarity || byIds(one, other)),
    candidates.filter(({ similarity }) => similarity < near).sort((one, other) => other.similarity - one.similarity || byIds(one, other)),
    candidates
      .filter(({ disagreement }) => disagreement > 0)
      .sort((one, other) => other.disagreement - one.disagreement || byIds(one, other)),
  ];
  const settled = new Set(labelled.map(pairKey));
  const asked = new Map<ContentId, number>();
  const note = (pair: Pick<Pair, "a" | "b">) => {
    settled.add(pairKey(pair));
    for (const content of [pair.a, pair.b]) asked.set(content, (asked.get(content) ?? 0) + 1);
  };
  for (const pair of labelled) note(pair);
  const questions: LabelCandidate[] = [];
  for (let round = 1; round <= PAIRS_PER_CONTENT; round++) {
    const mayAsk = (pair: LabelCandidate) =>
      !settled.has(pairKey(pair)) && [pair.a, pair.b].every((content) => (asked.get(content) ?? 0) < round);
    for (const pair of takingTurns(queues, mayAsk)) {
      if (questions.length === count) return questions;
      questions.push(pair);
      note(pair);
    }
  }
  return questions;
}

/** Each queue's next item that passes, in turns, until all are empty. What passes is asked anew at each turn. */
function* takingTurns<Item>(queues: readonly (readonly Item[])[], passes: (item: Item) => boolean): Generator<Item> {
  const open = queues.map((items) => items[Symbol.iterator]());
  while (open.length > 0) {
    for (const items of [...open]) {
      let next = items.next();
      while (next.done !== true && !passes(next.value)) next = items.next();
      if (next.done === true) open.splice(open.indexOf(items), 1);
      else yield next.value;
    }
  }
}

/**
 * How surely encoders contradict each other on a pair, in [0, 1]. Each similarity is put on one scale: 0 at its encoder's
 * threshold, 1 at a similarity of 1, -1 at the encoder's floor and below.
 * @param views the pair's similarity by each encoder that has both photos
 */
export function disagreement(views: readonly { readonly similarity: number; readonly threshold: EncoderSpec["threshold"] }[]): number {
  const places = views.map(({ similarity, threshold: { value, floor } }) =>
    similarity >= value ? (similarity - value) / (1 - value || 1) : Math.max(-1, (similarity - value) / (value - floor || 1)),
  );
  return places.length < 2 ? 0 : Math.max(0, Math.min(Math.max(...places), -Math.min(...places)));
}

function pairKey({ a, b }: Pick<Pair, "a" | "b">): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function byIds(one: Pair, other: Pair): number {
  return one.a - other.a || one.b - other.b;
}
