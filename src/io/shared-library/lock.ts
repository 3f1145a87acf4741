/**
 * Who works on the library: locks that the server holds for a session, and drops with it, however it ends.
 */
import { UserError } from "../../core/errors.ts";
import type { PgClient } from "./pg.ts";
import type { Server } from "./server.ts";

export interface ServerLock {
  release(): Promise<void>;
}

/** Says whose locks these are, among those of other programs in the same database: "dupf" in ASCII. */
const OWNER = 0x64757066;
/** Held by who writes. */
const WRITING = 1;
/** Held by who writes and by who compares in passing. */
const WORKING = 2;

/**
 * Makes this session the only one that writes. Where the server went away meanwhile the lock is taken again before the next thing is
 * written.
 * @param pause called again and again while a command that reads the library compares what is new in it: that ends
 * @throws {UserError} `library-locked` when another session writes, also later where the lock was lost
 */
export async function lockForWriting(server: Server, name: string, pause: () => Promise<void>): Promise<ServerLock> {
  const take = async (session: PgClient) => {
    if (!(await tryLock(session, WRITING))) throw lockedError(name);
    while (!(await tryLock(session, WORKING))) await pause();
  };
  const lock = await LastingLock.take(server, take);
  server.guardWith(() => lock.renew());
  return lock;
}

/** For comparing in passing, as a report does: keeps writers waiting. @returns null when another session writes or compares */
export async function lockForComparing(server: Server): Promise<ServerLock | null> {
  const take = async (session: PgClient) => {
    if (!(await tryLock(session, WORKING))) throw new AnotherAtWork();
  };
  try {
    const lock = await LastingLock.take(server, take);
    server.guardWith(() => lock.renew());
    return lock;
  } catch (error) {
    if (error instanceof AnotherAtWork) return null;
    throw error;
  }
}

class AnotherAtWork extends Error {}

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

async function tryLock(session: PgClient, what: number): Promise<boolean> {
  const { rows } = await session.query<{ readonly taken: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS taken", [OWNER, what]);
  return rows[0]?.taken === true;
}

function lockedError(name: string): UserError {
  return new UserError("library-locked", `Another dupfind is working on ${name}`);
}
