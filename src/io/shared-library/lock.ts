/**
 * Who works on the library: locks that the server holds for a session, and drops with it, however it ends.
 */
import { UserError } from "../../core/errors.ts";
import type { PgClient } from "./pg.ts";
import type { Server } from "./server.ts";
import { enlist } from "./workers.ts";

export interface ServerLock {
  release(): Promise<void>;
}

/** Says whose locks these are, among those of other programs in the same database: "dupf" in ASCII. */
const OWNER = 0x64757066;
/** Held by one who changes what is known, or by all who scan: these add, side by side. */
const WRITING = 1;
/** Held by one who changes what is known, or by all who compare in passing. */
const COMPARING = 2;

/**
 * Makes this session the only one that writes. Where the server went away meanwhile the lock is taken again before the next thing is
 * written.
 * @param pause called again and again while commands that read the library compare what is new in it: that ends
 * @throws {UserError} `library-locked` when another session writes, also later where the lock was lost
 */
export function lockForChanging(server: Server, name: string, pause: () => Promise<void>): Promise<ServerLock> {
  return lasting(server, async (session) => {
    if (!(await tryLock(session, WRITING))) throw lockedError(name);
    while (!(await tryLock(session, COMPARING))) await pause();
  });
}

/** For a scan: others may scan at the same time, and share the work. @throws {UserError} `library-locked` when another session changes it */
export function lockForAdding(server: Server, name: string): Promise<ServerLock> {
  return lasting(server, async (session) => {
    if (!(await tryLock(session, WRITING, "shared"))) throw lockedError(name);
    server.workAs(await enlist(session, server.worker));
  });
}

/** For comparing in passing, as a report does: keeps who would change something waiting. @returns null when another session does so */
export async function lockForComparing(server: Server): Promise<ServerLock | null> {
  const take = async (session: PgClient) => {
    if (!(await tryLock(session, COMPARING, "shared"))) throw new AnotherAtWork();
    server.workAs(await enlist(session, server.worker));
  };
  try {
    return await lasting(server, take);
  } catch (error) {
    if (error instanceof AnotherAtWork) return null;
    throw error;
  }
}

class AnotherAtWork extends Error {}

async function lasting(server: Server, take: (session: PgClient) => Promise<void>): Promise<ServerLock> {
  const lock = await LastingLock.take(server, take);
  server.guardWith(() => lock.renew());
  return lock;
}

class LastingLock implements ServerLock {
  readonly #server: Server;
  readonly #take: (session: PgClient) => Promise<void>;
  #session: PgClient | null = null;
  #renewal: Promise<void> | null = null;

  private constructor(server: Server, take: (session: PgClient) => Promise<void>) {
    this.#server = server;
    this.#take = take;
  }

  static async take(server: Server, take: (session: PgClient) => Promise<void>): Promise<LastingLock> {
    const lock = new LastingLock(server, take);
    await lock.#open();
    return lock;
  }

  /** One renewal for all that would write at once. */
  async renew(): Promise<void> {
    if (this.#session !== null) return;
    this.#renewal ??= this.#open().finally(() => {
      this.#renewal = null;
    });
    await this.#renewal;
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.end();
  }

  async #open(): Promise<void> {
    const session = await this.#server.session();
    session.once("end", () => {
      if (this.#session === session) this.#session = null;
    });
    try {
      await this.#take(session);
    } catch (error) {
      await session.end();
      throw error;
    }
    this.#session = session;
  }
}

async function tryLock(session: PgClient, what: number, how: "alone" | "shared" = "alone"): Promise<boolean> {
  const call = how === "shared" ? "pg_try_advisory_lock_shared" : "pg_try_advisory_lock";
  const { rows } = await session.query<{ readonly taken: boolean }>(`SELECT ${call}($1, $2) AS taken`, [OWNER, what]);
  return rows[0]?.taken === true;
}

function lockedError(name: string): UserError {
  return new UserError("library-locked", `Another dupfind is working on ${name}`);
}
