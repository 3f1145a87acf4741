/**
 * Pairs that this process looks at: a lock on each, which the server drops with the session, however that ends. So no two machines look at
 * one pair, and what one that is gone had begun is free again.
 */
import type { ContentPair } from "../../core/look/look-store.ts";
import { isLostConnection } from "./faults.ts";
import { givenRows, rowsParameter } from "./given-rows.ts";
import type { PgClient } from "./pg.ts";
import type { Server } from "./server.ts";

/** Says whose locks these are: "dupl" in ASCII. */
const LOOKS = 0x6475706c;
/**
 * The other half of a lock's name, of 32 bits. Two pairs that share one are looked at one after the other, where two machines come to them at
 * once; nothing else hangs on it.
 */
const NAME_OF_PAIR = "hashtext(one || ' ' || other)";

export class PairClaims {
  readonly #server: Server;
  #session: Promise<PgClient> | null = null;

  constructor(server: Server) {
    this.#server = server;
  }

  /** @returns those that no other session has. A session takes what it has already once more. */
  async take(pairs: readonly ContentPair[]): Promise<readonly ContentPair[]> {
    for (;;) {
      const session = await this.#opened();
      try {
        const { rows } = await session.query<ContentPair & { readonly taken: boolean }>(
          `SELECT one, other, pg_try_advisory_lock(${LOOKS}, ${NAME_OF_PAIR}) AS taken FROM ${givenRows("one bigint, other bigint")}`,
          [rowsParameter(pairs)],
        );
        return rows.filter(({ taken }) => taken).map(({ one, other }) => ({ one, other }));
      } catch (error) {
        this.#session = null;
        await session.end();
        if (!isLostConnection(error)) throw error;
      }
    }
  }

  /** Of a session that was lost the server has dropped them. */
  async drop(pairs: readonly ContentPair[]): Promise<void> {
    if (pairs.length === 0 || this.#session === null) return;
    const session = await this.#session;
    try {
      await session.query(`SELECT pg_advisory_unlock(${LOOKS}, ${NAME_OF_PAIR}) FROM ${givenRows("one bigint, other bigint")}`, [
        rowsParameter(pairs.map(({ one, other }) => ({ one, other }))),
      ]);
    } catch (error) {
      if (!isLostConnection(error)) throw error;
    }
  }

  async dropAll(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await (await session)?.end();
  }

  /** Several may ask at once for what is one session. */
  #opened(): Promise<PgClient> {
    this.#session ??= this.#server.session().catch((error) => {
      this.#session = null;
      throw error;
    });
    return this.#session;
  }
}
