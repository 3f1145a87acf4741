/**
 * Processes that share the work of a library. Each has a number, and a lock on it for as long as its session lasts: whoever is killed or cut
 * off is known to be gone as soon as the server has noticed, and others take over what it had begun.
 */
import type { PgClient } from "./pg.ts";

/** Says whose locks these are: "dupw" in ASCII. */
const WORKERS = 0x64757077;

/** Takes a number that no other process has, or keeps the one it had before its session was lost. */
export async function enlist(session: PgClient, earlier: number | null): Promise<number> {
  const worker = earlier ?? (await nextNumber(session));
  // Waits for the end of one's own lost session, if the server has not noticed it yet.
  await session.query("SELECT pg_advisory_lock($1, $2)", [WORKERS, worker]);
  return worker;
}

async function nextNumber(session: PgClient): Promise<number> {
  const { rows } = await session.query<{ readonly number: number }>("SELECT nextval('worker_number') AS number");
  return rows[0]?.number as number;
}

/** A condition for rows whose worker is at it. @param column that holds the worker's number */
export function isAtWork(column: string): string {
  return `EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = ${WORKERS} AND objid::bigint = ${column}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND granted)`;
}
