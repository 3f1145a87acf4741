/**
 * Sessions with the library's server: questions that are asked again where the server went away meanwhile, and transactions that are made
 * whole or not at all.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ServerAddress } from "../../core/library/library-place.ts";
import { isDeadlock, isLostConnection } from "./faults.ts";
import { Client, type PgClient, type PgPool, Pool, type PoolClient, type SessionChoice, sessionConfig, tlsWays } from "./pg.ts";

/** For as long a server that is started anew is waited for. */
const RETRY_FOR_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** Reading and writing go on side by side; more sessions would only wait for each other. */
const MOST_SESSIONS = 4;

export type Parameter = string | number | boolean | null | Buffer | readonly (string | number | null)[];

/** What can be asked in a session. Parameters stand as $1, $2, … */
export interface Queries {
  rows<Row extends object>(text: string, values?: readonly Parameter[]): Promise<readonly Row[]>;
  /** The first row; undefined for none. */
  row<Row extends object>(text: string, values?: readonly Parameter[]): Promise<Row | undefined>;
}

/** What can be changed too, in one transaction. */
export interface Changes extends Queries {
  /** @returns how many rows were changed */
  change(text: string, values?: readonly Parameter[]): Promise<number>;
}

/** Questions outside of a transaction read, and are asked again where the connection is lost. */
export class Server implements Queries {
  readonly #pool: PgPool;
  readonly #address: ServerAddress;
  readonly #choice: SessionChoice;
  readonly #tls: Tls;
  /** To be held while something is written. */
  #guard: (() => Promise<void>) | null = null;
  #worker: number | null = null;

  private constructor(address: ServerAddress, choice: SessionChoice, tls: Tls) {
    this.#address = address;
    this.#choice = choice;
    this.#tls = tls;
    this.#pool = new Pool({ ...sessionConfig(address, choice, tls), max: MOST_SESSIONS });
    // A session that is lost while nothing is asked is no fault yet: the next question opens another.
    this.#pool.on("error", () => {});
  }

  /** Does not wait for a server that is not there. @throws what the driver throws */
  static async open(address: ServerAddress, choice: SessionChoice): Promise<Server> {
    const { client, tls } = await connect(address, choice);
    await client.end();
    return new Server(address, choice, tls);
  }

  get isReadOnly(): boolean {
    return this.#choice.readOnly;
  }

  /** A session of its own, for what lasts as long as it does. */
  async session(): Promise<PgClient> {
    return retrying(async () => {
      const client = new Client(sessionConfig(this.#address, this.#choice, this.#tls));
      client.on("error", () => {});
      await client.connect();
      return client;
    });
  }

  /** Number of this process among those that take pieces of work; null for one that takes none from others. */
  get worker(): number | null {
    return this.#worker;
  }

  workAs(worker: number): void {
    this.#worker = worker;
  }

  /** @param guard is called before each transaction and throws where nothing may be written any more */
  guardWith(guard: () => Promise<void>): void {
    this.#guard = guard;
  }

  async rows<Row extends object>(text: string, values: readonly Parameter[] = []): Promise<readonly Row[]> {
    return retrying(() => this.#inSession((session) => session.rows<Row>(text, values)));
  }

  async row<Row extends object>(text: string, values: readonly Parameter[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(text, values))[0];
  }

  /**
   * All of the work or none of it. It is done again where the connection is lost, be it that the server has kept it by then: done twice it has
   * to come to the same.
   */
  async transaction<Result>(work: (changes: Changes) => Promise<Result>): Promise<Result> {
    return this.#transaction("BEGIN", work);
  }

  /**
   * The same for work that must not be done twice.
   * @throws where the connection is lost between its end and the server's answer: it may be kept or not
   */
  async transactionOnce<Result>(work: (changes: Changes) => Promise<Result>): Promise<Result> {
    return this.#transaction("BEGIN", work, { guard: this.#guard, once: true });
  }

  /** One state of the library, whatever is written meanwhile. */
  async snapshot<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> {
    return this.#transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work, { guard: null, once: false });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #transaction<Result>(
    begin: string,
    work: (changes: Changes) => Promise<Result>,
    { guard, once } = { guard: this.#guard, once: false },
  ): Promise<Result> {
    return retrying(async (giveUp) => {
      await guard?.();
      return this.#inSession(async (session) => {
        await session.change(begin);
        let result: Result;
        try {
          result = await work(session);
        } catch (error) {
          if (!isLostConnection(error)) await session.change("ROLLBACK");
          throw error;
        }
        if (once) giveUp();
        await session.change("COMMIT");
        return result;
      });
    });
  }

  async #inSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let lost: Error | undefined;
    const note = (error: Error) => {
      lost = error;
    };
    client.on("error", note);
    try {
      return await work(new Session(client));
    } catch (error) {
      if (isLostConnection(error)) lost = error as Error;
      throw error;
    } finally {
      client.off("error", note);
      client.release(lost);
    }
  }
}

class Session implements Changes {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async rows<Row extends object>(text: string, values: readonly Parameter[] = []): Promise<readonly Row[]> {
    return (await this.#client.query<Row>(text, [...values])).rows;
  }

  async row<Row extends object>(text: string, values: readonly Parameter[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(text, values))[0];
  }

  async change(text: string, values: readonly Parameter[] = []): Promise<number> {
    return (await this.#client.query(text, [...values])).rowCount ?? 0;
  }
}

type Tls = ReturnType<typeof tlsWays>[number];

/** By the first of the ways that the server takes. */
async function connect(address: ServerAddress, choice: SessionChoice): Promise<{ readonly client: PgClient; readonly tls: Tls }> {
  let refused: unknown;
  for (const tls of tlsWays(address)) {
    const client = new Client(sessionConfig(address, choice, tls));
    client.on("error", () => {});
    try {
      await client.connect();
      return { client, tls };
    } catch (error) {
      await client.end().catch(() => {});
      // Where no way is open, the fault that is about something else tells more.
      if (refused === undefined || !isAboutTls(error)) refused = error;
      if (!isAboutTls(error)) break;
    }
  }
  throw refused;
}

/** Whether another way may be open: the server has no TLS, or takes nobody without it. */
function isAboutTls(error: unknown): boolean {
  return error instanceof Error && /does not support SSL|no pg_hba\.conf entry/.test(error.message);
}

/** @param work may call `giveUp`, from where on a lost connection is a fault */
async function retrying<Result>(work: (giveUp: () => void) => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    let isFinal = false;
    const giveUp = () => {
      isFinal = true;
    };
    try {
      return await work(giveUp);
    } catch (error) {
      const mayHelp = isLostConnection(error) || isDeadlock(error);
      if (!mayHelp || isFinal || performance.now() - begun > RETRY_FOR_MS) throw error;
    }
    await wait(pause);
  }
}
