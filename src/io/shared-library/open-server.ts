/**
 * Opens the library's database, after a look at whether it is one: another program's tables are neither read nor written.
 */
import { UserError } from "../../core/errors.ts";
import type { LibraryServerPlace } from "../../core/library/library-place.ts";
import { SCHEMA } from "./pg.ts";
import { SERVER_SCHEMA_STEPS } from "./schema.ts";
import { type Queries, Server } from "./server.ts";

/** Opens the library to write to it, making its tables where there are none. */
export async function openServer(place: LibraryServerPlace): Promise<Server> {
  return opened(place, false, async (server) => {
    if ((await versionOf(server, place.name)) < SERVER_SCHEMA_STEPS.length) await bringUpToDate(server, place.name);
  });
}

/** @throws {UserError} when there is no library yet */
export async function openExistingServer(place: LibraryServerPlace): Promise<Server> {
  return opened(place, false, async (server) => {
    if ((await requireLibrary(server, place.name)) < SERVER_SCHEMA_STEPS.length) await bringUpToDate(server, place.name);
  });
}

/**
 * For what only reads: a user who may read and nothing else is enough, once the tables are those of today.
 * @throws {UserError} when there is no library yet
 */
export async function openServerForReading(place: LibraryServerPlace): Promise<Server> {
  return opened(place, true, async (server) => {
    const version = await requireLibrary(server, place.name);
    if (version < SERVER_SCHEMA_STEPS.length)
      throw new UserError("server-library-older", `${place.name} was written by an earlier dupfind, and its tables are not those of today`);
  });
}

async function opened(place: LibraryServerPlace, readOnly: boolean, prepare: (server: Server) => Promise<void>): Promise<Server> {
  const server = await Server.open(place.address, { readOnly });
  try {
    await requireUnicode(server, place.name);
    await prepare(server);
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Names of files are in any language. */
async function requireUnicode(server: Queries, name: string): Promise<void> {
  const row = await server.row<{ readonly server_encoding: string }>("SHOW server_encoding");
  if (row?.server_encoding === "UTF8") return;
  throw new UserError("server-encoding-unusable", `The database ${name} keeps its text as ${row?.server_encoding}, and not as UTF8`);
}

async function requireLibrary(server: Server, name: string): Promise<number> {
  const version = await versionOf(server, name);
  if (version > 0) return version;
  throw new UserError("library-missing", `The library cannot be opened (${name}: there are no tables of dupfind yet)`);
}

interface TablesRow {
  readonly holds_version: boolean;
  readonly tables: number;
}

/** 0 where there is nothing yet. */
async function versionOf(server: Queries, name: string): Promise<number> {
  const found = await server.row<TablesRow>(
    `SELECT count(*) AS tables, coalesce(bool_or(tablename = 'library_version'), false) AS holds_version
     FROM pg_catalog.pg_tables WHERE schemaname = $1`,
    [SCHEMA],
  );
  if (found === undefined || found.tables === 0) return 0;
  if (!found.holds_version) throw new UserError("not-a-library", `The schema ${SCHEMA} of ${name} holds another program's tables`);
  const version = (await server.row<{ readonly version: number }>(`SELECT version FROM ${SCHEMA}.library_version`))?.version ?? 0;
  if (version <= SERVER_SCHEMA_STEPS.length) return version;
  throw new UserError(
    "library-newer",
    `${name} was written by a newer dupfind (its format is ${version}, this one reads ${SERVER_SCHEMA_STEPS.length})`,
  );
}

/** Two machines may meet an empty database at once: the second finds the work done when its turn comes. */
async function bringUpToDate(server: Server, name: string): Promise<void> {
  await server.transaction(async (changes) => {
    await changes.change("SELECT pg_advisory_xact_lock(hashtext($1))", [`${SCHEMA} tables`]);
    // Who owns the schema need not be allowed to make one.
    const hasSchema = await changes.row("SELECT 1 AS found FROM pg_catalog.pg_namespace WHERE nspname = $1", [SCHEMA]);
    if (hasSchema === undefined) await changes.change(`CREATE SCHEMA ${SCHEMA}`);
    await changes.change("CREATE TABLE IF NOT EXISTS library_version (version integer NOT NULL)");
    const version = await versionOf(changes, name);
    for (const step of SERVER_SCHEMA_STEPS.slice(version)) await changes.change(step);
    await changes.change("DELETE FROM library_version");
    await changes.change("INSERT INTO library_version VALUES ($1)", [SERVER_SCHEMA_STEPS.length]);
  });
}
