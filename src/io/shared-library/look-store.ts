/**
 * What was seen of pairs of contents.
 */
import type { ClaimedPairs, ContentPair, KeptLook, LookStore } from "../../core/look/look-store.ts";
import { LOOK_VERSION, type Look } from "../../core/look/verdict.ts";
import { type ContentId, type EncoderKey, encoderKey } from "../../core/units.ts";
import { givenRows, lastOf, rowsParameter } from "./given-rows.ts";
import { pagesBehind } from "./pages.ts";
import type { PairClaims } from "./pair-claims.ts";
import type { Changes, Server } from "./server.ts";
import { forgetSetting, readSetting, writeSetting } from "./setting.ts";

interface LookRow {
  readonly one: ContentId;
  readonly other: ContentId;
  readonly document: string;
}

const PAGE = 5_000;
/** The setting: version of the look, and key of the encoder whose pairs were looked through. */
const LOOKED = "looked";

export class ServerLookStore implements LookStore {
  readonly #server: Server;
  readonly #claims: PairClaims;

  /** @param claims of this process, shared by all its stores */
  constructor(server: Server, claims: PairClaims) {
    this.#server = server;
    this.#claims = claims;
  }

  async *looks(): AsyncGenerator<readonly KeptLook[]> {
    const read = ([one, other]: readonly [number, number]) =>
      this.#server.rows<LookRow>(
        "SELECT one, other, document FROM look WHERE version = $1 AND (one, other) > ($2, $3) ORDER BY one, other LIMIT $4",
        [LOOK_VERSION, one, other, PAGE],
      );
    for await (const rows of pagesBehind<LookRow, readonly [number, number]>([0, 0], read, ({ one, other }) => [one, other]))
      yield rows.map(keptLook);
  }

  async looksAt(pairs: readonly ContentPair[]): Promise<readonly KeptLook[]> {
    const seen: KeptLook[] = [];
    for (let from = 0; from < pairs.length; from += PAGE) {
      const rows = await this.#server.rows<LookRow>(
        `SELECT look.one, look.other, document FROM look JOIN ${givenRows("one bigint, other bigint")}
           ON look.one = given.one AND look.other = given.other WHERE version = $2`,
        [rowsParameter(pairs.slice(from, from + PAGE).map(({ one, other }) => ({ one, other }))), LOOK_VERSION],
      );
      for (const row of rows) seen.push(keptLook(row));
    }
    return seen;
  }

  async lookedThrough(): Promise<EncoderKey | null> {
    const [version, key] = ((await readSetting(this.#server, LOOKED)) ?? "").split(" ");
    return version === String(LOOK_VERSION) && key !== undefined ? encoderKey(key) : null;
  }

  async markLookedThrough(encoder: EncoderKey | null): Promise<void> {
    await this.#server.transaction((changes) =>
      encoder === null ? forgetSetting(changes, LOOKED) : writeSetting(changes, LOOKED, `${LOOK_VERSION} ${encoder}`),
    );
  }

  /** What was seen is asked for when the pairs are taken: another session may have recorded it, and let go, just before. */
  async claim(pairs: readonly ContentPair[]): Promise<ClaimedPairs> {
    const taken = await this.#claims.take(pairs);
    const seen = await this.looksAt(pairs);
    const isSeen = new Set(seen.map(({ one, other }) => `${one} ${other}`));
    await this.#claims.drop(taken.filter(({ one, other }) => isSeen.has(`${one} ${other}`)));
    return { taken: taken.filter(({ one, other }) => !isSeen.has(`${one} ${other}`)), seen };
  }

  letGo(): Promise<void> {
    return this.#claims.dropAll();
  }

  async record(looks: readonly KeptLook[]): Promise<void> {
    const rows = looks.map(({ one, other, look }) => ({ one, other, document: JSON.stringify(look) }));
    // A content may have been forgotten meanwhile: there is nothing to keep then.
    await this.#server.transaction((changes) =>
      changes.change(
        `INSERT INTO look (one, other, version, document)
         SELECT one, other, $2, document FROM ${givenRows("one bigint, other bigint, document text")}
         WHERE EXISTS (SELECT 1 FROM content WHERE id = one) AND EXISTS (SELECT 1 FROM content WHERE id = other)
         ON CONFLICT (one, other) DO UPDATE SET version = excluded.version, document = excluded.document`,
        [rowsParameter(lastOf(rows, ({ one, other }) => `${one} ${other}`)), LOOK_VERSION],
      ),
    );
    await this.#claims.drop(looks);
  }
}

function keptLook({ one, other, document }: LookRow): KeptLook {
  return { one, other, look: JSON.parse(document) as Look };
}

/** Of contents that are forgotten, or whose picture is another than was looked at. */
export async function forgetLooks(changes: Changes, contents: readonly ContentId[]): Promise<void> {
  for (const side of ["one", "other"]) await changes.change(`DELETE FROM look WHERE ${side} = ANY($1::bigint[])`, [contents]);
}
