/**
 * Ranges of new embeddings, each compared with all before it by one worker, so that several machines share a comparison.
 */
import type { Changes, Server } from "./server.ts";
import { isAtWork } from "./workers.ts";

/** New rows of one range: what a matrix product works off in a few steps. */
const RANGE_ROWS = 2_048;
/** Says whose lock this is: "dupe" in ASCII. */
const EMBEDDINGS = 0x64757065;

/** Embeddings behind `fromSeq`, up to `throughSeq`. */
export interface ComparedRange {
  /** Where the range began when it was first taken: its name. */
  readonly id: number;
  readonly fromSeq: number;
  readonly throughSeq: number;
}

/**
 * To be called before embeddings are added: they get their numbers while a lock is shared that whoever takes a range has alone. So none can
 * appear later below a number that was taken for the last.
 */
export async function announceEmbeddings(changes: Changes): Promise<void> {
  await changes.rows("SELECT pg_advisory_xact_lock_shared($1, 0)", [EMBEDDINGS]);
}

/**
 * Takes the next range, or what a worker that is gone has left of one.
 * @param handled ranges that this run has had
 * @returns null where nothing is left to take
 */
export function takeRange(server: Server, encoderId: number, handled: readonly number[]): Promise<ComparedRange | null> {
  return server.transaction(async (changes) => {
    await changes.rows("SELECT pg_advisory_xact_lock($1, 0)", [EMBEDDINGS]);
    const left = await changes.row<ComparedRange>(
      `UPDATE comparison SET worker = $2 WHERE encoder_id = $1 AND from_seq = (
         SELECT from_seq FROM comparison WHERE encoder_id = $1 AND done_seq < through_seq AND NOT (from_seq = ANY($3::bigint[]))
           AND (worker IS NULL OR worker = $2 OR NOT ${isAtWork("worker")}) ORDER BY from_seq LIMIT 1)
       RETURNING from_seq AS id, done_seq AS "fromSeq", through_seq AS "throughSeq"`,
      [encoderId, server.worker, handled],
    );
    return left ?? (await takeNextRange(changes, encoderId, server.worker));
  });
}

async function takeNextRange(changes: Changes, encoderId: number, worker: number | null): Promise<ComparedRange | null> {
  const taken = await changes.row<{ readonly seq: number }>(
    `SELECT coalesce((SELECT max(through_seq) FROM comparison WHERE encoder_id = $1),
       (SELECT compared_through FROM encoder WHERE id = $1), 0) AS seq`,
    [encoderId],
  );
  const fromSeq = taken?.seq ?? 0;
  const next = await changes.row<{ readonly seq: number | null }>(
    `SELECT max(seq) AS seq FROM (SELECT seq FROM embedding WHERE encoder_id = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS next`,
    [encoderId, fromSeq, RANGE_ROWS],
  );
  const throughSeq = next?.seq ?? null;
  if (throughSeq === null) return null;
  await changes.change("INSERT INTO comparison (encoder_id, from_seq, through_seq, done_seq, worker) VALUES ($1, $2, $3, $2, $4)", [
    encoderId,
    fromSeq,
    throughSeq,
    worker,
  ]);
  return { id: fromSeq, fromSeq, throughSeq };
}

/** Whether another worker is at a range: what it compares is not compared yet. */
export async function isComparedElsewhere(server: Server, encoderId: number): Promise<boolean> {
  if (server.worker === null) return false;
  const row = await server.row(
    `SELECT 1 AS found FROM comparison WHERE encoder_id = $1 AND done_seq < through_seq AND worker <> $2 AND ${isAtWork("worker")} LIMIT 1`,
    [encoderId, server.worker],
  );
  return row !== undefined;
}

interface RangeRow {
  readonly from_seq: number;
  readonly through_seq: number;
  readonly done_seq: number;
}

/** Takes note that a range is compared to its end. */
export async function noteCompared(changes: Changes, encoderId: number, { throughSeq }: ComparedRange): Promise<void> {
  await noteComparedUpTo(changes, encoderId, throughSeq);
}

/** Takes note that the range around a number is compared up to it, and how far all are without a gap. */
export async function noteComparedUpTo(changes: Changes, encoderId: number, seq: number): Promise<void> {
  const encoder = await changes.row<{ readonly compared_through: number }>(
    "SELECT compared_through FROM encoder WHERE id = $1 FOR UPDATE",
    [encoderId],
  );
  await changes.change(
    "UPDATE comparison SET done_seq = greatest(done_seq, $2) WHERE encoder_id = $1 AND from_seq < $2 AND $2 <= through_seq",
    [encoderId, seq],
  );
  const ranges = await changes.rows<RangeRow>(
    "SELECT from_seq, through_seq, done_seq FROM comparison WHERE encoder_id = $1 ORDER BY from_seq",
    [encoderId],
  );
  let through = encoder?.compared_through ?? 0;
  const finished: number[] = [];
  for (const { from_seq, through_seq, done_seq } of ranges) {
    if (from_seq > through) break;
    through = Math.max(through, done_seq);
    if (done_seq < through_seq) break;
    finished.push(from_seq);
  }
  await changes.change("DELETE FROM comparison WHERE encoder_id = $1 AND from_seq = ANY($2::bigint[])", [encoderId, finished]);
  await changes.change("UPDATE encoder SET compared_through = $2 WHERE id = $1", [encoderId, through]);
}
