/**
 * Pairs that the server's index of nearest neighbours proposes, confirmed exactly: only the vectors of what may be a pair leave the server.
 */
import type { ContentId, Pair } from "../../core/library/contents.ts";
import type { Approximation, Candidate, ComparedBlock, VectorRows } from "../../core/library/vectors.ts";
import { comparisonCount, exactPairs, MOST_PAIRS_OF_A_PHOTO } from "../../core/pairs/compare-pending.ts";
import { requireLength } from "../library/vector-blob.ts";
import type { ComparedRange } from "./comparison.ts";
import type { NearestIndex, Proposed } from "./nearest-index.ts";
import type { Queries, Server } from "./server.ts";

/** Photos whose neighbours are asked for at once: a second of the server's, at the most. */
const ASKED_AT_ONCE = 64;
/** More neighbours than are wanted, since some of them are later rows of the same scan. */
const FURTHER = 32;
/** Photos of a range that are compared with all, to see what the index misses. At a million photos each takes a second. */
const MEASURED_OF_A_RANGE = 5;

interface Row {
  readonly seq: number;
  readonly content_id: ContentId;
}

export interface NearChoice {
  readonly server: Server;
  readonly encoderId: number;
  readonly dimensions: number;
  readonly index: NearestIndex;
  readonly floor: number;
  readonly onMeasured: (measured: Approximation) => void;
}

/** @param before embeddings before the range; `done` counts from its begin on */
export async function* nearPairs(choice: NearChoice, range: ComparedRange, before: number): AsyncGenerator<Omit<ComparedBlock, "total">> {
  const { server, encoderId, index } = choice;
  await index.add(range.throughSeq);
  let [fromSeq, rows] = [range.fromSeq, before];
  let toMeasure = MEASURED_OF_A_RANGE;
  for (;;) {
    const page = await server.rows<Row>(
      "SELECT seq, content_id FROM embedding WHERE encoder_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
      [encoderId, fromSeq, range.throughSeq, ASKED_AT_ONCE],
    );
    const last = page.at(-1);
    if (last === undefined) return;
    const proposed = await index.propose(fromSeq, last.seq, choice.floor, MOST_PAIRS_OF_A_PHOTO + FURTHER);
    const pairs = await confirmed(choice, proposed);
    if (toMeasure-- > 0) await measure(choice, last, pairs);
    [fromSeq, rows] = [last.seq, rows + page.length];
    yield { pairs, through: last.content_id, done: comparisonCount(before, rows) };
  }
}

async function measure(choice: NearChoice, { seq, content_id }: Row, found: readonly Pair[]): Promise<void> {
  const { index, floor, onMeasured } = choice;
  const nearest = await confirmed(choice, await index.nearestOf(seq, floor, MOST_PAIRS_OF_A_PHOTO));
  const others = new Set(found.filter(({ a }) => a === content_id).map(({ b }) => b));
  onMeasured({ photos: 1, pairs: nearest.length, found: nearest.filter(({ b }) => others.has(b)).length });
}

/** Those that reach the floor by the similarity that every comparison gives, of each photo its nearest. */
async function confirmed({ server, dimensions, floor }: NearChoice, proposed: readonly Proposed[]): Promise<readonly Pair[]> {
  if (proposed.length === 0) return [];
  const { matrix, rowOf } = await vectorsOf(server, dimensions, new Set(proposed.flatMap(({ seq, other }) => [seq, other])));
  const candidates = proposed.flatMap(({ seq, other }): readonly Candidate[] => {
    const [row, column] = [rowOf.get(seq), rowOf.get(other)];
    // What went meanwhile has no pairs.
    return row === undefined || column === undefined ? [] : [[row, column, Number.POSITIVE_INFINITY]];
  });
  return exactPairs(matrix, candidates, floor);
}

async function vectorsOf(
  queries: Queries,
  dimensions: number,
  seqs: ReadonlySet<number>,
): Promise<{ readonly matrix: VectorRows; readonly rowOf: ReadonlyMap<number, number> }> {
  const found = await queries.rows<Row & { readonly vector: Buffer }>(
    "SELECT seq, content_id, vector FROM embedding WHERE seq = ANY($1::bigint[]) ORDER BY seq",
    [[...seqs]],
  );
  const values = new Float32Array(found.length * dimensions);
  const bytes = new Uint8Array(values.buffer);
  for (const [row, { vector }] of found.entries()) {
    requireLength(vector, dimensions);
    bytes.set(vector, row * vector.length);
  }
  const matrix = { values, dimensions, contentIds: found.map(({ content_id }) => content_id) };
  return { matrix, rowOf: new Map(found.map(({ seq }, row) => [seq, row])) };
}
