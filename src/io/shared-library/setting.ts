/**
 * What the library as a whole is told to remember.
 */
import type { Changes, Queries } from "./server.ts";

/** Null for what was never told. */
export async function readSetting(queries: Queries, name: string): Promise<string | null> {
  const row = await queries.row<{ readonly value: string }>("SELECT value FROM setting WHERE name = $1", [name]);
  return row?.value ?? null;
}

export async function writeSetting(changes: Changes, name: string, value: string): Promise<void> {
  await changes.change("INSERT INTO setting VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value]);
}

export async function forgetSetting(changes: Changes, name: string): Promise<void> {
  await changes.change("DELETE FROM setting WHERE name = $1", [name]);
}
