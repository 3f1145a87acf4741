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
 * Takes turns: a pair at or above the threshold, one below, and the pair the encoders disagree about most, for as long as each has any.
 * Below, the nearest comes first. Above, the nearest and one from anywhere above take turns: the nearest are the hardest, and only pairs
 * from all over tell how right the others are that a report lists. Each lets a content in once more only when it has no other left, so
 * that questions are spread over the library before they go deep, and one side that runs out of photos leaves no more to the other.
 */
export function orderQuestions(candidates: readonly LabelCandidate[], { near, count, labelled }: LabelChoice): readonly LabelCandidate[] {
  const above = candidates
    .filter(({ similarity }) => similarity >= near)
    .sort((one, other) => one.similarity - other.similarity || byIds(one, other));
  const queues = [
    alternating(above, evenlySpread(above)),
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
  const mayAsk = (pair: LabelCandidate, round: number) =>
    !settled.has(pairKey(pair)) && [pair.a, pair.b].every((content) => (asked.get(content) ?? 0) < round);
  const questions: LabelCandidate[] = [];
  for (const pair of takingTurns(queues, mayAsk)) {
    if (questions.length === count) break;
    questions.push(pair);
    note(pair);
  }
  return questions;
}

/** Each queue's next item that passes, in turns, until all are empty. What passes is asked anew at each turn. */
function* takingTurns<Item>(queues: readonly (readonly Item[])[], passes: (item: Item, round: number) => boolean): Generator<Item> {
  const open = queues.map((items) => goingRound(items, passes));
  while (open.length > 0) {
    for (const items of [...open]) {
      const next = items.next();
      if (next.done === true) open.splice(open.indexOf(items), 1);
      else yield next.value;
    }
  }
}

function* goingRound<Item>(items: readonly Item[], passes: (item: Item, round: number) => boolean): Generator<Item> {
  for (let round = 1; round <= PAIRS_PER_CONTENT; round++) for (const item of items) if (passes(item, round)) yield item;
}

/** One of each in turns; every item is in both, and whoever comes to it second finds it settled. */
function alternating<Item>(one: readonly Item[], other: readonly Item[]): readonly Item[] {
  return one.flatMap((item, index) => [item, other[index] as Item]);
}

/** The items in an order whose every beginning is spread evenly over them (van der Corput 1935). */
function evenlySpread<Item>(items: readonly Item[]): readonly Item[] {
  const places = items.map((item, index) => ({ item, place: radicalInverse(index + 1) }));
  const ranks = [...places.keys()].sort((one, other) => (places[one]?.place ?? 0) - (places[other]?.place ?? 0));
  const spread = new Array<Item>(items.length);
  for (const [rank, order] of ranks.entries()) spread[order] = items[rank] as Item;
  return spread;
}

/** The binary digits of a number behind the point, the last one first. */
function radicalInverse(index: number): number {
  let inverse = 0;
  for (let rest = index, digit = 0.5; rest > 0; rest >>= 1, digit /= 2) inverse += digit * (rest & 1);
  return inverse;
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
