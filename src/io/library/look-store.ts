/**
 * What was seen of pairs of contents.
 */
import type { ClaimedPairs, ContentPair, KeptLook, LookStore } from "../../core/look/look-store.ts";
import { LOOK_VERSION, type Look } from "../../core/look/verdict.ts";
import { type ContentId, type EncoderKey, encoderKey } from "../../core/units.ts";
import type { Sqlite } from "./sqlite.ts";

interface LookRow {
  readonly one: ContentId;
  readonly other: ContentId;
  readonly document: string;
}

const PAGE = 5_000;

export class LookDatabase implements LookStore {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  async *looks(): AsyncGenerator<readonly KeptLook[]> {
    const page = this.#db.prepare<[number, number, number, number], LookRow>(
      `SELECT one, other, document FROM look WHERE version = ? AND (one, other) > (?, ?) ORDER BY one, other LIMIT ?`,
    );
    for (let after: Pick<LookRow, "one" | "other"> | undefined = { one: 0 as ContentId, other: 0 as ContentId }; after !== undefined; ) {
      const rows: readonly LookRow[] = page.all(LOOK_VERSION, after.one, after.other, PAGE);
      if (rows.length > 0) yield rows.map(({ one, other, document }) => ({ one, other, look: JSON.parse(document) as Look }));
      after = rows.length < PAGE ? undefined : rows.at(-1);
    }
  }

  async looksAt(pairs: readonly ContentPair[]): Promise<readonly KeptLook[]> {
    const find = this.#db
      .prepare<[ContentId, ContentId, number], string>("SELECT document FROM look WHERE one = ? AND other = ? AND version = ?")
      .pluck();
    const seen: KeptLook[] = [];
    for (const { one, other } of pairs) {
      const document = find.get(one, other, LOOK_VERSION);
      if (document !== undefined) seen.push({ one, other, look: JSON.parse(document) as Look });
    }
    return seen;
  }

  async lookedThrough(): Promise<EncoderKey | null> {
    const [version, key] = (this.#db.prepare<[], string>("SELECT value FROM setting WHERE name = 'looked'").pluck().get() ?? "").split(" ");
    return version === String(LOOK_VERSION) && key !== undefined ? encoderKey(key) : null;
  }

  async markLookedThrough(encoder: EncoderKey | null): Promise<void> {
    if (encoder === null) this.#db.prepare("DELETE FROM setting WHERE name = 'looked'").run();
    else this.#db.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('looked', ?)").run(`${LOOK_VERSION} ${encoder}`);
  }

  /** A library in a file has one writer. */
  async claim(pairs: readonly ContentPair[]): Promise<ClaimedPairs> {
    return { taken: pairs, seen: [] };
  }

  async letGo(): Promise<void> {}

  async record(looks: readonly KeptLook[]): Promise<void> {
    // A content may have been forgotten meanwhile: there is nothing to keep then.
    const put = this.#db.prepare<[ContentId, ContentId, number, string, ContentId, ContentId]>(
      `INSERT OR REPLACE INTO look (one, other, version, document) SELECT ?, ?, ?, ?
       WHERE EXISTS (SELECT 1 FROM content WHERE id = ?) AND EXISTS (SELECT 1 FROM content WHERE id = ?)`,
    );
    this.#db
      .transaction(() => {
        for (const { one, other, look } of looks) put.run(one, other, LOOK_VERSION, JSON.stringify(look), one, other);
      })
      .immediate();
  }
}

/** Of contents that are forgotten, or whose picture is another than was looked at. */
export function forgetLooks(db: Sqlite, contents: readonly ContentId[]): void {
  const ids = JSON.stringify(contents);
  for (const side of ["one", "other"]) db.prepare<[string]>(`DELETE FROM look WHERE ${side} IN (SELECT value FROM json_each(?))`).run(ids);
}
